import { asc, eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Role, roles, type ScreenKey, screenKeys } from '@/data/model/scope';
import { dispatch_route, event, event_transition } from '../db/schema';
import { type TestDatabase, testDatabase } from '../db/testing';
import { reportEvent } from '../event/store';
import { townReport, townScope, writeTown } from '../event/testing';
import { createCaller } from '../trpc/root';
import { replayRoutes } from './replay';
import { writeStaff } from './testing-staff';

describe('suggestions in the town', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
    await writeTown(database.connection);
    await writeStaff(database.connection, [
      { id: 'W1', grids: ['A1'] },
      { id: 'W2', grids: ['A1'], shift: 'off' },
      { id: 'W3', grids: ['B1'], home: 'B' },
      { id: 'W4', grids: ['B2'], home: 'B', department: 'SWJ' },
    ]);
  });
  afterAll(() => database?.end());
  beforeEach(() => database.connection.db.execute(sql`truncate event, event_transition, dispatch_route`));

  const callerOf = (role: Role = 'R2', code = 'D', screen: ScreenKey = 'mid') =>
    createCaller({ scope: townScope(role, code, screen), connection: database.connection }).dispatch;
  const report = (category = 'hand') =>
    reportEvent(database.connection, townScope('R2'), townReport('A1', { category }));
  const routesOf = (id: string) =>
    database.connection.db
      .select()
      .from(dispatch_route)
      .where(eq(dispatch_route.event_id, id))
      .orderBy(asc(dispatch_route.seq));

  test('three with their parts, the best first; workers masked; why others are not', async () => {
    const { id } = await report();
    const suggested = await callerOf().suggest({ id });
    expect(suggested).toMatchObject({ id, version: 1, reason: 'unlisted', maySend: true, mayReturn: true });
    expect(suggested?.shown.map(({ worker, score }) => [worker, score > 79])).toEqual([
      ['W1', true],
      [null, false],
      ['W2', false],
    ]);
    const [best] = suggested?.shown ?? [];
    expect(best?.parts).toMatchObject({ cover: 45, shift: 35, load: 7, onTime: 2.5 });
    expect(best?.name).not.toBe('W1');
    expect(suggested?.passed).toContainEqual({ name: expect.any(String), why: 'notCovering' });
  });

  test('accepted: through the loop to the worker in one act, with the route', async () => {
    const { id, version } = await report();
    const row = await callerOf().assign({ id, version, isAccepted: true, department: 'XFJ', worker: 'W1' });
    expect(row).toMatchObject({ status: 'S31', department: 'XFJ', version: 4 });
    const [stored] = await database.connection.db.select().from(event).where(eq(event.id, id));
    expect([stored?.worker_id, stored?.is_auto_dispatched]).toEqual(['W1', false]);
    const steps = await database.connection.db.select().from(event_transition).where(eq(event_transition.event_id, id));
    expect(steps.map(({ to_status }) => to_status)).toEqual(['S10', 'S20', 'S30', 'S31']);
    expect(await routesOf(id)).toMatchObject([
      { mode: 'left', worker_id: null },
      { mode: 'accepted', worker_id: 'W1', actor_role: 'R2', decision: { worker: 'W1' } },
    ]);
    expect(await callerOf().suggest({ id })).toBeNull();
    const shown = await callerOf().routes({ id });
    expect(shown[0]).toMatchObject({ mode: 'accepted', department: 'XFJ', name: expect.stringMatching(/^W/) });
    expect(shown[0]?.candidates.map(({ why }) => why)).toEqual([null, 'off', 'notCovering']);
    expect(await replayRoutes(database.connection, townScope('R2'), null)).toMatchObject({ nRoutes: 2, nSame: 2 });
  });

  test('another is chosen with a reason only; nothing is half done without', async () => {
    const { id, version } = await report();
    const other = { id, version, isAccepted: false, department: 'SWJ', worker: 'W4' };
    await expect(callerOf().assign(other)).rejects.toMatchObject({ cause: { params: { fault: 'reason' } } });
    expect(await routesOf(id)).toHaveLength(1);
    const row = await callerOf().assign({ ...other, note: 'a burst main' });
    expect([row.status, row.department]).toEqual(['S31', 'SWJ']);
    expect((await routesOf(id))[1]).toMatchObject({ mode: 'overruled', note: 'a burst main', worker_id: 'W4' });
    expect(await replayRoutes(database.connection, townScope('R2'), null)).toMatchObject({ nRoutes: 2, nSame: 2 });
  });

  test.each([
    ['an unknown department', { department: 'XXX', worker: null }, 'BAD_REQUEST'],
    ['a worker of another department', { department: 'SWJ', worker: 'W9' }, 'BAD_REQUEST'],
    ['a version that is old', { version: 7 }, 'CONFLICT'],
    ['a suggestion that is not the best', { isAccepted: true, worker: 'W3' }, 'CONFLICT'],
  ])('%s is refused, nothing is stored', async (_, rest, code) => {
    const { id, version } = await report();
    const sent = { id, version, isAccepted: false, department: 'XFJ', worker: null, note: 'because', ...rest };
    await expect(callerOf().assign(sent)).rejects.toMatchObject({ code });
    const [stored] = await database.connection.db.select().from(event).where(eq(event.id, id));
    expect([stored?.status, stored?.version, (await routesOf(id)).length]).toEqual(['S10', 1, 1]);
  });

  test('two desks at once: one sends it, the other is told', async () => {
    const { id, version } = await report();
    const both = await Promise.allSettled(
      [1, 2].map(() => callerOf().assign({ id, version, isAccepted: true, department: 'XFJ', worker: 'W1' })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'CONFLICT' } });
    expect(await routesOf(id)).toHaveLength(2);
  });

  test('every role on every screen: who sends, who reads, who keeps rules, who replays', async () => {
    const { id, version } = await report();
    const change = [{ kind: 'away' as const, worker: 'W1' }];
    for (const role of roles)
      for (const screen of screenKeys) {
        const caller = callerOf(role, 'D', screen);
        const is = (allowed: Role[]) => screen !== 'big' && allowed.includes(role);
        const told = async (act: Promise<unknown>) =>
          act.then(
            () => true,
            (error: { code: string }) => error.code !== 'FORBIDDEN',
          );
        const who = `${role} ${screen}`;
        expect(await told(caller.suggest({ id })), who).toBe(is(['R2', 'R3', 'R4']));
        expect(await told(caller.routes({ id })), who).toBe(is(['R2', 'R3', 'R4', 'R5', 'R6']));
        const other = { id, version: version + 9, isAccepted: true, department: 'XFJ' };
        expect(await told(caller.assign(other)), who).toBe(is(['R2', 'R3', 'R4']));
        expect(await told(caller.replay({ period: null })), who).toBe(is(['R2', 'R7', 'R8', 'R9']));
        expect(await told(caller.whatIf({ period: null, changes: change })), who).toBe(is(['R2', 'R7', 'R8', 'R9']));
        expect((await caller.rights()).isKeeper, who).toBe(is(['R9']));
        expect((await caller.rules()).map(({ category }) => category)).toEqual(['auto', 'hand']);
      }
    await expect(callerOf('R4', 'B').suggest({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
