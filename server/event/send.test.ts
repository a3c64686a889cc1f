import { randomUUID } from 'node:crypto';
import { asc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EventStatus } from '@/data/model/event';
import { dispatch_route, event, public_report, term } from '../db/schema';
import { type TestDatabase, testDatabase } from '../db/testing';
import { replayRoutes } from '../dispatch/replay';
import { writeStaff } from '../dispatch/testing-staff';
import { rateReport, reportPublic } from '../intake/store';
import { answer } from '../metric/answer';
import { openFacts } from '../metric/follower';
import { createCaller } from '../trpc/root';
import { correctEvent, eventById, eventHistory, moveEvent, reportEvent } from './store';
import { centerOf, townReport, townScope, writeTown } from './testing';

const [desk, commander] = [townScope('R4', 'A'), townScope('R2')];

describe('what waits is sent by the machine once a person opened the way', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
    const { db } = database.connection;
    await writeTown(database.connection);
    await writeStaff(database.connection, [
      { id: 'W1', grids: ['A1'] },
      { id: 'W2', grids: ['A1'], department: 'SWJ' },
    ]);
    const valid = { source: 'test', valid_from: new Date('2020-01-01T00:00:00Z') };
    const listed = { level: '3', handle_hours: '8', lead_department: 'SWJ', dispatch_mode: 'auto' };
    await db.insert(term).values([
      { ...valid, list: 'event-source', code: '03', zh: '群众举报', en: 'Citizen report' },
      { ...valid, list: 'event-category', code: 'water', zh: '水', en: 'Water', parent: '03' },
    ]);
    await db
      .update(term)
      .set({ attrs: { ...listed, in_community_list: '1' } })
      .where(eq(term.code, 'water'));
  });
  afterAll(() => database?.end());

  const fromPublic = async (category: string) => {
    const { receipt } = await reportPublic(database.connection, {
      ...{ clientKey: randomUUID(), category, text: 'Somebody left it here', position: centerOf('A1') },
      ...{ photos: [], contact: '' },
    });
    const [row] = await database.connection.db.select().from(public_report).where(eq(public_report.receipt, receipt));
    return { id: row?.event_id ?? '', receipt };
  };
  const move = (id: string, version: number, to: EventStatus, scope = desk, clientKey?: string) =>
    moveEvent(database.connection, scope, {
      ...{ id, version, to, departmentCode: to === 'S31' ? 'XFJ' : null, note: '', satisfaction: null, clientKey },
    });
  const correct = (id: string, version: number, category: string, level: 1 | 2 | 3 | 4 = 2) =>
    correctEvent(database.connection, desk, { id, version, category, level, note: '' });
  const rowOf = async (id: string) => {
    const [row] = await database.connection.db.select().from(event).where(eq(event.id, id));
    return row;
  };
  const routesOf = (id: string) =>
    database.connection.db
      .select()
      .from(dispatch_route)
      .where(eq(dispatch_route.event_id, id))
      .orderBy(asc(dispatch_route.seq));
  const modesOf = async (id: string) => (await routesOf(id)).map(({ mode }) => mode);

  test('a public report of a listed category waits, and its acceptance sends it in the same act', async () => {
    const { id } = await fromPublic('auto');
    expect(await rowOf(id)).toMatchObject({ status: 'S10', worker_id: null, is_auto_dispatched: false });
    expect(await routesOf(id)).toMatchObject([
      { mode: 'left', actor_role: 'system', inputs: { isHeld: true }, decision: { isSent: false, reason: 'held' } },
    ]);
    const began = performance.now();
    const accepted = await move(id, 1, 'S20');
    expect(performance.now() - began).toBeLessThan(1_000);
    expect(accepted).toMatchObject({ status: 'S31', version: 4, department: 'XFJ' });
    expect(await rowOf(id)).toMatchObject({ worker_id: 'W1', is_auto_dispatched: true });
    expect((await routesOf(id)).slice(1)).toMatchObject([
      {
        ...{ seq: 2, mode: 'auto', policy: 'p1', actor_role: 'system', worker_id: 'W1', department_code: 'XFJ' },
        ...{ inputs: { isHeld: false, rule: { category: 'auto' } }, decision: { isSent: true, reason: 'covered' } },
      },
    ]);
    const steps = await eventHistory(database.connection, desk, id);
    expect(steps.map(({ to, role, place }) => [to, role, place])).toEqual([
      ['S10', 'public', null],
      ['S20', 'R4', 'A'],
      ['S30', 'system', null],
      ['S31', 'system', null],
    ]);
  });

  test('sent again the acceptance is the same act; of two at once one is told that he was late', async () => {
    const { id } = await fromPublic('auto');
    const key = randomUUID();
    await move(id, 1, 'S20', desk, key);
    expect(await move(id, 1, 'S20', desk, key)).toMatchObject({ status: 'S31', version: 4 });
    expect(await modesOf(id)).toEqual(['left', 'auto']);
    const other = (await fromPublic('auto')).id;
    const both = await Promise.allSettled([move(other, 1, 'S20'), move(other, 1, 'S20', commander)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find((one) => one.status === 'rejected')?.reason).toMatchObject({ code: 'conflict' });
    expect(await modesOf(other)).toEqual(['left', 'auto']);
  });

  test('what is not listed is accepted and waits for a person, a Ⅰ above all', async () => {
    const { id } = await fromPublic('hand');
    expect(await move(id, 1, 'S20')).toMatchObject({ status: 'S20', version: 2, level: 1 });
    expect(await modesOf(id)).toEqual(['left']);
    const walked = await move(id, 2, 'S30').then(({ version }) => move(id, version, 'S31'));
    expect(walked.status).toBe('S31');
    expect(await modesOf(id)).toEqual(['left', 'manual']);
  });

  test('accepted and handed back, or sent by a person in one act, the machine has no say', async () => {
    const caller = createCaller({ scope: desk, connection: database.connection }).dispatch;
    const [back, taken] = [(await fromPublic('auto')).id, (await fromPublic('auto')).id];
    expect(await caller.return({ id: back, version: 1, note: 'No such place' })).toMatchObject({ status: 'S21' });
    expect(await modesOf(back)).toEqual(['left']);
    expect(await caller.suggest({ id: taken })).toMatchObject({ reason: 'held' });
    const own = { department: 'SWJ', worker: 'W2', note: 'It is a pipe' };
    await caller.assign({ id: taken, version: 1, isAccepted: false, ...own });
    expect(await modesOf(taken)).toEqual(['left', 'overruled']);
    expect(await rowOf(taken)).toMatchObject({ worker_id: 'W2', is_auto_dispatched: false });
  });

  test('filed under a listed category, what waits for a person is sent; a report nobody accepted still waits', async () => {
    const { id } = await reportEvent(database.connection, desk, townReport('A1', { category: 'hand' }));
    const sent = await correct(id, 1, 'water', 3);
    expect(sent).toMatchObject({ status: 'S31', version: 5, department: 'SWJ', category: 'water' });
    expect(await rowOf(id)).toMatchObject({ worker_id: 'W2', is_auto_dispatched: true });
    expect((await routesOf(id))[1]).toMatchObject({ mode: 'auto', inputs: { rule: { category: 'water', level: 3 } } });
    const held = (await fromPublic('hand')).id;
    expect(await correct(held, 1, 'water', 3)).toMatchObject({ status: 'S10', version: 2 });
    expect(await modesOf(held)).toEqual(['left']);
    expect(await move(held, 2, 'S20')).toMatchObject({ status: 'S31', department: 'SWJ' });
    expect(await modesOf(held)).toEqual(['left', 'auto']);
  });

  test('what its department sent back waits for a person, until it is filed under another listed category', async () => {
    const { id, version } = await reportEvent(database.connection, desk, townReport('A1'));
    await move(id, version, 'S32');
    expect(await correct(id, 2, 'auto', 4)).toMatchObject({ status: 'S32', level: 4 });
    expect(await move(id, 3, 'S30')).toMatchObject({ status: 'S30', version: 4 });
    expect(await modesOf(id)).toEqual(['auto']);
    expect(await correct(id, 4, 'water', 4)).toMatchObject({ status: 'S31', department: 'SWJ' });
    expect(await modesOf(id)).toEqual(['auto', 'auto']);
    const sent = await rowOf(id);
    expect(await correct(id, sent?.version ?? 0, 'auto', 2)).toMatchObject({ status: 'S31', department: 'SWJ' });
  });

  test('every one of these decisions is decided again as it was', async () => {
    const replay = await replayRoutes(database.connection, commander, null);
    expect(replay).toMatchObject({ nSame: replay.nRoutes, nByHand: 1, different: [] });
    expect(replay.nRoutes).toBeGreaterThan(12);
  });

  test('the citizen’s mark ends the history and counts as satisfaction; nothing says who he is', async () => {
    const { connection } = database;
    const { id, receipt } = await fromPublic('auto');
    await move(id, 1, 'S20');
    for (const [i, to] of (['S40', 'S50', 'S60', 'S40', 'S50', 'S61'] as const).entries()) await move(id, 4 + i, to);
    await rateReport(connection, receipt, 4);
    const steps = await eventHistory(connection, desk, id);
    expect(steps.at(-1)).toMatchObject({
      to: 'S70',
      role: 'public',
      actor: 'public',
      place: null,
      rating: 4,
      note: '',
    });
    expect(steps.slice(0, -1).every(({ rating }) => rating === null)).toBe(true);
    expect(JSON.stringify([steps, await eventById(connection, desk, id)])).not.toContain(receipt);
    const wall = await eventHistory(connection, townScope('R1', 'D', 'big'), id);
    expect(wall.every(({ rating, place, actor }) => rating === null && place === null && actor === null)).toBe(true);
    const facts = await openFacts(connection, { file: null });
    const satisfied = await answer(
      { facts, db: connection.db, scope: commander },
      {
        metric: 'event.satisfied_rate',
        question: { division: null, period: 'today', at: null, known: 'now', filters: [] },
      },
    ).finally(() => facts.close());
    expect(satisfied.cells).toMatchObject([{ numerator: 1, denominator: 1 }]);
  });
});
