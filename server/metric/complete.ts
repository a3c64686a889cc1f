import { type DimensionKey, divisionDimensions } from '@/data/metrics/dimensions';
import { eventStages } from '@/data/model/event';
import { type DivisionPlace, isThere } from './follower';
import { type Interval, localDay, localHour, mondayOf } from './period';

const range = (from: number, to: number, width: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => String(from + index).padStart(width, '0'));

/** Codes that are the same everywhere. */
const fixed: Partial<Record<DimensionKey, readonly string[]>> = {
  stage: eventStages,
  level: range(1, 4, 1),
  hourOfDay: range(0, 23, 2),
  weekday: range(1, 7, 1),
};

/** Local days an interval touches. */
const daysOf = ({ from, to }: Interval, timeZone: string): string[] => {
  if (!from || from >= to) return [];
  const last = localDay(new Date(to.getTime() - 1), timeZone);
  const days = [localDay(from, timeZone)];
  for (let day = days[0] ?? last; day < last; ) {
    day = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
    days.push(day);
  }
  return days;
};

/** Buckets of time an interval touches; none when it has no beginning. */
export const bucketsOf = (dimension: DimensionKey, interval: Interval, timeZone: string): string[] => {
  const days = daysOf(interval, timeZone);
  if (dimension === 'day') return days;
  if (dimension === 'week') return [...new Set(days.map(mondayOf))];
  if (dimension === 'month') return [...new Set(days.map((day) => day.slice(0, 7)))];
  if (dimension !== 'hour') return [];
  const lastHour = localHour(new Date(interval.to.getTime() - 1), timeZone);
  return days.flatMap((day, index) =>
    range(0, index === days.length - 1 ? lastHour : 23, 2).map((hour) => `${day}T${hour}:00`),
  );
};

/** Buckets that an interval begins or ends within; one without a beginning cuts its last one alone. */
export const cutBucketsOf = (dimension: DimensionKey, { from, to }: Interval, timeZone: string): string[] => {
  const at = (instant: number) =>
    bucketsOf(dimension, { from: new Date(instant), to: new Date(instant + 1) }, timeZone).at(-1) ?? '';
  const isInside = (instant: number) => at(instant - 1) === at(instant);
  const edges = [from, to].filter((edge) => edge !== null).filter((edge) => isInside(edge.getTime()));
  return [...new Set(edges.map((edge) => at(edge.getTime())))];
};

/** Codes a dimension has whether or not a row carries them; undefined where only rows can tell. */
export const completeCodes = (
  dimension: DimensionKey,
  where: { path: string; divisions: ReadonlyMap<string, DivisionPlace>; interval: Interval; timeZone: string },
): readonly string[] | undefined => {
  if (fixed[dimension]) return fixed[dimension];
  if ((divisionDimensions as readonly DimensionKey[]).includes(dimension))
    return [...where.divisions.values()]
      .filter((place) => place.level === dimension && place.path.startsWith(where.path))
      .filter((place) => isThere(place, where.interval.to))
      .map(({ code }) => code);
  const buckets = bucketsOf(dimension, where.interval, where.timeZone);
  return buckets.length > 0 ? buckets : undefined;
};
