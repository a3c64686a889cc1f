import type { Answer } from '@/data/model/answer';
import type { Bucket } from '@/data/model/bucket';
import { datesOf, type NamedPeriod, type Period } from '@/data/model/view';
import { endOf, instantOf, localStamp, startOf } from './bucket';

type RailSpan = { period: NamedPeriod; bucket: Bucket; stepHours: number };

const namedSpans: Record<NamedPeriod, RailSpan> = {
  today: { period: 'P7D', bucket: 'hour', stepHours: 1 },
  P7D: { period: 'P90D', bucket: 'day', stepHours: 1 },
  P30D: { period: 'P90D', bucket: 'day', stepHours: 24 },
  P90D: { period: 'P365D', bucket: 'week', stepHours: 24 },
  P365D: { period: 'all', bucket: 'week', stepHours: 24 },
  all: { period: 'all', bucket: 'week', stepHours: 24 },
};

/** What the rail shows around a period: a wider stretch ending with the data, so that one can look back beyond it. */
export const railOf = (period: Period, now: number): RailSpan => {
  const dates = datesOf(period);
  if (!dates) return namedSpans[period as NamedPeriod];
  const stepHours = dates.days <= 7 ? 1 : 24;
  const age = (now - Date.parse(dates.from)) / 86_400_000;
  if (age < 88) return { period: 'P90D', bucket: 'day', stepHours };
  return { period: age < 360 ? 'P365D' : 'all', bucket: 'week', stepHours };
};

export type RailBar = { bucket: string; from: number; to: number; share: number; value: number };
export type Rail = { bars: RailBar[]; from: number; to: number };

/** Bars of the rail on a line of time (epoch ms); heights are shares of the tallest. */
export const railBars = (answer: Answer, bucket: Bucket, timeZone: string): Rail => {
  const live = Date.parse(answer.to);
  const bars = answer.cells
    .flatMap((cell) => {
      const code = cell.at[bucket];
      if (!code) return [];
      const from = startOf(code, bucket, timeZone).getTime();
      return [
        { bucket: code, from, to: Math.min(live, endOf(code, bucket, timeZone).getTime()), value: cell.value ?? 0 },
      ];
    })
    .sort((a, b) => a.from - b.from);
  const top = Math.max(1, ...bars.map(({ value }) => value));
  const from = answer.from ? Date.parse(answer.from) : (bars[0]?.from ?? live - 86_400_000);
  return { bars: bars.map((bar) => ({ ...bar, share: bar.value / top })), from, to: live };
};

/** Place of an instant on the rail, 0–1. */
export const placeOf = ({ from, to }: Pick<Rail, 'from' | 'to'>, at: number): number =>
  to > from ? Math.min(1, Math.max(0, (at - from) / (to - from))) : 1;

/** Instant at a place of the rail. */
export const instantAt = ({ from, to }: Pick<Rail, 'from' | 'to'>, place: number): number =>
  from + Math.min(1, Math.max(0, place)) * (to - from);

/** The clock one step on; null = caught up with now. Whole hours, so that steps fall where one expects them. */
export const stepClock = (at: number, stepHours: number, live: number): number | null => {
  const hourMs = 3_600_000;
  const next = Math.floor(at / hourMs) * hourMs + stepHours * hourMs;
  return next >= live ? null : next;
};

const days: Record<Exclude<NamedPeriod, 'all'>, number> = { today: 1, P7D: 7, P30D: 30, P90D: 90, P365D: 365 };

/** First instant of a period that ends at a clock: local midnight of its first day; null = since ever. */
export const windowStart = (period: Period, end: Date, timeZone: string): Date | null => {
  if (period === 'all') return null;
  const dates = datesOf(period);
  if (dates) return instantOf(`${dates.from}T00:00`, timeZone);
  const day = new Date(`${localStamp(end, timeZone).slice(0, 10)}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() - days[period as Exclude<NamedPeriod, 'all'>] + 1);
  return instantOf(day.toISOString().slice(0, 16), timeZone);
};
