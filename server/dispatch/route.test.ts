import { asc, eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { EventRow } from '@/data/model/event';
import { dispatch_route, event, term } from '../db/schema';
import { type TestDatabase, testDatabase } from '../db/testing';
import { moveEvent, reportEvent } from '../event/store';
import { townReport, townScope, writeTown } from '../event/testing';
import { writeStaff } from './testing-staff';

const commander = townScope('R2');

describe('routes in the town', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
    await writeTown(database.connection);
    await writeStaff(database.connection, [
      { id: 'W1', grids: ['A1', 'A2'] },
      { id: 'W2', grids: ['A1'] },
      { id: 'W3', grids: ['B1'], home: 'B' },
      { id: 'W4', grids: ['B2'], home: 'B', shift: 'absent' },
      { id: 'W5', grids: ['B1', 'B2', 'A1'], home: 'B', shift: 'off' },
      { id: 'W6', grids: ['A1', 'A2', 'B1', 'B2'], department: 'SWJ' },
    ]);
  });
  afterAll(() => database?.end());
  beforeEach(() => database.connection.db.execute(sql`truncate event, event_transition, dispatch_route`));

  const report = (grid: string, category = 'auto') =>
    reportEvent(database.connection, commander, townReport(grid, { category }));
  const routesOf = (id: string) =>
    database.connection.db
      .select()
      .from(dispatch_route)
      .where(eq(dispatch_route.event_id, id))
      .orderBy(asc(dispatch_route.seq));
  const workerOf = async ({ id }: EventRow) => {
    const [row] = await database.connection.db.select({ worker: event.worker_id }).from(event).where(eq(event.id, id));
    return row?.worker ?? null;
  };

  test('a listed event goes to who covers the place, is on shift and has the least to do', async () => {
    const first = await report('A1');
    expect([first.status, first.department, await workerOf(first)]).toEqual(['S31', 'XFJ', 'W1']);
    const second = await report('A1');
    expect(await workerOf(second)).toBe('W2');
    const [route] = await routesOf(second.id);
    expect(route).toMatchObject({ seq: 1, mode: 'auto', policy: 'p1', actor_id: 'system', worker_id: 'W2' });
    expect(route?.inputs?.rule).toMatchObject({ category: 'auto', from: '2020-01-01T00:00:00.000Z', isListed: true });
    expect(route?.decision).toMatchObject({
      ...{ isSent: true, reason: 'covered', worker: 'W2' },
      passed: [
        { worker: 'W1', why: 'busier' },
        { worker: 'W5', why: 'off' },
        { worker: 'W3', why: 'notCovering' },
        { worker: 'W4', why: 'notCovering' },
      ],
    });
    const own = route?.inputs?.candidates.find(({ worker }) => worker === 'W2');
    expect(own).toMatchObject({ grid: 'P-W2', covers: true, shift: 'on', load: 0 });
    expect(JSON.stringify(route?.inputs)).not.toContain('W6');
  });

  test('nobody on shift: the duty desk of the department, and why', async () => {
    const row = await report('B2');
    expect([row.status, row.department, await workerOf(row)]).toEqual(['S31', 'XFJ', null]);
    const [route] = await routesOf(row.id);
    expect(route?.decision).toMatchObject({ reason: 'noShift', worker: null });
    expect(route?.decision?.passed).toContainEqual({ worker: 'W4', why: 'absent' });
    const lost = await report('B3');
    expect((await routesOf(lost.id))[0]?.decision?.reason).toBe('noCover');
  });

  test('an unlisted event waits for a person; what the machine would say is on record', async () => {
    const row = await report('A1', 'hand');
    expect([row.status, row.department, await workerOf(row)]).toEqual(['S10', null, null]);
    expect(await routesOf(row.id)).toMatchObject([
      {
        mode: 'left',
        worker_id: null,
        department_code: null,
        decision: { isSent: false, reason: 'unlisted', worker: 'W1' },
      },
    ]);
  });

  test('a hundred events are split as the list says, none of them twice', async () => {
    const rows = await Promise.all(
      Array.from({ length: 100 }, (_, i) => report(['A1', 'A2', 'B1', 'B2'][i % 4] ?? 'A1', i % 3 ? 'auto' : 'hand')),
    );
    const routes = await database.connection.db.select().from(dispatch_route);
    expect(routes).toHaveLength(100);
    for (const [i, row] of rows.entries()) {
      const route = routes.find(({ event_id }) => event_id === row.id);
      expect(route?.mode).toBe(i % 3 ? 'auto' : 'left');
      expect(row.status).toBe(i % 3 ? 'S31' : 'S10');
      expect(await workerOf(row)).toBe(route?.worker_id);
    }
  });

  test('fifty reports at once: the load stays even, and every route saw the one before', async () => {
    await Promise.all(Array.from({ length: 50 }, () => report('A1')));
    const routes = await database.connection.db.select().from(dispatch_route);
    const given = ['W1', 'W2'].map((id) => routes.filter(({ worker_id }) => worker_id === id).length);
    expect(given).toEqual([25, 25]);
    const loads = routes.map(({ inputs }) =>
      (inputs?.candidates ?? [])
        .filter(({ worker }) => ['W1', 'W2'].includes(worker))
        .reduce((n, { load }) => n + load, 0),
    );
    expect(loads.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i));
  });

  test('a dispatch by hand is a route too, and takes the worker off', async () => {
    const row = await report('A2');
    expect(await workerOf(row)).toBe('W1');
    const move = async (version: number, to: EventRow['status'], departmentCode: string | null = null) =>
      moveEvent(database.connection, townScope('R3'), {
        ...{ id: row.id, version, to, departmentCode, note: '', satisfaction: null },
      });
    await move(1, 'S32');
    await move(2, 'S30');
    await move(3, 'S31', 'SWJ');
    expect(await routesOf(row.id)).toMatchObject([
      { seq: 1, mode: 'auto' },
      { seq: 2, mode: 'manual', actor_role: 'R3', department_code: 'SWJ', worker_id: null, inputs: null },
    ]);
    expect(await workerOf(row)).toBeNull();
  });

  test('a route is never changed nor taken away', async () => {
    const row = await report('A1');
    const { db } = database.connection;
    const refused = { cause: { message: expect.stringContaining('are kept as they were written') } };
    await expect(
      db.update(dispatch_route).set({ worker_id: 'W9' }).where(eq(dispatch_route.event_id, row.id)),
    ).rejects.toMatchObject(refused);
    await expect(db.delete(dispatch_route)).rejects.toMatchObject(refused);
  });

  test('a new row of the list routes new events and leaves old ones alone', async () => {
    const { db } = database.connection;
    const before = await report('A1');
    const [old] = await db.select().from(term).where(sql`list = 'event-category' and code = 'auto'`);
    if (!old) throw new Error('No rule.');
    await db.update(term).set({ valid_to: sql`now()` }).where(sql`list = 'event-category' and code = 'auto'`);
    const attrs = { ...old.attrs, in_community_list: '0', dispatch_mode: 'manual', handle_hours: '1' };
    await db.insert(term).values({ ...old, attrs, valid_from: sql`now()` as never, valid_to: null });
    const after = await report('A1');
    expect([after.status, (await routesOf(after.id))[0]?.mode]).toEqual(['S10', 'left']);
    const hours = (row: EventRow) => (Date.parse(row.dueAt ?? '') - Date.parse(row.reportedAt)) / 3_600_000;
    expect([hours(before), hours(after)]).toEqual([24.5, 1.5]);
    const [kept] = await routesOf(before.id);
    expect(kept?.inputs?.rule).toMatchObject({ from: '2020-01-01T00:00:00.000Z', handleHours: 24 });
    expect((await routesOf(after.id))[0]?.inputs?.rule.from).not.toBe('2020-01-01T00:00:00.000Z');
  });
});
