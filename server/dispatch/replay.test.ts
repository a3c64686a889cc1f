import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Scope } from '@/data/model/scope';
import { dispatch_route, event } from '../db/schema';
import { type TestDatabase, testDatabase } from '../db/testing';
import { isSame, replayRoutes, type StoredRoute } from './replay';
import { whatIf } from './what-if';

const commander: Scope = {
  ...{ division: 'DP', path: '/44/4403/DP/', level: 'district', role: 'R2', screen: 'mid' },
  ...{ post: 'DP', actorId: 'R2:DP' },
};

describe('the history of the tiny demo', () => {
  let database: TestDatabase;
  let routes: (typeof dispatch_route.$inferSelect)[];
  let events: Map<string, typeof event.$inferSelect>;
  beforeAll(async () => {
    database = await testDatabase({ demo: 'tiny' });
    const { db } = database.connection;
    routes = await db.select().from(dispatch_route);
    events = new Map((await db.select().from(event)).map((row) => [row.id, row]));
  });
  afterAll(() => database?.end());

  const ask = (...changes: Parameters<typeof whatIf>[3]) => whatIf(database.connection, commander, null, changes);

  test('every event has the decision of its report, and every one is decided again as it was', async () => {
    expect(routes).toHaveLength(events.size);
    const replay = await replayRoutes(database.connection, commander, null);
    expect(replay).toMatchObject({ nRoutes: routes.length, nSame: routes.length, nByHand: 0, different: [] });
    const week = { from: '2026-11-15', until: '2026-11-22' };
    const since = (date: string) => Date.parse(`${date}T00:00:00+08:00`);
    const own = routes.filter(({ at }) => at.getTime() >= since(week.from) && at.getTime() < since(week.until));
    expect((await replayRoutes(database.connection, commander, week)).nSame).toBe(own.length);
    expect(own.length).toBeGreaterThan(0);
  });

  test('what was sent is in the list, went to who covers the place on shift, and the event says the same', () => {
    for (const { mode, inputs, decision, event_id, worker_id, department_code } of routes) {
      const row = events.get(event_id);
      expect(row?.is_auto_dispatched).toBe(mode === 'auto');
      if (mode !== 'auto') continue;
      expect([inputs?.rule.isListed, inputs?.isHeld, department_code]).toEqual([true, false, decision?.department]);
      if (worker_id === null) continue;
      expect(inputs?.candidates.find(({ worker }) => worker === worker_id)).toMatchObject({
        covers: true,
        shift: 'on',
      });
      expect(row?.worker_id).toBe(worker_id);
    }
    expect(routes.some(({ worker_id }) => worker_id !== null)).toBe(true);
  });

  test('a route that was tampered with is found out', () => {
    const [sent] = routes.filter(({ mode, worker_id }) => mode === 'auto' && worker_id !== null);
    if (!sent) throw new Error('No route to a worker.');
    const stored = { ...sent, ...events.get(sent.event_id) } as unknown as StoredRoute;
    expect(isSame({ ...stored, mode: sent.mode })).toBe(true);
    expect(isSame({ ...stored, worker_id: 'w9999' })).toBe(false);
    expect(isSame({ ...stored, policy: 'p0' })).toBe(false);
    const candidates = sent.inputs?.candidates.map((one) => ({ ...one, shift: 'off' as const })) ?? [];
    expect(isSame({ ...stored, inputs: sent.inputs && { ...sent.inputs, candidates } })).toBe(false);
    expect(isSame({ ...stored, inputs: null })).toBeNull();
  });

  test('off the list: exactly the events of the category that were sent would have waited', async () => {
    const category = routes.find(({ mode }) => mode === 'auto')?.inputs?.rule.category ?? '';
    const sent = routes.filter(({ mode, inputs }) => mode === 'auto' && inputs?.rule.category === category);
    const result = await ask({ kind: 'rule', categories: [category], isListed: false });
    expect(result).toMatchObject({
      nEvents: routes.length,
      nDifferent: sent.length,
      categories: [{ code: category, n: sent.length }],
    });
    expect(result.auto.before - result.auto.after).toBe(sent.length);
    expect(result.departments.every(({ from, to }) => from !== null && to === null)).toBe(true);
    expect(result.missed.after).toBe(result.missed.before);
    expect(result.auto.before).toBe([...events.values()].filter((row) => row.is_auto_dispatched).length);
  });

  test('a worker away: exactly his events would have gone elsewhere; a line staffed at night: the desk’s to him', async () => {
    const worker = routes.find(({ worker_id }) => worker_id !== null)?.worker_id ?? '';
    const his = routes.filter(({ worker_id }) => worker_id === worker);
    expect(await ask({ kind: 'away', worker })).toMatchObject({ nDifferent: his.length });
    const department = 'XFJ';
    const desk = routes.filter(
      ({ mode, decision, department_code }) =>
        mode === 'auto' && department_code === department && decision?.reason === 'noShift',
    );
    const staffed = await ask({ kind: 'staffed', department });
    expect(staffed.nDifferent).toBe(desk.length);
    expect(staffed.named.after - staffed.named.before).toBe(desk.length);
  });

  test('another limit changes what was missed and no route', async () => {
    const [l1] = [...events.values()].map(({ category_l1 }) => category_l1);
    const result = await ask({ kind: 'rule', categories: [l1 ?? ''], handleHours: 1 });
    expect(result.nDifferent).toBe(0);
    const now = Date.now();
    const late = (dueOf: (row: typeof event.$inferSelect) => number) =>
      [...events.values()].filter(
        (row) => !['S21', 'S90'].includes(row.status) && (row.closed_at?.getTime() ?? now) > dueOf(row),
      ).length;
    const due = (row: typeof event.$inferSelect) => row.handle_due_at?.getTime() ?? Number.POSITIVE_INFINITY;
    const hoursOf = new Map(routes.map(({ event_id, inputs }) => [event_id, inputs?.rule.handleHours ?? 0]));
    expect(result.missed).toEqual({
      before: late(due),
      after: late((row) => due(row) - (row.category_l1 === l1 ? ((hoursOf.get(row.id) ?? 0) - 1) * 3_600_000 : 0)),
    });
  });

  test('another department: its own who covers the place, by the roster that is kept', async () => {
    const fire = routes.filter(({ mode, department_code }) => mode === 'auto' && department_code === 'XFJ');
    const categories = [...new Set(fire.map(({ inputs }) => inputs?.rule.category ?? ''))];
    const result = await ask({ kind: 'rule', categories, department: 'YJJ' });
    const moved = routes.filter(
      ({ mode, inputs }) => mode === 'auto' && categories.includes(inputs?.rule.category ?? ''),
    );
    expect(result.nDifferent).toBe(moved.filter(({ department_code }) => department_code !== 'YJJ').length);
    const ways = result.departments.filter(({ from, to }) => from?.department === 'XFJ' && to?.department === 'YJJ');
    expect(ways.reduce((n, way) => n + way.n, 0)).toBe(fire.length);
  });

  test('a territory is replayed by who holds it', async () => {
    const code = [...events.values()].find((row) => row.community_code)?.community_code ?? '';
    const [node] = await database.connection.db.execute<{ path: string }>(
      sql`select path from division where code = ${code}`,
    );
    const own = { ...commander, division: code, path: node?.path ?? '', level: 'community' as const };
    const { nRoutes } = await replayRoutes(database.connection, own, null);
    expect(nRoutes).toBe([...events.values()].filter((row) => row.community_code === code).length);
  });
});
