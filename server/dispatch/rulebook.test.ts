import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RuleDraft } from '@/data/model/dispatch';
import type { Role } from '@/data/model/scope';
import { rule_change, setting, term } from '../db/schema';
import { type TestDatabase, testDatabase } from '../db/testing';
import { readInstallation } from '../dictionary/store';
import { reportEvent } from '../event/store';
import { townReport, townScope, writeTown } from '../event/testing';
import { changeRule, listRules, ruleHistory, withdrawRule } from './rulebook';

const day = 86_400_000;
const admin = townScope('R9');
const listed = '2020-01-01T00:00:00.000Z';
/** Local date (UTC+8) some days from now. */
const dateIn = (days: number): string => new Date(Date.now() + 8 * 3_600_000 + days * day).toISOString().slice(0, 10);

describe('rules of dispatch', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
    await writeTown(database.connection);
    const word = { list: 'close-condition', code: 'C01', zh: 'c', en: 'c', source: 's', valid_from: new Date(0) };
    await database.connection.db.insert(term).values(word);
  });
  afterAll(() => database?.end());

  const draft = (rest: Partial<RuleDraft> = {}): RuleDraft => ({
    ...{ category: 'hand', seen: listed, from: dateIn(1), level: 1, acceptMinutes: 30, handleHours: 12 },
    ...{ department: 'SWJ', isListed: true, isAuto: true, closeCondition: 'C01', note: 'as agreed' },
    ...rest,
  });
  const change = (rest: Partial<RuleDraft> = {}, scope = admin) => changeRule(database.connection, scope, draft(rest));
  const ruleNow = async (code: string) =>
    (await listRules(database.connection)).find(({ category }) => category === code);

  test.each<[string, Partial<RuleDraft>, string]>([
    ['yesterday', { from: dateIn(-1) }, 'past'],
    ['automatic without the list', { isListed: false }, 'autoUnlisted'],
    ['an unknown department', { department: 'XXX' }, 'noDepartment'],
    ['automatic without a department', { department: '' }, 'noDepartment'],
    ['an unknown condition', { closeCondition: 'C99' }, 'noCondition'],
    [
      'nothing changed',
      { handleHours: 24, department: 'XFJ', isListed: false, isAuto: false, closeCondition: '' },
      'same',
    ],
  ])('%s is refused with the reason, nothing is stored', async (_, rest, fault) => {
    await expect(change(rest)).rejects.toMatchObject({ code: 'invalid', params: { fault } });
    expect(await database.connection.db.select().from(rule_change)).toEqual([]);
  });

  test('from tomorrow on: today’s events keep the old rule, the list shows both, the history who and why', async () => {
    await change();
    expect(await ruleNow('hand')).toMatchObject({
      isListed: false,
      isAuto: false,
      department: 'XFJ',
      nRows: 2,
      next: { department: 'SWJ', handleHours: 12 },
    });
    const row = await reportEvent(database.connection, townScope('R2'), townReport('A1', { category: 'hand' }));
    expect([row.status, (Date.parse(row.dueAt ?? '') - Date.parse(row.reportedAt)) / 3_600_000]).toEqual(['S10', 24.5]);
    const history = await ruleHistory(database.connection, 'hand');
    expect(history).toMatchObject([
      { department: 'SWJ', until: null, change: { act: 'set', actor: 'R9:D', note: 'as agreed' } },
      { department: 'XFJ', until: history[0]?.from, change: null },
    ]);
    const begins = new Date(history[0]?.from ?? '');
    expect(new Date(begins.getTime() + 8 * 3_600_000).toISOString().slice(0, 10)).toBe(dateIn(1));
  });

  test('a stale draft is told so, one before the newest row cannot be put in', async () => {
    await expect(change()).rejects.toMatchObject({ code: 'conflict' });
    const seen = (await ruleHistory(database.connection, 'hand'))[0]?.from ?? '';
    await expect(change({ seen, handleHours: 6 })).rejects.toMatchObject({ params: { fault: 'behind' } });
  });

  test('a row that has not begun is withdrawn; the old one goes on and it stays in the history', async () => {
    const { connection } = database;
    const seen = (await ruleHistory(connection, 'hand'))[0]?.from ?? '';
    await withdrawRule(connection, admin, { category: 'hand', seen, note: 'too early' });
    expect(await ruleNow('hand')).toMatchObject({ department: 'XFJ', next: null });
    expect((await ruleHistory(connection, 'hand')).map(({ change: made }) => made?.act ?? null)).toEqual([
      'withdrawn',
      null,
    ]);
    await expect(withdrawRule(connection, admin, { category: 'hand', seen: listed, note: 'no' })).rejects.toMatchObject(
      {
        params: { fault: 'begun' },
      },
    );
    await change();
    expect(await ruleNow('hand')).toMatchObject({ next: { department: 'SWJ' } });
  });

  test('from today only while nothing came in under the old row', async () => {
    const { connection } = database;
    const keep = { category: 'auto', level: 2 as const, department: 'XFJ', from: dateIn(0) };
    await reportEvent(connection, townScope('R2'), townReport('A1'));
    await expect(change(keep)).rejects.toMatchObject({ params: { fault: 'used' } });
    await connection.db.execute(sql`truncate event`);
    await change(keep);
    expect(await ruleNow('auto')).toMatchObject({ handleHours: 12, next: null });
    const row = await reportEvent(connection, townScope('R2'), townReport('A1'));
    expect((Date.parse(row.dueAt ?? '') - Date.parse(row.reportedAt)) / 3_600_000).toBe(12.5);
  });

  test('two at once: one of them is on record', async () => {
    const seen = (await ruleHistory(database.connection, 'auto'))[0]?.from ?? '';
    const both = [7, 8].map((handleHours) => change({ category: 'auto', seen, handleHours, from: dateIn(2) }));
    const done = await Promise.allSettled(both);
    expect(done.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(done.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'conflict' } });
  });

  test('kept by the administrator of the root, in a demo by the commander too', async () => {
    const { connection } = database;
    const seen = (await ruleHistory(connection, 'hand'))[0]?.from ?? '';
    const later = { seen, from: dateIn(9), handleHours: 5 };
    await expect(change(later, townScope('R9', 'A'))).rejects.toMatchObject({ code: 'not_allowed' });
    for (const role of ['R1', 'R2', 'R3', 'R7', 'R8'] satisfies Role[])
      await expect(change(later, townScope(role)), role).rejects.toMatchObject({ code: 'not_allowed' });
    const value = { ...(await readInstallation(connection.db)), demo: 'tiny' };
    await connection.db.update(setting).set({ value });
    await change(later, townScope('R2'));
    expect((await ruleHistory(connection, 'hand'))[0]).toMatchObject({ handleHours: 5, change: { actor: 'R2:D' } });
  });
});
