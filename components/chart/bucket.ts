import type { Period } from '@/data/model/view';
import type { Lang } from '../base/format';

export type Bucket = 'hour' | 'day' | 'week' | 'month';

/** Bucket a period is drawn in: fine enough to see its shape, coarse enough that a bucket holds events. */
export const bucketOf: Record<Period, Bucket> = {
  today: 'hour',
  P7D: 'day',
  P30D: 'day',
  P90D: 'day',
  P365D: 'week',
  all: 'month',
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

/** Short name of a bucket under an axis: `09`, `11/22` (`22 Nov`), `2026-11`. */
export const labelOfBucket = (code: string, bucket: Bucket, lang: Lang): string => {
  if (bucket === 'hour') return code.slice(11, 16);
  if (bucket === 'month') return code;
  const [, month, day] = code.slice(0, 10).split('-').map(Number);
  if (lang === 'zh') return `${month}/${day}`;
  return new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(
    new Date(`${code.slice(0, 10)}T00:00:00Z`),
  );
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

/** First instant after a bucket. */
export const endOf = (code: string, bucket: Bucket, timeZone: string): Date => {
  if (bucket === 'hour') return new Date(startOf(code, bucket, timeZone).getTime() + 3_600_000);
  const day = new Date(`${bucket === 'month' ? `${code}-01` : code}T00:00:00Z`);
  if (bucket === 'month') day.setUTCMonth(day.getUTCMonth() + 1);
  else day.setUTCDate(day.getUTCDate() + (bucket === 'week' ? 7 : 1));
  return instantOf(day.toISOString().slice(0, 16), timeZone);
};

const periodDays: [Period, number][] = [
  ['today', 1],
  ['P7D', 7],
  ['P30D', 30],
  ['P90D', 90],
  ['P365D', 365],
];

/** The period closest in length to a stretch that was brushed, by ratio. */
export const periodNear = (from: Date, to: Date): Period => {
  const days = Math.max(0.5, (to.getTime() - from.getTime()) / 86_400_000);
  const near = periodDays.reduce((best, each) =>
    Math.abs(Math.log(each[1] / days)) < Math.abs(Math.log(best[1] / days)) ? each : best,
  );
  return near[0];
};
