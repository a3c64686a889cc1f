import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DisputeMove, type DisputeReport, type DisputeStatus, disputeStatuses } from '@/data/model/dispute';
import { roles } from '@/data/model/scope';
import { dispute_move, term } from '../db/schema';
import { type TestDatabase, testDatabase } from '../db/testing';
import { centerOf, townScope, writeTown } from '../event/testing';
import { createCaller } from '../trpc/root';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await writeTown(database.connection);
  const word = (list: string, code: string, parent: string | null = null, attrs: Record<string, string> = {}) => ({
    ...{ list, code, zh: code, en: code, parent, attrs, valid_from: new Date('2020-01-01T00:00:00Z'), source: 'test' },
  });
  await database.connection.db
    .insert(term)
    .values([
      word('dispute-category', 'J01'),
      word('dispute-category', 'J0101', 'J01', { resolve_workdays: '7' }),
      word('dispute-category', 'J0102', 'J01'),
      word('dispute-scale', '1', null, { parties_from: '1' }),
      word('dispute-scale', '2', null, { parties_from: '5' }),
      word('dispute-resolution', '1'),
      word('dispute-resolution', '7'),
      word('department', 'SFJ'),
    ]);
});
afterAll(() => database.end());

const as = (role: (typeof roles)[number], division = 'D', screen: 'big' | 'mid' | 'small' = 'mid') =>
  createCaller({ scope: townScope(role, division, screen), connection: database.connection }).dispute;

const neighbours = [
  { side: 'applicant' as const, kind: 'person' as const, name: '王小明' },
  { side: 'respondent' as const, kind: 'person' as const, name: '李大力' },
];
const draft = (rest: Partial<DisputeReport> = {}): DisputeReport => ({
  ...{ clientKey: randomUUID(), category: 'J0101', title: 'Noise at night', description: '', address: '5 Test Road' },
  ...{ position: centerOf('A1'), nPeople: 2, parties: neighbours },
  ...rest,
});

const move = async (
  id: string,
  to: DisputeStatus,
  rest: Partial<DisputeMove> = {},
  role: 'R3' | 'R4' | 'R6' = 'R3',
) => {
  const { version } = await as(role, 'S').byId({ id });
  return as(role, 'S').move({ id, version, to, note: 'because', ...rest });
};
const session = (id: string) =>
  as('R4', 'A').note({ id, clientKey: randomUUID(), kind: 'session', text: 'Both sat down.' });

/** Takes a round from its report to its end. */
const settle = async (id: string, lead: string, assist: string[] = []) => {
  await move(id, 'registered');
  await move(id, 'distributed', { lead, assist });
  await move(id, 'mediating');
  await session(id);
  await move(id, 'settled', { method: '1' });
  await move(id, 'reviewed');
};

test('three rounds, four parties and three departments keep one timeline', async () => {
  const first = await as('R5', 'A1').report(draft());
  await settle(first, 'SFJ');
  const third = { side: 'third' as const, kind: 'entity' as const, name: 'Night Market Ltd' };
  const fourth = { side: 'third' as const, kind: 'person' as const, name: '欧阳小小' };
  const second = await as('R4', 'A').relapse({ clientKey: randomUUID(), id: first, nPeople: 6, parties: [third] });
  await settle(second, 'XFJ', ['SFJ']);
  await as('R3', 'S').note({
    ...{ id: second, clientKey: randomUUID(), kind: 'follow_up', text: 'Loud again.', isKept: false },
  });
  const last = await as('R4', 'A').relapse({ clientKey: randomUUID(), id: first, nPeople: 6, parties: [fourth] });
  await settle(last, 'SWJ', ['SFJ', 'XFJ']);
  await move(last, 'assessed', { score: 4 });

  const seen = await Promise.all([first, second, last].map((id) => as('R3', 'S').byId({ id })));
  for (const each of seen) expect(each.steps).toEqual(seen[0]?.steps);
  const whole = seen[2];
  expect(whole?.rounds.map(({ round, status }) => [round, status])).toEqual([
    [1, 'reviewed'],
    [2, 'reviewed'],
    [3, 'assessed'],
  ]);
  expect(whole?.parties.map(({ name, round }) => [name, round])).toEqual([
    ['王**', 1],
    ['李**', 1],
    ['Night Market Ltd', 2],
    ['欧**', 3],
  ]);
  const steps = whole?.steps ?? [];
  expect(new Set(steps.flatMap(({ department }) => department ?? []))).toEqual(new Set(['SFJ', 'XFJ', 'SWJ']));
  expect(steps.map(({ at }) => at)).toEqual(steps.map(({ at }) => at).toSorted());
  expect(steps.filter(({ kind }) => kind === 'session')).toHaveLength(3);
  expect(whole?.assist).toEqual(['SFJ', 'XFJ']);
  expect([seen[0]?.scale, seen[1]?.scale]).toEqual(['1', '2']);
});

