import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Role, Scope, ScreenKey } from '@/data/model/scope';
import { duty, muster, worker } from '../db/schema';
import { type TestDatabase, testDatabase } from '../db/testing';
import { townScope, writeTown } from '../event/testing';
import { createCaller } from '../trpc/root';

let database: TestDatabase;
const hour = 3_600_000;
const ago = (hours: number) => new Date(Date.now() - hours * hour);

beforeAll(async () => {
  database = await testDatabase();
  await writeTown(database.connection);
  const of = (id: string, community: string, grid: string | null, department: string | null = null) => ({
    ...{ id, name: `王${id}`, worker_type: 'G1', department_code: department },
    ...{ subdistrict_code: 'S', community_code: community, grid_code: grid },
  });
  const all = [
    of('w1', 'A', 'A1'),
    of('w2', 'A', 'A2'),
    of('w3', 'A', null, 'XFJ'),
    of('w4', 'B', 'B1'),
    of('off', 'A', 'A1'),
  ];
  await database.connection.db.insert(worker).values(all);
  await database.connection.db.insert(duty).values(
    all.map(({ id }) => ({
      ...{ worker_id: id, starts_at: ago(id === 'off' ? 9 : 1), ends_at: ago(id === 'off' ? 3 : -3) },
      signed_in_at: null,
    })),
  );
});
afterAll(() => database.end());

const callerOf = (role: Role, code = 'D', screen: ScreenKey = 'mid') =>
  createCaller({ scope: townScope(role, code, screen) as Scope, connection: database.connection }).muster;
const draft = (division: string, id = randomUUID()) => ({ id, division, limitMinutes: 5 });

/** Lets the call have been made some minutes earlier. */
const callEarlier = (minutes: number) =>
  database.connection.db.update(muster).set({ called_at: new Date(Date.now() - minutes * 60_000) });

test('who is on the roster is called; answers in time, late and none are told as figures', async () => {
  const { id } = await callerOf('R4', 'A').open(draft('A'));
  expect((await callerOf('R4', 'A').byId({ id })).figures).toEqual({ called: 3, present: 0, late: 0, missing: 3 });
  const [call] = await callerOf('R5', 'A1', 'small').mine({});
  expect(call?.members.map(({ worker: who, name }) => [who, name])).toEqual([['w1', '王**']]);
  const first = await callerOf('R5', 'A1', 'small').answer({ id, worker: 'w1' });
  expect(await callerOf('R5', 'A1', 'small').answer({ id, worker: 'w1' })).toEqual(first);
  await callEarlier(7);
  await callerOf('R6', 'D', 'small').answer({ id, worker: 'w3' });
  const told = await callerOf('R2').byId({ id });
  expect(told.members.map(({ worker: who, result }) => `${who} ${result}`)).toEqual([
    'w2 missing',
    'w1 late',
    'w3 late',
  ]);
  expect(told.members.find(({ worker: who }) => who === 'w3')?.minutes).toBeCloseTo(7, 0);
  await callerOf('R4', 'A').close({ id });
  await expect(callerOf('R5', 'A2', 'small').answer({ id, worker: 'w2' })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
  });
  expect((await callerOf('R2').list({}))[0]?.figures).toEqual({ called: 3, present: 0, late: 2, missing: 1 });
});

test('nobody answers for another grid or department, and a wall is told nobody', async () => {
  const { id } = await callerOf('R2').open(draft('D'));
  await expect(callerOf('R5', 'A1', 'small').answer({ id, worker: 'w4' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(callerOf('R5', 'A1', 'small').answer({ id, worker: 'off' })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
  expect((await callerOf('R6', 'D', 'small').mine({ department: 'XFJ' }))[0]?.members).toHaveLength(1);
  const wall = await callerOf('R2', 'D', 'big').byId({ id });
  expect([wall.members, wall.figures.called, wall.mayClose]).toEqual([[], 4, false]);
  expect((await callerOf('R1').byId({ id })).members).toEqual([]);
  // a post below is told of its own part alone, and does not close it
  expect((await callerOf('R4', 'B').byId({ id })).figures.called).toBe(1);
  await expect(callerOf('R4', 'B').close({ id })).rejects.toMatchObject({ code: 'FORBIDDEN' });
});

test('it is over by the clock, too, and is called in one’s territory, once for an id, where somebody is due', async () => {
  const once = draft('B');
  await callerOf('R4', 'B').open(once);
  await callerOf('R4', 'B').open(once);
  await callEarlier(21);
  expect(await callerOf('R5', 'B1', 'small').mine({})).toEqual([]);
  expect((await callerOf('R4', 'B').list({})).filter(({ id }) => id === once.id)).toMatchObject([{ division: 'B' }]);
  expect((await callerOf('R4', 'B').byId({ id: once.id })).closedAt).not.toBeNull();
  await expect(callerOf('R4', 'B').open(draft('A'))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(callerOf('R2').open(draft('B3'))).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  await expect(callerOf('R5', 'A1').open(draft('A1'))).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(callerOf('R2', 'D', 'big').open(draft('D'))).rejects.toMatchObject({ code: 'FORBIDDEN' });
});
