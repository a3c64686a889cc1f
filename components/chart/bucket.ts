import type { Bucket } from '@/data/model/bucket';
import { datesOf, type FixedPeriod, type NamedPeriod, type Period } from '@/data/model/view';

const namedBuckets: Record<NamedPeriod, Bucket> = {
  today: 'hour',
  P7D: 'day',
  P30D: 'day',
  P90D: 'day',
  P365D: 'week',
  all: 'month',
};

/** Bucket a period is drawn in: fine enough to see its shape, coarse enough that a bucket holds events. */
export const bucketOf = (period: Period): Bucket => {
  const days = datesOf(period)?.days;
  if (days === undefined) return namedBuckets[period as NamedPeriod];
  if (days <= 2) return 'hour';
  return days <= 120 ? 'day' : days <= 800 ? 'week' : 'month';
};

const formats = new Map<string, Intl.DateTimeFormat>();

/** Local time of an instant, `2026-11-22T09:41`. */
export const localStamp = (at: Date, timeZone: string): string => {
  const format =
    formats.get(timeZone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  formats.set(timeZone, format);
  return format.format(at).replace(' ', 'T');
};

const mondayOf = (day: string): string => {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() - ((at.getUTCDay() + 6) % 7));
  return at.toISOString().slice(0, 10);
};

/** Code of the bucket an instant falls in, as the catalogue writes it. */
export const bucketAt = (at: Date, bucket: Bucket, timeZone: string): string => {
  const local = localStamp(at, timeZone);
  if (bucket === 'hour') return `${local.slice(0, 13)}:00`;
  if (bucket === 'month') return local.slice(0, 7);
  return bucket === 'week' ? mondayOf(local.slice(0, 10)) : local.slice(0, 10);
};

/** Instant of a local time `2026-11-22T09:00`, exact except inside the hour a clock change repeats. */
export const instantOf = (local: string, timeZone: string): Date => {
  const wanted = Date.parse(`${local}Z`);
  const offset = (at: number) =>
    Date.parse(`${localStamp(new Date(at), timeZone)}Z`) - Math.floor(at / 60_000) * 60_000;
  const guess = wanted - offset(wanted);
  return new Date(wanted - offset(guess));
};

/** First instant of a bucket. */
export const startOf = (code: string, bucket: Bucket, timeZone: string): Date =>
  instantOf(bucket === 'hour' ? code : `${bucket === 'month' ? `${code}-01` : code}T00:00`, timeZone);

/** First date after a bucket of days. */
const dateAfter = (code: string, bucket: Exclude<Bucket, 'hour'>): string => {
  const day = new Date(`${bucket === 'month' ? `${code}-01` : code}T00:00:00Z`);
  if (bucket === 'month') day.setUTCMonth(day.getUTCMonth() + 1);
  else day.setUTCDate(day.getUTCDate() + (bucket === 'week' ? 7 : 1));
  return day.toISOString().slice(0, 10);
};

/** First instant after a bucket. */
export const endOf = (code: string, bucket: Bucket, timeZone: string): Date =>
  bucket === 'hour'
    ? new Date(startOf(code, bucket, timeZone).getTime() + 3_600_000)
    : instantOf(`${dateAfter(code, bucket)}T00:00`, timeZone);

/** The dates of a bucket as a fixed period; null for an hour. */
export const periodOf = (code: string, bucket: Bucket): FixedPeriod | null =>
  bucket === 'hour' ? null : `${bucket === 'month' ? `${code}-01` : code}/${dateAfter(code, bucket)}`;

const nextDate = (date: string): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);

/** The local dates a stretch of time touches, as a fixed period. */
export const periodOver = (from: Date, to: Date, timeZone: string): FixedPeriod => {
  const [first, last] = [from, new Date(to.getTime() - 1)].map((at) => localStamp(at, timeZone).slice(0, 10));
  return `${first}/${nextDate(last ?? '')}`;
};

/** Instant a fixed period ends at; null for a named one, which ends at the clock. */
export const endOfPeriod = (period: Period, timeZone: string): Date | null => {
  const dates = datesOf(period);
  return dates && instantOf(`${dates.until}T00:00`, timeZone);
};
