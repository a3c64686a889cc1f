import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../db/testing';
import { addWorkingDays, type Calendar, isWorkingDay, readCalendar } from './calendar';

let database: TestDatabase;
let calendar: Calendar;
beforeAll(async () => {
  database = await testDatabase({ demo: 'tiny' });
  calendar = await readCalendar(database.connection.db);
});
afterAll(() => database?.end());

const due = (from: string, days: number) => addWorkingDays(calendar, new Date(from), days).toISOString();

describe('working days of 2026', () => {
  test.each([
    ['2026-11-27', true], // Friday
    ['2026-11-28', false], // Saturday
    ['2026-01-04', true], // a Sunday that is worked
    ['2026-02-16', false], // a Monday off
    ['2026-10-10', true], // a Saturday that is worked
    ['2026-10-07', false],
    ['2026-10-08', true],
  ])('%s', (date, is) => expect(isWorkingDay(calendar, date)).toBe(is));

  test.each([
    ['a Wednesday, three days', '2026-11-25T10:00:00+08:00', 3, '2026-11-30T16:00:00.000Z'],
    ['a Friday evening, one day', '2026-11-27T23:30:00+08:00', 1, '2026-11-30T16:00:00.000Z'],
    ['the evening in UTC is the next local day', '2026-11-26T17:00:00Z', 1, '2026-11-30T16:00:00.000Z'],
    ['over National Day with its worked Saturday', '2026-09-30T09:00:00+08:00', 3, '2026-10-10T16:00:00.000Z'],
    ['over the Spring Festival', '2026-02-13T09:00:00+08:00', 2, '2026-02-24T16:00:00.000Z'],
    ['no day: the end of this one', '2026-11-28T09:00:00+08:00', 0, '2026-11-28T16:00:00.000Z'],
  ])('%s', (_, from, days, end) => expect(due(from, days)).toBe(end));

  test('a limit ends on a working day, later for more days, and holds exactly as many of them', () => {
    const start = Date.parse('2026-01-01T00:00:00Z');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 365 * 1440 }), fc.integer({ min: 1, max: 30 }), (minutes, days) => {
        const from = new Date(start + minutes * 60_000);
        const end = addWorkingDays(calendar, from, days);
        const local = (at: number) => new Date(at + 8 * 3_600_000).toISOString().slice(0, 10);
        const [first, last] = [local(from.getTime()), local(end.getTime() - 1)];
        expect(isWorkingDay(calendar, last)).toBe(true);
        expect(end.getTime()).toBeGreaterThan(addWorkingDays(calendar, from, days - 1).getTime() - 1);
        const between = [];
        for (let at = Date.parse(first) + 86_400_000; at <= Date.parse(last); at += 86_400_000)
          between.push(new Date(at).toISOString().slice(0, 10));
        expect(between.filter((date) => isWorkingDay(calendar, date))).toHaveLength(days);
      }),
    );
  });

  test('before the notice nobody knew of it', async () => {
    const known = await readCalendar(database.connection.db, new Date('2025-11-03T00:00:00Z'));
    expect(known.days.size).toBe(0);
  });
});
