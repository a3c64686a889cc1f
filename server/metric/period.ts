import { datesOf, type NamedPeriod, type Period, type Question } from '@/data/model/view';

/** Half-open interval of instants; `from` null = since ever. */
export type Interval = { from: Date | null; to: Date };

/** Whole local units an interval is moved back by. */
export type Shift = { unit: 'day' | 'month'; n: number };

/** The instant a question's clock stands at: the one asked for, never later than `now`; `now` when none is asked for. */
export const clampAt = (at: string | null, now: Date): Date =>
  at === null ? now : new Date(Math.min(Date.parse(at), now.getTime()));

type Local = { year: number; month: number; day: number; ms: number };

const dayMs = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

const formatOf = (timeZone: string): Intl.DateTimeFormat => {
  const known = formats.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(timeZone, format);
  return format;
};

/** Local calendar day and milliseconds since local 00:00 on the wall clock. */
const toLocal = (at: Date, timeZone: string): Local => {
  const parts = Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  const fraction = ((at.getTime() % 1000) + 1000) % 1000;
  return { year, month, day, ms: ((hour * 60 + minute) * 60 + second) * 1000 + fraction };
};

const wallMs = ({ year, month, day, ms }: Local): number => Date.UTC(year, month - 1, day) + ms;

/**
 * Instant of a time on the wall clock, given as milliseconds as if the clock were in UTC; one that it skipped (DST)
 * becomes the instant after the gap, of two the first.
 */
export const fromWall = (wall: number, timeZone: string): Date => {
  const offsetAt = (instant: number) => wallMs(toLocal(new Date(instant), timeZone)) - instant;
  const first = wall - offsetAt(wall - dayMs);
  const second = wall - offsetAt(wall + dayMs);
  const exact = [Math.min(first, second), Math.max(first, second)].find((t) => t + offsetAt(t) === wall);
  return new Date(exact ?? Math.max(first, second));
};

const fromLocal = (local: Local, timeZone: string): Date => fromWall(wallMs(local), timeZone);

const daysInMonth = (year: number, month: number) => new Date(Date.UTC(year, month, 0)).getUTCDate();

const moveLocal = (local: Local, { unit, n }: Shift): Local => {
  if (unit === 'day') {
    const moved = new Date(Date.UTC(local.year, local.month - 1, local.day - n));
    return { year: moved.getUTCFullYear(), month: moved.getUTCMonth() + 1, day: moved.getUTCDate(), ms: local.ms };
  }
  const months = local.year * 12 + local.month - 1 - n;
  const year = Math.floor(months / 12);
  const month = months - year * 12 + 1;
  return { year, month, day: Math.min(local.day, daysInMonth(year, month)), ms: local.ms };
};

/** The instant at the same local time, whole days or months earlier; the 31st and 29 February fall back to the month's last day. */
export const moveBack = (at: Date, shift: Shift, timeZone: string): Date =>
  fromLocal(moveLocal(toLocal(at, timeZone), shift), timeZone);

/** Both ends of the interval moved back by the same local shift. */
export const moveInterval = ({ from, to }: Interval, shift: Shift, timeZone: string): Interval => ({
  from: from && moveBack(from, shift, timeZone),
  to: moveBack(to, shift, timeZone),
});

/** Local date `2026-11-22` of an instant. */
export const localDay = (at: Date, timeZone: string): string => {
  const { year, month, day } = toLocal(at, timeZone);
  return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);
};

/** Local date of the Monday before or on a local date. */
export const mondayOf = (day: string): string => {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() - ((at.getUTCDay() + 6) % 7));
  return at.toISOString().slice(0, 10);
};

/** Local hour 0–23 of an instant. */
export const localHour = (at: Date, timeZone: string): number => Math.floor(toLocal(at, timeZone).ms / 3_600_000);

/** Local minute of the day, 0–1439. */
export const localMinute = (at: Date, timeZone: string): number => Math.floor(toLocal(at, timeZone).ms / 60_000);

const namedDays: Record<NamedPeriod, number | null> = {
  today: 1,
  P7D: 7,
  P30D: 30,
  P90D: 90,
  P365D: 365,
  all: null,
};

/** Local days a period spans, the running one included; null = since ever. */
export const daysIn = (period: Period): number | null =>
  datesOf(period)?.days ?? namedDays[period as NamedPeriod] ?? null;

/** First instant of a local date. */
export const midnightOf = (date: string, timeZone: string): Date => fromWall(Date.parse(`${date}T00:00:00Z`), timeZone);

/** The instant a question's clock stands at: the one asked for or `now`, never later than the end of a fixed period. */
export const clockOf = ({ at, period }: Pick<Question, 'at' | 'period'>, now: Date, timeZone: string): Date => {
  const dates = datesOf(period);
  const clock = clampAt(at, now);
  return dates ? clampAt(midnightOf(dates.until, timeZone).toISOString(), clock) : clock;
};

/**
 * The period that ends at the clock: from local midnight of its first day up to, not including, the clock; a fixed one
 * as far as the clock has come.
 */
export const intervalOf = (period: Period, clock: Date, timeZone: string): Interval => {
  const dates = datesOf(period);
  if (dates) {
    const to = new Date(Math.min(clock.getTime(), midnightOf(dates.until, timeZone).getTime()));
    return { from: new Date(Math.min(to.getTime(), midnightOf(dates.from, timeZone).getTime())), to };
  }
  const days = daysIn(period);
  if (days === null) return { from: null, to: clock };
  const first = moveLocal({ ...toLocal(clock, timeZone), ms: 0 }, { unit: 'day', n: days - 1 });
  return { from: fromLocal(first, timeZone), to: clock };
};