test('a round that has not ended has no next one, and one that has ended is never moved', async () => {
  const id = await as('R4', 'A').report(draft());
  const again = { clientKey: randomUUID(), id, nPeople: 2 };
  await expect(as('R4', 'A').relapse(again)).rejects.toThrow(/has not ended/);
  await settle(id, 'SFJ');
  for (const to of disputeStatuses.filter((status) => status !== 'assessed'))
    await expect(move(id, to, {}), to).rejects.toThrow(/does not go/);
  const next = await as('R4', 'A').relapse(again);
  expect(await as('R4', 'A').relapse(again)).toBe(next);
});

test('the limit is fixed at registration, in working days', async () => {
  const id = await as('R4', 'A').report(draft());
  expect((await as('R3', 'S').byId({ id })).dueAt).toBeNull();
  await move(id, 'registered');
  const { dueAt, statusAt } = await as('R3', 'S').byId({ id });
  const days = (Date.parse(dueAt ?? '') - Date.parse(statusAt)) / 86_400_000;
  expect(days).toBeGreaterThan(8);
  expect(days).toBeLessThan(12);
  const unlimited = await as('R4', 'A').report(draft({ category: 'J0102' }));
  await move(unlimited, 'registered');
  expect((await as('R3', 'S').byId({ id: unlimited })).dueAt).toBeNull();
});

test('what a move needs is asked for, and what is refused leaves nothing', async () => {
  const id = await as('R4', 'A').report(draft());
  await move(id, 'registered');
  await expect(move(id, 'distributed')).rejects.toThrow(/department that leads/);
  await expect(move(id, 'distributed', { lead: 'NONE' })).rejects.toThrow(/not in the list/);
  await expect(move(id, 'distributed', { lead: 'SFJ', assist: ['SFJ'] })).rejects.toThrow(/assist as well/);
  await move(id, 'distributed', { lead: 'SFJ' });
  await move(id, 'mediating');
  await expect(move(id, 'settled', { method: '1' })).rejects.toThrow(/write down a mediation/);
  await session(id);
  await expect(move(id, 'settled')).rejects.toThrow(/how it was reached/);
  await expect(move(id, 'distributed', { lead: 'SFJ', note: '' })).rejects.toThrow(/why/);
  const { version, steps } = await as('R3', 'S').byId({ id });
  expect(version).toBe(4);
  expect(steps.filter(({ kind }) => kind === 'move')).toHaveLength(4);
});

test('of two who act at once one is told, and no move is lost', async () => {
  const id = await as('R4', 'A').report(draft());
  const tries = await Promise.allSettled(
    Array.from({ length: 8 }, () => as('R3', 'S').move({ id, version: 1, to: 'registered' })),
  );
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const each of tries) if (each.status === 'rejected') expect(each.reason).toMatchObject({ code: 'CONFLICT' });
  const rows = await database.connection.db.select().from(dispute_move);
  expect(rows.filter((row) => row.dispute_id === id)).toHaveLength(2);
});

test('a repeated report is the first one; another post may not take its key', async () => {
  const report = draft();
  const ids = await Promise.all(Array.from({ length: 4 }, () => as('R5', 'A1').report(report)));
  expect(new Set(ids).size).toBe(1);
  await expect(as('R5', 'B1').report({ ...report, position: centerOf('B1') })).rejects.toMatchObject({
    code: 'CONFLICT',
  });
  await expect(as('R5', 'A1').report(draft({ position: centerOf('B1') }))).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(as('R4', 'A').report(draft({ category: 'J01' }))).rejects.toThrow(/not in the list/);
});

test('a past instant shows the case as it stood', async () => {
  const id = await as('R4', 'A').report(draft());
  const { statusAt } = await as('R4', 'A').byId({ id });
  await move(id, 'registered');
  const then = await as('R4', 'A').byId({ id, at: statusAt });
  expect([then.status, then.dueAt, then.moves, then.steps.length]).toEqual(['discovered', null, [], 1]);
  const before = new Date(Date.parse(statusAt) - 1).toISOString();
  await expect(as('R4', 'A').byId({ id, at: before })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect((await as('R4', 'A').list({ at: before })).some((row) => row.id === id)).toBe(false);
});

test('every role and screen: own territory for those who work on them, nothing for the rest', async () => {
  const id = await as('R4', 'B').report(draft({ position: centerOf('B1') }));
  for (const role of roles)
    for (const screen of ['big', 'mid', 'small'] as const)
      for (const division of ['D', 'A', 'B', 'B1', 'B2']) {
        const caller = as(role, division, screen);
        const isWorker = ['R2', 'R3', 'R4', 'R5', 'R6'].includes(role) && screen !== 'big';
        if (!isWorker) {
          await expect(caller.list({})).rejects.toMatchObject({ code: 'FORBIDDEN' });
          await expect(caller.byId({ id })).rejects.toMatchObject({ code: 'FORBIDDEN' });
          continue;
        }
        const isOwn = ['D', 'B', 'B1'].includes(division);
        expect((await caller.list({ limit: 500 })).some((row) => row.id === id)).toBe(isOwn);
        if (isOwn) expect(JSON.stringify(await caller.byId({ id }))).not.toMatch(/小明|大力/);
        else await expect(caller.byId({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
      }
});
