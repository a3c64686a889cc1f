import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DimensionKey } from '@/data/metrics/dimensions';
import { EventStatus, stageOf } from '@/data/model/event';
import type { Scope } from '@/data/model/scope';
import { type TestDatabase, testDatabase } from '../db/testing';
import { listEvents, listOpenEvents, moveEvent } from '../event/store';
import { answer } from './answer';
import { type Facts, openFacts } from './follower';

let database: TestDatabase;
let facts: Facts;
let scope: Scope;

beforeAll(async () => {
  database = await testDatabase({ demo: 'tiny' });
  facts = await openFacts(database.connection, { file: null });
  const { root, rootPath } = facts.meta().installation;
  scope = { division: root, path: rootPath, level: 'district', role: 'R2', screen: 'mid', post: root, actorId: 'R2' };
});
afterAll(async () => {
  facts?.close();
  await database?.end();
});

const ask = (metric: string, dimensions: DimensionKey[], at: string | null) =>
  answer(
    { facts, db: database.connection.db, scope },
    { metric, dimensions, question: { division: null, period: 'P30D', at, known: 'now', filters: [] } },
  );

test('an instant to come is live, for figures and for lists', async () => {
  const future = '2030-01-01T00:00:00Z';
  for (const metric of ['event.open', 'event.reported', 'person.resident']) {
    const [live, later] = [await ask(metric, ['community'], null), await ask(metric, ['community'], future)];
    expect(later).toEqual(live);
  }
  for (const list of [listEvents, listOpenEvents]) {
    const of = (at: string | null) =>
      list(
        database.connection,
        scope,
        { division: null, period: 'P90D', at, known: 'now', filters: [] },
        { sort: 'newest', limit: 500, offset: 0 },
      );
    const [live, later] = [await of(null), await of(future)];
    expect(later.rows).toEqual(live.rows);
    expect(live.total).toBeGreaterThan(0);
    expect(Date.parse(later.asOf)).toBeLessThanOrEqual(Date.now());
  }
});

/** Events as the history knew them at an instant, by plain SQL over the moves. */
const openAt = (at: Date, extra = 'true') =>
  database.connection.sql.unsafe<Record<string, string>[]>(
    `select coalesce(community_code, 'none') as community, to_status as status, coalesce(department_code, 'none') as department
   from (
     select distinct on (e.id) e.community_code, e.handle_due_at, t.to_status, (
       select d.department_code from event_transition d where d.event_id = e.id and d.at <= $1::timestamptz and d.department_code is not null
       order by d.seq desc limit 1) as department_code
     from event e join event_transition t on t.event_id = e.id
     where t.at <= $1::timestamptz and e.reported_at <= $1::timestamptz order by e.id, t.seq desc
   ) stood where to_status not in ('S21', 'S61', 'S62', 'S70', 'S90') and ${extra}`,
    [at.toISOString()],
  );

const tally = (codes: readonly string[]): Record<string, number> => {
  const n: Record<string, number> = {};
  for (const code of codes) n[code] = (n[code] ?? 0) + 1;
  return n;
};

const rare = ['S32', 'S41', 'S42', 'S43', 'S60'];

/** Fifty instants over the last 90 days, the same every time; twenty of them at the beginning of a rare status. */
const instants = async (to: Date): Promise<Date[]> => {
  const moves = await database.connection.sql<{ at: string }[]>`
    select at from (
      select at, row_number() over (partition by to_status order by md5(event_id)) as n from event_transition
      where to_status in ${database.connection.sql(rare)}) m where n <= 4`;
  const spread = Array.from({ length: 50 - moves.length }, (_, i) => ((i * 7919 + 13) % 9973) * (7_776_000_000 / 9973));
  return [...spread.map((ms) => new Date(to.getTime() - ms)), ...moves.map(({ at }) => new Date(at))];
};

test('open and overdue events stood where the history says, at any instant and live', async () => {
  const asOf = facts.status().asOf;
  const seen = new Set<string>();
  for (const at of [...(await instants(asOf)), asOf]) {
    const rows = await openAt(at);
    const late = await openAt(at, "handle_due_at < $1::timestamptz and to_status <> 'S42'");
    for (const [metric, wanted] of [
      ['event.open', rows],
      ['event.overdue', late],
    ] as const) {
      const of = async (key: DimensionKey) =>
        Object.fromEntries(
          (await ask(metric, [key], at === asOf ? null : at.toISOString())).cells.map((cell) => [
            cell.at[key],
            cell.value,
          ]),
        );
      expect(await of('status'), at.toISOString()).toEqual(tally(wanted.map(({ status = '' }) => status)));
      expect(await of('stage')).toEqual(tally(wanted.map(({ status }) => stageOf[EventStatus.parse(status)])));
      expect(await of('department')).toEqual(tally(wanted.map(({ department = '' }) => department)));
    }
    for (const { status = '' } of rows) seen.add(status);
  }
  expect([...seen]).toEqual(expect.arrayContaining(rare));
});

test('a filter by status at an instant finds as many as the list of open events', async () => {
  const at = (await instants(facts.status().asOf))[7]?.toISOString() ?? '';
  for (const values of [['S41', 'S42'], ['S60', 'S43', 'S32'], ['S40']]) {
    const question = {
      division: null,
      period: 'P30D' as const,
      at,
      known: 'now' as const,
      filters: [{ source: 'x', field: 'status' as const, values }],
    };
    const given = await answer({ facts, db: database.connection.db, scope }, { metric: 'event.open', question });
    const list = await listOpenEvents(database.connection, scope, question, { sort: 'newest', limit: 1, offset: 0 });
    expect(given.cells[0]?.value).toBe(list.total);
  }
});

test('a move is counted where it stood before and after', async () => {
  const [row] = await database.connection.sql<{ id: string; version: number; status_at: Date }[]>`
    select id, version, status_at from event where status = 'S40' order by id limit 1`;
  if (!row) throw new Error('No event is being handled.');
  const before = facts.status().asOf;
  await moveEvent(database.connection, scope, {
    ...{ id: row.id, version: row.version, to: 'S42', departmentCode: null, note: 'no money', satisfaction: null },
    untilAt: new Date(Date.now() + 86_400_000).toISOString(),
  });
  const limit = Date.now() + 10_000;
  while (facts.status().asOf <= new Date(before.getTime() + 50) && Date.now() < limit) await facts.sync();
  await facts.sync();
  const spans = await facts.query(
    'select status from event_span where event_id = $id and to_at > now() - interval 1 minute',
    { id: row.id },
  );
  expect(spans).toEqual([{ status: 'S40' }]);
});
