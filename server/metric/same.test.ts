import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DimensionKey } from '@/data/metrics/dimensions';
import { metrics } from '@/data/metrics/index';
import type { Metric } from '@/data/metrics/metric';
import type { Cell } from '@/data/model/answer';
import { type Clause, type FilterField, filterFields, periods } from '@/data/model/view';
import { copyRows } from '../db/copy';
import { type TestDatabase, testDatabase } from '../db/testing';
import { answer } from './answer';
import { type Facts, openFacts } from './follower';
import { type ReferenceAsk, referenceSql } from './reference';
import { loadTown, scopeIn } from './testing';
import { addEvents, createDice, lastDay } from './testing-random';

let database: TestDatabase;
let facts: Facts;

/** People in every building, up to four homes each, some running side by side, some over. */
const addPeople = async (n: number) => {
  const { next, pick } = createDice(11);
  const day = (from: number, span: number) =>
    new Date(from + Math.floor(next() * span) * 86_400_000).toISOString().slice(0, 10);
  const people = Array.from({ length: n }, (_, i) => [
    1000 + i,
    `P${i}`,
    `X${i}`,
    pick([1, 2]),
    day(Date.UTC(1930, 0, 1), 33_000),
    pick(['1', '2', '4']),
    pick(['43', '44']),
  ]);
  const homes = people.flatMap(([id], i) =>
    Array.from({ length: pick([1, 1, 1, 2, 4]) }, (_, k) => {
      const from = day(Date.UTC(2023, 0, 1), 1150);
      const building = `B${String(1 + Math.floor(next() * 15)).padStart(2, '0')}-1`;
      return [10_000 + i * 10 + k, id, building, '1', from, next() < 0.4 ? day(Date.parse(from), 800) : null];
    }),
  );
  const { sql } = database.connection;
  await copyRows(
    sql,
    { table: 'person', columns: ['id', 'name', 'id_number', 'sex', 'birth_on', 'population_type', 'origin'] },
    people,
  );
  await copyRows(
    sql,
    { table: 'residence', columns: ['id', 'person_id', 'dwelling_code', 'relation', 'from_on', 'to_on'] },
    homes,
  );
};

beforeAll(async () => {
  database = await testDatabase();
  await loadTown(database.connection);
  await addEvents(database.connection.sql, 3000);
  await addPeople(1500);
  facts = await openFacts(database.connection, { file: null });
});
afterAll(async () => {
  facts?.close();
  await database?.end();
});

const filterValues: Partial<Record<FilterField, readonly string[]>> = {
  category: ['0101', '0201', '0505'],
  categoryL1: ['01', '02', '05'],
  level: ['1', '2', '4'],
  source: ['01', '03'],
  stage: ['report', 'handle', 'closed'],
  department: ['XFJ', 'none'],
  status: ['S10', 'S40', 'S61', 'S42'],
};

const buckets: readonly DimensionKey[] = ['hour', 'day', 'week', 'month'];

type RandomAsk = {
  metric: Metric;
  dimensions: DimensionKey[];
  division: string | null;
  at: string;
  period: (typeof periods)[number];
  filters: Clause[];
};

const randomAsk = ({ next, pick }: ReturnType<typeof createDice>): RandomAsk => {
  const metric = pick(metrics);
  const usable = metric.dimensions.filter((key) => !metric.by?.[key] && key !== 'block' && key !== 'hexagon');
  const dimensions = [...new Set(Array.from({ length: pick([0, 1, 1, 2]) }, () => pick(usable)))];
  const filters = filterFields
    .filter(() => next() < 0.15)
    .map((field) => ({ source: 'test', field, values: (filterValues[field] ?? []).filter(() => next() < 0.7) }));
  return {
    metric,
    dimensions,
    division: pick([null, null, 'T1', 'T2', 'T11', 'T21', 'T1101', 'T2103']),
    at: new Date(lastDay - Math.floor(next() * 300 * 86_400_000)).toISOString(),
    period: pick(periods),
    filters: filters.filter(({ values }) => values.length > 0),
  };
};

