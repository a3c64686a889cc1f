import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DimensionKey } from '@/data/metrics/dimensions';
import { eventReported } from '@/data/metrics/event-count';
import { type Cube, readSums } from '@/data/model/brush';
import { type Clause, knowns, type Period, type Question } from '@/data/model/view';
import { type TestDatabase, testDatabase, testNow } from '../db/testing';
import { answerParsed } from './answer';
import { maxCells } from './assemble';
import { compileCube } from './compile-cube';
import { buildCube } from './cube';
import { type Facts, openFacts } from './follower';
import { rollPairs, sortRollSql } from './roll';
import { scopeIn } from './testing';
import { createDice } from './testing-random';

let database: TestDatabase;
let facts: Facts;
const { next, pick } = createDice(20261129);

beforeAll(async () => {
  database = await testDatabase({ demo: 'tiny' });
  facts = await openFacts(database.connection, { file: null });
});
afterAll(async () => {
  facts?.close();
  await database?.end();
});

const dayMs = 86_400_000;
const daysAgo = (most: number) => new Date(testNow.getTime() - Math.floor(next() * most * dayMs));

/** What happens to events, late and early: each a change of one row the store could make. */
const changes: Record<string, (id: string) => string> = {
  correct: (id) => `
    insert into event_correction (event_id, seq, from_category, to_category, from_category_l1, to_category_l1,
      from_level, to_level, at, recorded_at, actor_id, actor_role)
    select id, 1 + coalesce((select max(seq) from event_correction where event_id = e.id), 0), category_code, '0101',
      category_l1, '01', level, 1 + level % 4, '${daysAgo(40).toISOString()}', '${daysAgo(20).toISOString()}', 'x', 'R2'
    from event e where id = '${id}';
    update event set category_code = '0101', category_l1 = '01', level = 1 + level % 4 where id = '${id}'`,
  reach: (id) => `update event set status = 'S30', status_at = '${daysAgo(30).toISOString()}' where id = '${id}'`,
  predate: (id) => `update event set reported_at = '${daysAgo(200).toISOString()}' where id = '${id}'`,
  place: (id) => `
    update event e set (subdistrict_code, community_code, grid_code) = (select subdistrict_code, community_code, grid_code
      from event where grid_code is not null order by md5(id || '${next()}') limit 1) where id = '${id}'`,
  displace: (id) =>
    `update event set subdistrict_code = null, community_code = null, grid_code = null where id = '${id}'`,
  source: (id) =>
    `update event set source_code = '${pick(['01', '02', `N${Math.floor(next() * 9)}`])}' where id = '${id}'`,
  drop: (id) => `delete from event_correction where event_id = '${id}';
    delete from event_transition where event_id = '${id}'; delete from event where id = '${id}'`,
  report: (id) => `
    insert into event (id, number, title, category_code, category_l1, level, source_code, status, reported_at, status_at,
      subdistrict_code, community_code, grid_code)
    select id || '${next()}', id || '${next()}', title, category_code, category_l1, level, source_code, 'S10', at, at,
      subdistrict_code, community_code, grid_code
    from event, (select timestamptz '${daysAgo(60).toISOString()}' as at) t where id = '${id}'`,
};

/** Some of them at once, with their lines in the log. */
const change = async () => {
  const { sql } = database.connection;
  const rows = await sql<{ id: string }[]>`select id from event order by md5(id || ${String(next())}) limit 12`;
  const before = new Set((await sql<{ id: string }[]>`select id from event`).map(({ id }) => id));
  await sql.begin(async (tx) => {
    for (const { id } of rows) {
      await tx.unsafe(pick(Object.values(changes))(id));
      await tx`insert into change (kind, id, op, version) values ('event', ${id}, 'put', 0)`;
    }
    for (const { id } of await tx<{ id: string }[]>`select id from event`)
      if (!before.has(id)) await tx`insert into change (kind, id, op, version) values ('event', ${id}, 'put', 0)`;
  });
  const watermark = () => BigInt(facts.status().watermark);
  const from = watermark();
  const follow = async () => {
    await facts.sync();
    return watermark() > from;
  };
  await expect.poll(follow, { timeout: 20_000 }).toBe(true);
};

/** The roll-up and the events counted anew, wherever the two differ. */
const differences = async () => {
  const counted = rollPairs.map(
    ([a, b = 'null'], pair) =>
      `select ${pair} as pair, reported_no as day, ${a} as a, ${b}::smallint as b, count(*) as n from event group by all`,
  );
  const rolled = 'select pair, day, a, b, sum(n) as n from event_rolled group by all having sum(n) <> 0';
  const all = `(${counted.join(' union all ')})`;
  return facts.query(`(${rolled} except ${all}) union all (${all} except (${rolled}))`);
};

const dimensions = ['day', 'week', 'month', 'weekday', 'hourOfDay', 'level', 'source', 'categoryL1'] as const;
const places = ['subdistrict', 'community', 'grid', 'category', 'block', 'stage'] as const;

