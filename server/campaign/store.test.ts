import { afterAll, beforeAll, expect, test } from 'vitest';
import { campaign_move, term } from '../db/schema';
import { type TestDatabase, testDatabase } from '../db/testing';
import { grids, loadTown, townScope } from '../db/testing-town';
import { createCaller } from '../trpc/root';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await loadTown(database.connection);
  const word = (list: string, code: string) => ({
    ...{ list, code, zh: code, en: code, attrs: {}, valid_from: new Date('2020-01-01T00:00:00Z'), source: 'test' },
  });
  await database.connection.db
    .insert(term)
    .values([word('department', 'XFJ'), word('event-category-l1', '01')])
    .onConflictDoNothing();
});
afterAll(() => database.end());

const callerOf = (role: 'R1' | 'R2' | 'R3' | 'R4' | 'R5', division = 'DP', screen: 'mid' | 'big' = 'mid') =>
  createCaller({ scope: townScope(role, division, screen), connection: database.connection });

const draft = (id: string, areas: string[] = ['440307009']) => ({
  ...{ id, areas, name: '校园周边整治', department: 'XFJ', goal: '排查校门外的隐患' },
  ...{ startsOn: '2026-10-01', endsOn: '2026-10-30', categories: ['01'] },
});
const first = '0b6f7a0e-0000-4000-8000-000000000001';
const second = '0b6f7a0e-0000-4000-8000-000000000002';

test('a campaign is opened once, extended, closed with what came of it, and never changed after', async () => {
  const caller = callerOf('R2');
  const opened = await caller.campaign.open(draft(first));
  expect(opened).toMatchObject({ version: 1, state: 'over', endsOn: '2026-10-30', areas: ['440307009'] });
  expect((await caller.campaign.open(draft(first))).version).toBe(1);
  const move = { id: first, note: '隐患未清' };
  await expect(
    caller.campaign.move({ ...move, version: 1, kind: 'extend', endsOn: '2026-10-30' }),
  ).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  const extended = await caller.campaign.move({ ...move, version: 1, kind: 'extend', endsOn: '2099-01-01' });
  expect(extended).toMatchObject({ version: 2, state: 'running', endsOn: '2099-01-01' });
  await expect(caller.campaign.move({ ...move, version: 1, kind: 'close' })).rejects.toMatchObject({
    code: 'CONFLICT',
  });
  const closed = await caller.campaign.move({ ...move, version: 2, kind: 'close' });
  expect(closed.state).toBe('closed');
  expect(closed.endsOn < '2099').toBe(true);
  expect(closed.steps.map(({ kind, role }) => `${kind} ${role}`)).toEqual(['open R2', 'extend R2', 'close R2']);
  await expect(caller.campaign.move({ ...move, version: 3, kind: 'close' })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
  });
});

test('of two that move it at once one is told so', async () => {
  const caller = callerOf('R2');
  await caller.campaign.open(draft(second));
  const move = { id: second, version: 1, note: '按期结束', kind: 'close' as const };
  const both = await Promise.allSettled([caller.campaign.move(move), caller.campaign.move(move)]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const moves = await database.connection.db.select().from(campaign_move);
  expect(moves.filter(({ campaign_id }) => campaign_id === second)).toHaveLength(2);
});

test('what stood at an instant, and nothing before it was opened', async () => {
  const caller = callerOf('R1');
  expect(await caller.campaign.list({ at: '2026-01-01T00:00:00Z' })).toEqual([]);
  const all = await caller.campaign.list({});
  expect(all.map(({ id }) => id).sort()).toEqual([first, second]);
  expect((await caller.campaign.byId({ id: first })).mayMove).toBe(false);
});

test('areas outside the territory are unknown; a post below sees what touches it', async () => {
  const id = '0b6f7a0e-0000-4000-8000-000000000003';
  const own = callerOf('R3', '440307009');
  await expect(own.campaign.open(draft(id, ['440307010']))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(own.campaign.open(draft(id, ['440307009', '440307010']))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await callerOf('R2').campaign.open(draft(id, ['440307010']));
  await expect(own.campaign.byId({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(own.campaign.move({ id, version: 1, note: '结束', kind: 'close' })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
  const below = callerOf('R4', '440307009015');
  expect((await below.campaign.list({})).map((row) => row.id).sort()).toEqual([first, second]);
  const close = { id: second, version: 2, note: '结束', kind: 'close' as const };
  await expect(below.campaign.move(close)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test.each([
  ['R1', 'mid'],
  ['R5', 'mid'],
  ['R2', 'big'],
] as const)('%s on %s opens none', async (role, screen) => {
  const caller = callerOf(role, 'DP', screen);
  await expect(caller.campaign.open(draft(crypto.randomUUID()))).rejects.toMatchObject({ code: 'FORBIDDEN' });
});

test.each([
  [{ endsOn: '2026-09-30' }, 'endsOn'],
  [{ startsOn: '2026-02-30' }, 'startsOn'],
  [{ areas: [] }, 'areas'],
  [{ name: ' ' }, 'name'],
])('refuses %j and names %s', async (wrong, field) => {
  const asked = callerOf('R2').campaign.open({ ...draft(crypto.randomUUID()), ...wrong });
  await expect(asked).rejects.toThrow(field);
});

test('an unknown department or class is refused, nothing stays', async () => {
  const id = crypto.randomUUID();
  const caller = callerOf('R2');
  await expect(caller.campaign.open({ ...draft(id), department: 'NONE' })).rejects.toThrow('NONE');
  await expect(caller.campaign.open({ ...draft(id), categories: ['77'] })).rejects.toThrow('77');
  await expect(caller.campaign.open({ ...draft(id), areas: [grids[0], 'nowhere'] })).rejects.toThrow('nowhere');
  await expect(caller.campaign.byId({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
