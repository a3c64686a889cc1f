import calendar from './world/calendar.json';

/** Rhythm a kind of event follows. */
export type When = 'office' | 'day' | 'evening' | 'night' | 'beach' | 'storm' | 'dry' | 'fire';

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;
const zone = 8 * hour;

/** Instant of the local midnight (UTC+8) at or before an instant. */
export const midnightOf = (at: number): number => Math.floor((at + zone) / day) * day - zone;
/** Local date and hour of an instant. */
export const localOf = (at: number) => {
  const local = new Date(at + zone);
  return {
    date: local.toISOString().slice(0, 10),
    month: local.getUTCMonth(),
    weekday: local.getUTCDay(),
    hour: local.getUTCHours(),
  };
};

const hours: Record<When, number[]> = {
  office: [1, 1, 1, 1, 1, 2, 5, 16, 52, 86, 92, 70, 32, 38, 74, 86, 78, 52, 26, 15, 10, 7, 4, 2],
  day: [3, 2, 1, 1, 2, 6, 18, 42, 66, 78, 80, 66, 44, 48, 66, 74, 74, 66, 52, 42, 34, 24, 14, 7],
  evening: [14, 7, 4, 2, 2, 4, 12, 26, 30, 34, 40, 44, 40, 32, 34, 40, 54, 74, 86, 92, 90, 78, 54, 28],
  night: [52, 38, 24, 14, 9, 8, 10, 16, 20, 22, 24, 26, 28, 26, 24, 26, 30, 36, 46, 58, 70, 84, 90, 74],
  beach: [3, 2, 1, 1, 2, 6, 12, 22, 38, 58, 72, 74, 62, 66, 84, 96, 98, 86, 58, 36, 26, 18, 10, 5],
  storm: [26, 26, 28, 30, 32, 34, 40, 52, 60, 62, 60, 56, 52, 52, 56, 60, 60, 56, 50, 44, 38, 34, 30, 28],
  dry: [6, 4, 3, 3, 3, 5, 10, 20, 36, 54, 68, 76, 80, 84, 86, 80, 70, 54, 40, 34, 28, 22, 15, 9],
  fire: [14, 9, 6, 5, 5, 8, 16, 36, 62, 76, 78, 66, 50, 50, 66, 74, 72, 64, 58, 56, 52, 46, 34, 22],
};

/** Sunday first. */
const weekdays: Record<When, number[]> = {
  office: [0.3, 1.2, 1.14, 1.1, 1.1, 1.08, 0.42],
  day: [0.82, 1.05, 1.02, 1, 1, 1.04, 0.92],
  evening: [1.08, 0.9, 0.9, 0.92, 0.95, 1.16, 1.24],
  night: [1.06, 0.9, 0.9, 0.92, 0.96, 1.2, 1.26],
  beach: [1.95, 0.5, 0.48, 0.48, 0.54, 0.8, 2.1],
  storm: [1, 1, 1, 1, 1, 1, 1],
  dry: [1.1, 0.95, 0.95, 0.95, 0.95, 1, 1.1],
  fire: [0.72, 1.12, 1.1, 1.08, 1.06, 1.05, 0.82],
};

/** January first. */
const months: Record<When, number[]> = {
  office: [0.98, 0.86, 1.06, 1.04, 1, 0.99, 1.02, 1.02, 1.05, 0.98, 1.02, 1],
  day: [0.92, 0.84, 0.96, 1, 1.05, 1.06, 1.08, 1.06, 1.03, 1.04, 1, 0.95],
  evening: [0.86, 0.86, 0.94, 1, 1.06, 1.08, 1.1, 1.1, 1.04, 1.06, 0.98, 0.9],
  night: [0.92, 0.9, 0.96, 1, 1.04, 1.06, 1.08, 1.08, 1.02, 1.02, 0.98, 0.94],
  beach: [0.4, 0.42, 0.58, 0.82, 1.22, 1.42, 1.86, 1.78, 1.22, 1.24, 0.64, 0.4],
  storm: [0.08, 0.1, 0.3, 0.75, 1.25, 1.5, 1.3, 1.35, 1.05, 0.5, 0.15, 0.08],
  dry: [1.6, 1.35, 1.1, 0.85, 0.65, 0.55, 0.5, 0.55, 0.8, 1.25, 1.5, 1.75],
  fire: [1.25, 0.92, 0.96, 0.98, 0.98, 0.96, 0.96, 0.96, 0.98, 1.02, 1.12, 1.22],
};