const randomQuestion = (): Question => {
  const divisions = [...facts.meta().divisions.values()].filter(
    ({ level }) => level !== 'province' && level !== 'city',
  );
  const values: [Clause['field'], string[]][] = [
    ['level', ['1', '3']],
    ['source', ['01', 'none', 'N3']],
    ['categoryL1', ['01', '02', '05']],
    ['stage', ['closed']],
  ];
  const fixed: Period = `${daysAgo(120).toISOString().slice(0, 10)}/${testNow.toISOString().slice(0, 10)}`;
  return {
    division: next() < 0.5 ? null : pick(divisions).code,
    period: pick([fixed, 'all', 'P30D', 'P90D', 'P365D', 'today'] as const),
    at: next() < 0.4 ? null : daysAgo(70).toISOString(),
    known: pick(knowns),
    filters: values.filter(() => next() < 0.2).map(([field, of]) => ({ source: 'test', field, values: of })),
  };
};

const pairsOf = (cube: Cube, other: DimensionKey): Map<string, number> => {
  const chart = cube.charts.find(({ dimension }) => dimension === other);
  const [sums, codes] = [chart ? readSums(chart.sums) : [], chart?.codes ?? []];
  return new Map(
    [...sums].flatMap((sum, at) =>
      sum === 0 ? [] : [[`${cube.codes[Math.floor(at / codes.length)]} ${codes[at % codes.length]}`, sum] as const],
    ),
  );
};

/** Whatever is asked, an index holds what an answer by both dimensions says. */
const compare = async (active: DimensionKey, others: DimensionKey[], question: Question) => {
  const post = facts.meta().installation.root;
  const context = { facts, db: database.connection.db, scope: scopeIn(facts, post) };
  const cube = await buildCube(context, { metric: 'event.reported', active, others, question });
  for (const other of others) {
    const ask = {
      metric: 'event.reported',
      dimensions: [active, other],
      operators: [],
      complete: false,
      limit: maxCells,
    };
    const { cells } = await answerParsed(context, { ...ask, question, sort: 'dimension', order: 'asc' });
    const wanted = new Map(cells.map(({ at, value }) => [`${at[active]} ${at[other]}`, value ?? Number.NaN]));
    expect(pairsOf(cube, other), JSON.stringify({ active, other, question })).toEqual(wanted);
  }
  return cube.charts.length;
};

test('under random changes the roll-up is what the events count to, and every index what an answer says', async () => {
  expect(await differences()).toEqual([]);
  let n = 0;
  for (let round = 0; round < 5; round += 1) {
    await change();
    expect(await differences()).toEqual([]);
    if (round % 3 === 2) {
      for (const statement of sortRollSql()) await facts.query(statement);
      expect(await facts.query('select * from event_roll_change')).toEqual([]);
      expect(await differences()).toEqual([]);
    }
    for (let asked = 0; asked < 3; asked += 1) {
      const active = pick(dimensions);
      const others = [pick(dimensions), pick(dimensions), pick(places)].filter((key) => key !== active);
      n += await compare(active, [...new Set(others)], randomQuestion());
    }
  }
  expect(facts.loads()).toBe(1);
  expect(n).toBeGreaterThan(30);
});

test('what is asked by a day and one clause is read from the roll-up, what it does not tell from the events', () => {
  const sqlOf = (dimensions: DimensionKey[], filters: Clause[] = [], period: Period = 'P90D', clock = testNow) => {
    const input = { dimensions, operators: [], within: [], clock, timeZone: 'Asia/Shanghai' };
    const question = { period, filters, known: 'now' as const };
    const by = clock < testNow ? null : clock;
    const standing = { settledBy: by, reportedBy: by, numberOf: () => 1 };
    return compileCube({
      metric: eventReported,
      input: { ...input, question },
      standing,
      maxRows: 9,
    });
  };
  const clause = (field: Clause['field']): Clause => ({ source: 'test', field, values: ['1'] });
  const reads = (...asked: Parameters<typeof sqlOf>) => {
    const { numbers, texts } = sqlOf(...asked);
    return [/from event_rolled/.test(numbers?.sql ?? ''), /from event fact/.test(numbers?.sql ?? ''), texts !== null];
  };
  expect(reads(['day', 'grid'])).toEqual([true, false, false]);
  expect(reads(['weekday', 'hourOfDay'], [clause('level')], 'all')).toEqual([true, false, false]);
  expect(reads(['level', 'source'])).toEqual([true, false, false]);
  expect(reads(['level', 'source'], [clause('categoryL1')])).toEqual([false, true, false]);
  expect(reads(['day', 'stage'])).toEqual([false, true, false]);
  expect(reads(['day', 'block'])).toEqual([false, false, true]);
  const cutOff = new Date(testNow.getTime() - 2 * dayMs);
  expect(reads(['day', 'level'], [], 'P90D', cutOff)).toEqual([true, true, true]);
});
