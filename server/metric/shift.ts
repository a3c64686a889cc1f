import type { DimensionKey } from '@/data/metrics/dimensions';
import type { Operator } from '@/data/model/ask';
import type { Period } from '@/data/model/view';
import { daysIn, type Interval, localDay, moveBack, type Shift } from './period';

/** Weeks behind a normal band. */
export const bandWeeks = 8;

const monthsSpanned = ({ from, to }: Interval, timeZone: string): number => {
  const [first, last] = [from ?? to, new Date(to.getTime() - 1)].map((at) => localDay(at, timeZone));
  const monthOf = (day = '') => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
  return monthOf(last) - monthOf(first) + 1;
};

const mondayOf = (day: string): number => {
  const noon = Date.parse(`${day}T00:00:00Z`) / 86_400_000;
  return noon - ((noon + 3) % 7);
};

const weeksSpanned = ({ from, to }: Interval, timeZone: string): number => {
  const last = mondayOf(localDay(new Date(to.getTime() - 1), timeZone));
  return (last - mondayOf(localDay(from ?? to, timeZone))) / 7 + 1;
};

/**
 * How far back a comparison lies, in whole local units, so that it has the same elapsed part; null when there is none.
 * By week or month, whole buckets: the n-th bucket meets the n-th. 同比 by week goes back 52 weeks.
 */
export const shiftOf = (
  operator: 'previous' | 'lastYear',
  period: Period,
  dimensions: readonly DimensionKey[],
  interval: Interval,
  timeZone: string,
): Shift | null => {
  if (operator === 'lastYear') return dimensions.includes('week') ? { unit: 'day', n: 364 } : { unit: 'month', n: 12 };
  const days = daysIn(period);
  if (days === null) return null;
  if (dimensions.includes('month')) return { unit: 'month', n: monthsSpanned(interval, timeZone) };
  if (dimensions.includes('week')) return { unit: 'day', n: weeksSpanned(interval, timeZone) * 7 };
  return { unit: 'day', n: days };
};

/** The eight weeks before the interval. */
export const bandInterval = (from: Date, timeZone: string): Interval => ({
  from: moveBack(from, { unit: 'day', n: bandWeeks * 7 }, timeZone),
  to: from,
});

/** Bucket a bucket is compared with: the one of the same local name, shifted. Other codes stay as they are. */
export const moveBucket = (dimension: string, code: string, shift: Shift): string => {
  if (!['hour', 'day', 'week', 'month'].includes(dimension)) return code;
  const [year = 0, month = 1, day = 1] = code.slice(0, 10).split('-').map(Number);
  if (shift.unit === 'day')
    return new Date(Date.UTC(year, month - 1, day - shift.n)).toISOString().slice(0, 10) + code.slice(10);
  const first = new Date(Date.UTC(year, month - 1 - shift.n, 1));
  if (dimension === 'month') return first.toISOString().slice(0, 7);
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(day, last));
  return first.toISOString().slice(0, 10) + code.slice(10);
};

/** Bucket of the week a bucket of time falls in, as the band names it: `1` Monday, with the hour `1T09:00`. */
export const bandBucket = (code: string): string => {
  const weekday = new Date(`${code.slice(0, 10)}T00:00:00Z`).getUTCDay() || 7;
  return `${weekday}${code.slice(10)}`;
};

export const isComparison = (operator: Operator): operator is 'previous' | 'lastYear' =>
  operator === 'previous' || operator === 'lastYear';