const restDays = new Map<string, number>();
for (const [from, to, kind] of calendar.holidays as [string, string, number][]) {
  for (let at = Date.parse(`${from}T00:00:00Z`); at <= Date.parse(`${to}T00:00:00Z`); at += day)
    restDays.set(new Date(at).toISOString().slice(0, 10), kind);
}

/** 0 = ordinary, 2 = holiday, 3 = golden week or Spring Festival. */
const holidayOf = (date: string): number => restDays.get(date) ?? 0;

const worked: Readonly<Record<string, readonly string[]>> = calendar.worked;

/** Whether a local day is worked: Monday to Friday, but for the days off of the years whose notice is there. */
const isWorked = (at: number): boolean => {
  const { date, weekday } = localOf(at);
  const exceptions = worked[date.slice(0, 4)];
  if (exceptions?.includes(date)) return true;
  return weekday !== 0 && weekday !== 6 && !(exceptions && restDays.has(date));
};

/** End of the last of so many working days; the day it begins on is not counted. */
export const workdaysAfter = (at: number, days: number): number => {
  let midnight = midnightOf(at);
  for (let left = days; left > 0; ) {
    midnight += day;
    if (isWorked(midnight)) left -= 1;
  }
  return midnight + day;
};

const onHoliday = (when: When, kind: number, month: number): number => {
  if (when === 'beach') return (kind === 3 ? (month <= 1 ? 2.1 : 4.4) : 3) * 1;
  if (when === 'office') return 0.22;
  return when === 'storm' || when === 'dry' ? 1 : 0.88;
};

/** A storm over the district: the day before people make fast, the day after they clear up. */
export type Typhoon = { from: number; to: number };

/** The three storms of the demo: last late July, last early September, early October a year before. */
export const typhoonsBefore = (at: number): Typhoon[] =>
  calendar.typhoons.map(({ month, day: dayOfMonth, hours: length, yearsBack }) => {
    const thisYear = new Date(at).getUTCFullYear();
    const inYear = (year: number) => Date.UTC(year, month - 1, dayOfMonth, 4) - zone;
    const year = inYear(thisYear) + 20 * day < at ? thisYear : thisYear - 1;
    const from = inYear(year - yearsBack);
    return { from, to: from + length * hour };
  });

const stormAt = (when: When, at: number, typhoons: Typhoon[]): number => {
  for (const { from, to } of typhoons) {
    if (at < from - day || at > to + day) continue;
    const isInside = at >= from && at <= to;
    if (when === 'storm') return isInside ? 170 : at < from ? 24 : 62;
    return isInside ? (when === 'beach' ? 0.12 : 0.55) : when === 'beach' ? 0.4 : 0.95;
  }
  return 1;
};

/** Relative number of events in each hour of [from, to), with growth of 8 % a year. */
export const hourlyWeights = (when: When, from: number, to: number, typhoons: Typhoon[]): Float64Array =>
  Float64Array.from({ length: Math.ceil((to - from) / hour) }, (_, i) => {
    const at = from + i * hour;
    const local = localOf(at);
    const holiday = holidayOf(local.date);
    const week = holiday > 0 ? onHoliday(when, holiday, local.month) : (weekdays[when][local.weekday] ?? 1);
    const growth = 1.08 ** ((at - from) / (365.25 * day));
    const storm = stormAt(when, at, typhoons);
    const month = storm > 1 ? 1.25 : (months[when][local.month] ?? 1);
    return (hours[when][local.hour] ?? 1) * week * month * growth * storm;
  });