/** Runs the plain SQL; residents come from the reference of the person metric by the dimensions of place. */
const reference = async (
  ask: RandomAsk,
  shift: string,
): Promise<Map<string, { numerator: number; denominator: number }>> => {
  const place = ask.division ? facts.meta().divisions.get(ask.division) : undefined;
  const division = place ? { level: place.level, code: place.code } : null;
  const question: ReferenceAsk = { ...ask, metric: ask.metric.key, division, shift, timeZone: 'Asia/Shanghai' };
  const rows = await database.connection.sql.unsafe(referenceSql(question));
  const codes = (row: Record<string, unknown>, n: number) =>
    Array.from({ length: n }, (_, index) => String(row[`c${index}`]));
  const cells = new Map(
    rows.map((row) => [
      codes(row, ask.dimensions.length).join(' '),
      { numerator: Number(row.numerator), denominator: Number(row.denominator) },
    ]),
  );
  if (ask.metric.denominator !== 'residents') return cells;
  const placeKeys = ask.dimensions.filter((key) => ['district', 'subdistrict', 'community', 'grid'].includes(key));
  const people = await database.connection.sql.unsafe(
    referenceSql({ ...question, metric: 'person.resident', dimensions: placeKeys }),
  );
  const byPlace = new Map(people.map((row) => [codes(row, placeKeys.length).join(' '), Number(row.numerator)]));
  for (const [key, cell] of cells) {
    const own = key.split(' ').filter((_, index) => placeKeys.includes(ask.dimensions[index] ?? 'level'));
    cell.denominator = byPlace.get(own.join(' ')) ?? 0;
  }
  return cells;
};

const near = (given: number | null | undefined, wanted: number) => expect(given ?? Number.NaN).toBeCloseTo(wanted, 6);

const isAdditive = ({ kind }: Metric): boolean => kind === 'count' || kind === 'sum';

const people = (metric: Metric, parts: { numerator: number; denominator: number }) =>
  metric.denominator === 'residents' ? parts.denominator : parts.numerator;

const compareCell = (metric: Metric, cell: Cell, wanted: { numerator: number; denominator: number }) => {
  if (cell.withheld) return expect(metric.leastN).toBe(10);
  if (metric.fact === 'person' || metric.denominator === 'residents')
    expect([0, ...Array.from({ length: 10_000 }, (_, i) => i + 10)]).toContain(people(metric, wanted));
  near(cell.numerator, wanted.numerator);
  if (!isAdditive(metric)) near(cell.denominator, wanted.denominator);
};

test('300 random questions answer as plain SQL in the store does', async () => {
  const dice = createDice(42);
  let nCells = 0;
  let nCompared = 0;
  for (let round = 0; round < 300; round += 1) {
    const ask = randomAsk(dice);
    const { metric, dimensions, division, at, period, filters } = ask;
    const given = await answer(
      { facts, db: database.connection.db, scope: scopeIn(facts, 'T') },
      {
        metric: metric.key,
        dimensions,
        operators: ['previous', 'lastYear'],
        limit: 5000,
        question: { division, period, at, filters },
      },
    );
    const wanted = await reference(ask, '0 days');
    const keys = given.cells.map((cell) => dimensions.map((key) => cell.at[key]).join(' '));
    expect(keys.toSorted(), JSON.stringify(ask)).toEqual([...wanted.keys()].toSorted());
    const previous = await reference(
      ask,
      `${{ today: 1, P7D: 7, P30D: 30, P90D: 90, P365D: 365, all: 0 }[period]} days`,
    );
    const lastYear = await reference(ask, '1 year');
    given.cells.forEach((cell, index) => {
      const zero = { numerator: 0, denominator: 0 };
      compareCell(metric, cell, wanted.get(keys[index] ?? '') ?? zero);
      nCells += 1;
      if (dimensions.some((key) => buckets.includes(key))) return;
      for (const [base, all] of [
        [cell.previous, previous],
        [cell.lastYear, lastYear],
      ] as const) {
        if (!base) continue;
        const want = all.get(keys[index] ?? '') ?? zero;
        near(base.numerator, want.numerator);
        if (!isAdditive(metric) && metric.denominator !== 'residents') near(base.denominator, want.denominator);
        nCompared += 1;
      }
    });
  }
  expect(nCells).toBeGreaterThan(800);
  expect(nCompared).toBeGreaterThan(500);
}, 300_000);
