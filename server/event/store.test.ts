import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EventRow } from '@/data/model/event';
import type { Role } from '@/data/model/scope';
import { change, event, event_transition, unplaced } from '../db/schema';
import { servers, type TestDatabase, testDatabase } from '../db/testing';
import { createCaller } from '../trpc/root';
import { eventById, eventHistory, listEvents, listOpenEvents, moveEvent, openPoints, reportEvent } from './store';
import { ask, centerOf, townReport, townScope, writeTown } from './testing';

const page = { sort: 'newest', limit: 500, offset: 0 } as const;
const commander = townScope('R2');

describe.each(servers())('events on %s', (server) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase({ server });
    await writeTown(database.connection);
  });
  afterAll(() => database.end());

  const report = (grid = 'A1', category = 'auto') =>
    reportEvent(database.connection, commander, townReport(grid, { category }));
  const move = (row: Pick<EventRow, 'id' | 'version'>, to: EventRow['status'], role: Role = 'R3', rest = {}) =>
    moveEvent(database.connection, townScope(role), {
      ...{ id: row.id, version: row.version, to, departmentCode: null, note: '', satisfaction: null },
      ...rest,
    });
  const linesOf = (id: string) => database.connection.db.select().from(change).where(eq(change.id, id));

  it('places a report, fixes its limits, dispatches a listed category and logs one change', async () => {
    const row = await report('B2');
    expect(row).toMatchObject({ version: 1, status: 'S31', stage: 'dispatch', department: 'XFJ', level: 2 });
    expect(row).toMatchObject({ subdistrict: 'S', community: 'B', grid: 'B2', block: 'B2-1', categoryL1: '01' });
    expect(row.number).toMatch(/^20\d{6}-[0-9A-Z]{8}$/);
    expect(Date.parse(row.dueAt ?? '') - Date.parse(row.reportedAt)).toBe((24 * 60 + 30) * 60_000);
    const lines = await linesOf(row.id);
    expect(lines).toMatchObject([{ kind: 'event', op: 'put', version: 1, path: '/P/C/D/S/B/B2/' }]);
    const steps = await eventHistory(database.connection, commander, row.id);
    expect(steps.map(({ from, to }) => [from, to])).toEqual([
      [null, 'S10'],
      ['S10', 'S20'],
      ['S20', 'S30'],
      ['S30', 'S31'],
    ]);
  });

  it('leaves an unlisted category to be accepted by hand', async () => {
    const row = await report('A1', 'hand');
    expect(row).toMatchObject({ status: 'S10', stage: 'report', department: null, level: 1 });
  });

  it('refuses what lies in no grid, an unknown word, and a place outside the territory', async () => {
    const { connection } = database;
    await expect(reportEvent(connection, commander, townReport('A1', { position: [10, 10] }))).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringContaining('lies in no grid'),
    });
    await expect(report('A1', 'nothing')).rejects.toMatchObject({ code: 'invalid' });
    await expect(reportEvent(connection, townScope('R5', 'A1'), townReport('A2'))).rejects.toMatchObject({
      code: 'not_allowed',
    });
    await expect(reportEvent(connection, townScope('R2', 'D', 'big'), townReport())).rejects.toMatchObject({
      code: 'not_allowed',
    });
  });

  it('takes a repeated send once, also at the same moment', async () => {
    const sent = townReport('A2');
    const rows = await Promise.all(Array.from({ length: 6 }, () => reportEvent(database.connection, commander, sent)));
    expect(new Set(rows.map(({ id }) => id)).size).toBe(1);
    const stored = await database.connection.db.select().from(event).where(eq(event.client_key, sent.clientKey));
    expect(stored).toHaveLength(1);
    expect(await linesOf(rows[0]?.id ?? '')).toHaveLength(1);
  });

  it('takes the address of the building it is told, and refuses an unknown one', async () => {
    const { connection } = database;
    const at = (code: string) => townReport('A1', { buildingCode: code, address: '' });
    const row = await reportEvent(connection, commander, at('4403070090011100001'));
    expect(row).toMatchObject({ address: '1 Test Road', building: '4403070090011100001' });
    await expect(reportEvent(connection, commander, at('4403070090011100009'))).rejects.toMatchObject({
      code: 'invalid',
    });
  });

  it('refuses a building of another territory, and one that stands in another grid than the position', async () => {
    const { connection } = database;
    const house = { buildingCode: '4403070090011100001', address: '' };
    for (const [scope, sent] of [
      [townScope('R4', 'B'), townReport('B1', house)],
      [townScope('R5', 'A2'), townReport('A2', house)],
      [commander, townReport('A2', house)],
      [commander, townReport('B1', { ...house, dwellingCode: '4403070090011100001000101' })],
    ] as const) {
      await expect(reportEvent(connection, scope, sent)).rejects.toMatchObject({ code: 'invalid' });
      expect(await connection.db.$count(event, eq(event.client_key, sent.clientKey))).toBe(0);
    }
    await expect(reportEvent(connection, townScope('R5', 'A1'), townReport('A1', house))).resolves.toMatchObject({
      address: '1 Test Road',
    });
  });

  it('lists an event that has a grid but no block', async () => {
    const row = await report('B3');
    expect(row).toMatchObject({ grid: 'B3', block: null });
    const listed = await database.connection.db.select().from(unplaced);
    expect(listed).toMatchObject([{ kind: 'event', record_id: row.id, reason: 'no_block' }]);
  });

  it('goes round the whole loop and counts rework and returns', async () => {
    let row = await report('A1', 'hand');
    row = await move(row, 'S20');
    row = await move(row, 'S30');
    row = await move(row, 'S31', 'R2', { departmentCode: 'SWJ' });
    expect(row.department).toBe('SWJ');
    row = await move(row, 'S32', 'R6');
    row = await move(row, 'S30');
    row = await move(row, 'S31', 'R4', { departmentCode: 'XFJ' });
    for (const to of ['S40', 'S50', 'S60', 'S40', 'S50', 'S61'] as const) row = await move(row, to);
    row = await move(row, 'S70', 'R4', { satisfaction: 5, note: 'thanked' });
    const [stored] = await database.connection.db.select().from(event).where(eq(event.id, row.id));
    expect(stored).toMatchObject({ n_rework: 1, n_return: 1, satisfaction: 5, version: row.version });
    expect(stored?.closed_at).not.toBeNull();
    const steps = await eventHistory(database.connection, commander, row.id);
    expect(steps.map(({ seq }) => seq)).toEqual(steps.map((_, i) => i + 1));
    expect(steps).toHaveLength(row.version);
    expect((await linesOf(row.id)).map(({ version }) => version)).toEqual(steps.map((_, i) => i + 1));
    for (const { at } of steps) expect(Date.parse(at)).toBeLessThanOrEqual(Date.now());
  });

  it('refuses an illegal move, the wrong role, an unknown department and another territory', async () => {
    const row = await report('A1', 'hand');
    await expect(move(row, 'S61')).rejects.toMatchObject({ code: 'invalid' });
    await expect(move(row, 'S20', 'R6')).rejects.toMatchObject({ code: 'not_allowed' });
    await expect(move(row, 'S20', 'R3', { departmentCode: 'NONE' })).rejects.toMatchObject({ code: 'invalid' });
    await expect(move(row, 'S20', 'R3', { satisfaction: 3 })).rejects.toMatchObject({ code: 'invalid' });
    const elsewhere = moveEvent(database.connection, townScope('R4', 'B'), {
      ...{ id: row.id, version: 1, to: 'S20', departmentCode: null, note: '', satisfaction: null },
    });
    await expect(elsewhere).rejects.toMatchObject({ code: 'not_found' });
    expect(await eventById(database.connection, commander, row.id)).toMatchObject({ version: 1, status: 'S10' });
  });

  it('lets exactly one of two moves on one version win, the other learns the newest version', async () => {
    const row = await report('A1', 'hand');
    const results = await Promise.allSettled([move(row, 'S20'), move(row, 'S90'), move(row, 'S20')]);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const result of results)
      if (result.status === 'rejected')
        expect(result.reason).toMatchObject({ code: 'conflict', params: { version: 2, id: row.id } });
    expect(await eventHistory(database.connection, commander, row.id)).toHaveLength(2);
  });

  it('keeps exact places, addresses and free text off walls and from aggregate roles', async () => {
    const { connection } = database;
    const row = await reportEvent(connection, commander, townReport('A2', { position: [114.0123, 22.0012] }));
    const asked = ask({ division: 'A2' });
    for (const scope of [townScope('R2', 'D', 'big'), townScope('R0', 'D', 'big'), townScope('R1', 'D', 'small')]) {
      const seen = [
        ...(await listEvents(connection, scope, asked, page)).rows,
        ...(await listOpenEvents(connection, scope, asked, page)).rows,
        ...(await openPoints(connection, scope, asked)).rows,
        await eventById(connection, scope, row.id),
      ];
      expect(seen.length).toBeGreaterThan(3);
      for (const { address, building, position, title } of seen) {
        expect({ address, building, title }).toEqual({
          address: null,
          building: null,
          title: 'event-category auto in words',
        });
        expect(position).toEqual(centerOf('A2'));
      }
      const text = JSON.stringify([seen, await eventHistory(connection, scope, row.id)]);
      for (const secret of ['bicycle', 'Test Road', 'R2:D', '114.0123']) expect(text).not.toContain(secret);
    }
    expect((await eventById(connection, commander, row.id)).position).toEqual([114.0123, 22.0012]);
  });

  it('shows each territory its own events only, and refuses to look elsewhere', async () => {
    const { connection } = database;
    const counts = await Promise.all(
      ['A', 'B', 'D', 'S'].map(
        async (code) => (await listEvents(connection, townScope('R4', code), ask(), page)).total,
      ),
    );
    const [a = 0, b = 0, d = 0, s = 0] = counts;
    expect([a > 0, b > 0, a + b, d]).toEqual([true, true, d, s]);
    const other = await report('B1');
    await expect(eventById(connection, townScope('R4', 'A'), other.id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(listEvents(connection, townScope('R4', 'A'), ask({ division: 'B' }), page)).rejects.toMatchObject({
      code: 'not_allowed',
    });
  });

  it('filters by clauses, pages and counts all that match', async () => {
    const { connection } = database;
    const filters = [
      { source: 'panel', field: 'stage' as const, values: ['dispatch', 'report'] },
      { source: 'panel', field: 'level' as const, values: ['1'] },
      { source: 'panel', field: 'department' as const, values: [] },
    ];
    const all = await listEvents(connection, commander, ask({ filters }), page);
    expect(all.rows.length).toBe(all.total);
    for (const { stage, level } of all.rows)
      expect([stage, level]).toEqual([expect.stringMatching(/dispatch|report/), 1]);
    const whole = await listEvents(connection, commander, ask(), page);
    const parts = await Promise.all(
      [0, 4, 8].map((offset) => listEvents(connection, commander, ask(), { ...page, limit: 4, offset })),
    );
    expect(parts.flatMap(({ rows }) => rows.map(({ id }) => id))).toEqual(whole.rows.slice(0, 12).map(({ id }) => id));
    expect(parts.every(({ total }) => total === whole.total)).toBe(true);
    const urgent = await listOpenEvents(connection, commander, ask(), { ...page, sort: 'urgency' });
    expect(urgent.rows.map(({ level }) => level)).toEqual(urgent.rows.map(({ level }) => level).sort());
  });

  it('sorts by a column both ways, rows without the value last, and finds those without a department', async () => {
    const { connection } = database;
    const sorted = async (order: 'asc' | 'desc') => {
      const { rows } = await listEvents(connection, commander, ask(), { ...page, sort: 'department', order });
      return rows.map(({ department }) => department);
    };
    const ascending = await sorted('asc');
    const known = ascending.filter((code) => code !== null);
    expect(known).toEqual([...known].sort());
    expect(ascending.slice(known.length).every((code) => code === null)).toBe(true);
    expect((await sorted('desc')).slice(0, known.length)).toEqual([...known].sort().reverse());
    const filters = [{ source: 'panel', field: 'department' as const, values: ['none'] }];
    const without = await listEvents(connection, commander, ask({ filters }), page);
    expect(without.total).toBe(ascending.length - known.length);
    expect(without.total).toBeGreaterThan(0);
  });

  it('shows the past as it stood', async () => {
    const { connection } = database;
    const row = await report('B1', 'hand');
    await new Promise((resolve) => setTimeout(resolve, 20));
    const before = new Date().toISOString();
    await new Promise((resolve) => setTimeout(resolve, 20));
    const voided = await move(row, 'S90');
    const find = (rows: EventRow[]) => rows.find(({ id }) => id === row.id);
    const then = await openPoints(connection, commander, ask({ at: before }));
    expect(find(then.rows)).toMatchObject({ status: 'S10', stage: 'report', closedAt: null });
    expect(then.asOf).toBe(before);
    const openThen = await listOpenEvents(connection, commander, ask({ at: before }), page);
    expect(find(openThen.rows)?.status).toBe('S10');
    const earlier = await listEvents(connection, commander, ask({ at: '2020-01-01T00:00:00Z', period: 'all' }), page);
    expect(earlier.total).toBe(0);
    expect(find((await listOpenEvents(connection, commander, ask(), page)).rows)).toBeUndefined();
    expect(find((await listEvents(connection, commander, ask(), page)).rows)?.closedAt).toBe(voided.closedAt);
  });

  it('shows one event, its history and its building as they stood', async () => {
    const caller = createCaller({ connection: database.connection, scope: commander });
    const house = '4403070090011100001';
    const pause = () => new Promise((resolve) => setTimeout(resolve, 20));
    const unborn = new Date().toISOString();
    await pause();
    const sent = townReport('A1', { category: 'hand', buildingCode: house });
    const row = await reportEvent(database.connection, commander, sent);
    await pause();
    const at = new Date().toISOString();
    await pause();
    await move(row, 'S90');
    expect(await caller.event.byId({ id: row.id, at })).toMatchObject({
      ...{ status: 'S10', stage: 'report', closedAt: null, stageAt: row.stageAt, moves: [] },
    });
    expect(await caller.event.byId({ id: row.id })).toMatchObject({ status: 'S90', closedAt: expect.any(String) });
    expect((await caller.event.history({ id: row.id, at })).map(({ to }) => to)).toEqual(['S10']);
    expect((await caller.event.history({ id: row.id })).map(({ to }) => to)).toEqual(['S10', 'S90']);
    await expect(caller.event.byId({ id: row.id, at: unborn })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(caller.event.history({ id: row.id, at: unborn })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const eventsIn = async (clock: string | null) => {
      const { openEvents, recentEvents } = await caller.place.buildingByCode({ code: house, at: clock });
      const isIt = ({ id }: { id: string }) => id === row.id;
      return [openEvents.filter(isIt).length, recentEvents.find(isIt)?.stage];
    };
    expect(await eventsIn(null)).toEqual([0, 'closed']);
    expect(await eventsIn(at)).toEqual([1, 'report']);
    expect(await eventsIn(unborn)).toEqual([0, undefined]);
  });

  it('tells what was known then from what is known now, of a late phone and a wrong category', async () => {
    const caller = createCaller({ connection: database.connection, scope: commander });
    const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
    const [reportedAt, takenAt, at] = [ago(60), ago(30), ago(45)];
    const sent = townReport('A1', { category: 'hand', happenedAt: reportedAt });
    const row = await reportEvent(database.connection, commander, sent);
    const taken = await caller.event.move({ id: row.id, version: 1, to: 'S20', happenedAt: takenAt });
    const corrected = await caller.event.correct({ id: row.id, version: 2, category: 'auto', level: 3, note: 'wrong' });
    expect(corrected).toMatchObject({ version: 5, category: 'auto', categoryL1: '01', level: 3, status: 'S31' });
    expect([row.reportedAt, taken.stageAt]).toEqual([reportedAt, takenAt]);
    expect(await caller.event.byId({ id: row.id, at })).toMatchObject({ status: 'S10', category: 'auto', level: 3 });
    await expect(caller.event.byId({ id: row.id, at, known: 'then' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const all = async (known: 'now' | 'then') => {
      const { rows } = await caller.event.open({ question: ask({ at, known }), limit: 500 });
      return rows.some(({ id }) => id === row.id);
    };
    expect([await all('now'), await all('then')]).toEqual([true, false]);
    const steps = await caller.event.history({ id: row.id });
    for (const step of steps.slice(0, 2))
      expect(Date.parse(step.recordedAt)).toBeGreaterThan(Date.parse(step.at) + 25 * 60_000);
    expect((await linesOf(row.id)).map(({ version }) => version)).toEqual([1, 2, 3, 4, 5]);
  });

  it('corrects on the version seen alone, for those who may, and only into something else', async () => {
    const row = await report('A1', 'hand');
    const correct = (rest: object, role: Role = 'R4', code = 'A') =>
      createCaller({ connection: database.connection, scope: townScope(role, code) }).event.correct({
        ...{ id: row.id, version: 1, category: 'auto', level: 2, ...rest },
      });
    await expect(correct({}, 'R5')).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(correct({}, 'R4', 'B')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(correct({ category: 'none' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    await expect(correct({ category: row.category, level: row.level })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    await expect(correct({ version: 7 })).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await correct({ category: 'hand' })).toMatchObject({ version: 2, dueAt: row.dueAt });
  });

  it('gives the same rows now as of now', async () => {
    const { connection } = database;
    const now = await listEvents(connection, commander, ask({ period: 'all' }), page);
    const asOfNow = await listEvents(connection, commander, ask({ period: 'all', at: new Date().toISOString() }), page);
    expect(asOfNow.rows).toEqual(now.rows);
    expect(asOfNow.total).toBe(now.total);
  });

  it('answers through the router, and keeps walls from acting', async () => {
    const worker = createCaller({ connection: database.connection, scope: townScope('R5', 'A1', 'small') });
    const row = await worker.event.report(townReport('A1', { category: 'hand' }));
    const done = await worker.event.move({ id: row.id, version: row.version, to: 'S62' });
    expect(done).toMatchObject({ status: 'S62', version: 2 });
    expect((await worker.event.byId({ id: row.id })).moves).toEqual([]);
    const wall = createCaller({ connection: database.connection, scope: townScope('R2', 'D', 'big') });
    await expect(wall.event.report(townReport())).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(wall.event.move({ id: row.id, version: 2, to: 'S70' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect((await wall.event.points({ question: ask() })).rows.length).toBeGreaterThan(0);
  });

  it('never changes or drops a step of the history', async () => {
    const steps = await database.connection.db.select().from(event_transition);
    const row = await report('A1', 'hand');
    await move(row, 'S90');
    const later = await database.connection.db.select().from(event_transition);
    expect(later).toEqual(expect.arrayContaining(steps));
    expect(later).toHaveLength(steps.length + 2);
  });
});
