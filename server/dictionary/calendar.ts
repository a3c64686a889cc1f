import { z } from 'zod';
import type { Executor } from '../db/client';
import { localDay, midnightOf } from '../metric/period';
import { readInstallation, wordsIn } from './store';

/** A day off in the week, or a weekend day that is worked (节假日、调休). */
const DayKind = z.enum(['holiday', 'workday']);
export type DayKind = z.infer<typeof DayKind>;

/** Days that differ from Monday to Friday (工作日历), by local date; the wall clock they are days of. */
export type Calendar = { timeZone: string; days: ReadonlyMap<string, DayKind> };

export const dayAfter = (date: string): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);

/** Whether a local date `2026-11-29` is worked: as the list says, else Monday to Friday. */
export const isWorkingDay = ({ days }: Pick<Calendar, 'days'>, date: string): boolean => {
  const kind = days.get(date);
  if (kind) return kind === 'workday';
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6;
};

/**
 * Instant a limit of `days` working days ends: 24:00 of the last of them, local time. The day it begins on is not counted
 * (Civil Code of the PRC, arts. 201 and 203); 0 = the end of that day itself.
 */
export const addWorkingDays = (calendar: Calendar, from: Date, days: number): Date => {
  let date = localDay(from, calendar.timeZone);
  for (let left = days; left > 0; ) {
    date = dayAfter(date);
    if (isWorkingDay(calendar, date)) left -= 1;
  }
  return midnightOf(dayAfter(date), calendar.timeZone);
};

/** The calendar as it was known at an instant (null = now): later lists of days off change no limit fixed before. */
export const readCalendar = async (db: Executor, at: Date | null = null): Promise<Calendar> => {
  const { timeZone } = await readInstallation(db);
  const words = await wordsIn(db, 'calendar-day', at);
  return { timeZone, days: new Map(words.map(({ code, attrs }) => [code, DayKind.parse(attrs.kind)])) };
};
