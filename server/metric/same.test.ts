import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { DimensionKey } from '@/data/metrics/dimensions';
import { metrics } from '@/data/metrics/index';
import type { Metric } from '@/data/metrics/metric';
import type { Answer, Cell } from '@/data/model/answer';
import type { Ask } from '@/data/model/ask';
import { type Clause, type FilterField, filterFields, periods } from '@/data/model/view';
import { messages } from '@/data/text';
import { copyRows } from '../db/copy';
import { type TestDatabase, testDatabase } from '../db/testing';
import { handleExport } from '../export/http';
import { copyPersons } from '../person/testing';
import { handleTrpc } from '../trpc/http';
import { transformer } from '../trpc/transformer';
import { answer } from './answer';
import type { Facts } from './follower';
import { type ReferenceAsk, referenceSql } from './reference';
import { replica } from './replica';
import { loadTown, scopeIn } from './testing';
import { addEvents, createDice, lastDay } from './testing-random';

let database: TestDatabase;
let facts: Facts;
let home: string;

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
  await copyPersons(sql, ['id', 'name', 'id_number', 'sex', 'birth_on', 'population_type', 'origin'], people);
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
  home = mkdtempSync(join(tmpdir(), 'gridhall-same-'));
  vi.stubEnv('GRIDHALL_HOME', home);
  vi.stubEnv('GRIDHALL_OPEN', 'on');
  vi.stubEnv('DATABASE_URL', database.url);
  vi.stubGlobal('gridhallConnection', database.connection);
  facts = await replica().ready();
});
afterAll(async () => {
  await replica().stop();
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
  await database?.end();
  rmSync(home, { recursive: true, force: true });
});

const filterValues: Partial<Record<FilterField, readonly string[]>> = {
  subdistrict: ['T1', 'none'],
  community: ['T11', 'T12', 'T21', 'none'],
  hourOfDay: Array.from({ length: 12 }, (_, i) => String(2 * i).padStart(2, '0')),
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

/** Every metric has its turn; all else is thrown. */
const randomAsk = ({ next, pick }: ReturnType<typeof createDice>, round: number): RandomAsk => {
  const metric = metrics[round % metrics.length] ?? pick(metrics);
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
    referenceSql({
      ...question,
      metric: 'person.resident',
      dimensions: placeKeys,
      isDenominator: ask.metric.fact === 'event',
    }),
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

/** Days the period before lies back. */
const shiftDays = { today: 1, P7D: 7, P30D: 30, P90D: 90, P365D: 365, all: 0 } as const;
const zero = { numerator: 0, denominator: 0 };

/** Both parts of each comparison against plain SQL; how many there were. */
const compareBases = (
  metric: Metric,
  cell: Cell,
  wanted: (operator: 'previous' | 'lastYear') => { numerator: number; denominator: number },
): number => {
  let n = 0;
  for (const operator of ['previous', 'lastYear'] as const) {
    const base = cell[operator];
    if (!base) continue;
    const want = wanted(operator);
    near(base.numerator, want.numerator);
    if (!isAdditive(metric) && metric.denominator !== 'residents') near(base.denominator, want.denominator);
    n += 1;
  }
  return n;
};

const compareCell = (metric: Metric, cell: Cell, wanted: { numerator: number; denominator: number }) => {
  if (cell.withheld) return expect(metric.leastN).toBe(10);
  if (metric.fact === 'person' || metric.denominator === 'residents')
    expect([0, ...Array.from({ length: 10_000 }, (_, i) => i + 10)]).toContain(people(metric, wanted));
  near(cell.numerator, wanted.numerator);
  if (!isAdditive(metric)) near(cell.denominator, wanted.denominator);
};

const asCaller = { 'x-screen': 'mid', cookie: 'gridhall-post=R2:T', 'content-type': 'application/json' };

/** What the API says to the same question. */
const overHttp = async (ask: Ask): Promise<Answer> => {
  const input = encodeURIComponent(JSON.stringify(transformer.serialize(ask)));
  const response = await handleTrpc(
    new Request(`http://localhost/api/trpc/metric.ask?input=${input}`, { headers: asCaller }),
  );
  const body = (await response.json()) as { result: { data: never } };
  return transformer.deserialize(body.result.data) as Answer;
};

type FileCell = { value: string; numerator: string; denominator: string };

/** Cells of the file made of the same question, by codes. */
const inFile = async (ask: Ask, dimensions: readonly string[]): Promise<Map<string, FileCell>> => {
  const wish = { what: { kind: 'figures', asks: [ask] }, panel: 'explorer-figures', format: 'csv', purpose: 'review' };
  const body = JSON.stringify({ ...wish, lang: 'en' });
  const response = await handleExport(
    new Request('http://localhost/api/export', { method: 'POST', headers: asCaller, body }),
  );
  expect(response.status).toBe(200);
  const [head = [], ...lines]: string[][] = parse(await response.text(), { bom: true });
  const at = (name: string) => head.indexOf(name);
  const codeColumns = dimensions.map((key) => {
    const name = messages[`common.dimension.${key}`]?.en ?? key;
    return at(`${name} code`) >= 0 ? at(`${name} code`) : at(name);
  });
  const rows = lines.slice(
    0,
    lines.findIndex((line) => line.every((value) => value === '')),
  );
  return new Map(
    rows.map((row) => [
      codeColumns.map((column) => row[column]).join(' '),
      { value: row[at('Value')], numerator: row[at('Numerator')], denominator: row[at('Denominator')] } as FileCell,
    ]),
  );
};

/** The cell a screen draws is the cell of the file, number by number; what is withheld is so in both. */
const compareFile = (cell: Cell, found: FileCell | undefined) => {
  const written = (value: number | null) => (value === null ? '' : String(value));
  const value = cell.withheld ? messages['common.withheld.small']?.en : written(cell.value);
  expect(found).toEqual({ value, numerator: written(cell.numerator), denominator: written(cell.denominator) });
};

const context = () => ({ facts, db: database.connection.db, scope: scopeIn(facts, 'T') });

test('200 random questions: the screen, the API, the file and plain SQL in the store say the same', async () => {
  const dice = createDice(42);
  const counts = { cells: 0, compared: 0, written: 0, withheld: 0 };
  const seen = new Set<string>();
  for (let round = 0; round < 200; round += 1) {
    const random = randomAsk(dice, round);
    const { metric, dimensions, division, at, period, filters } = random;
    const ask: Ask = {
      metric: metric.key,
      dimensions,
      operators: ['previous', 'lastYear'],
      limit: 5000,
      question: { division, period, at, known: 'now', filters },
    };
    const [given, wanted, previous, lastYear] = await Promise.all([
      answer(context(), ask),
      reference(random, '0 days'),
      reference(random, `${shiftDays[period]} days`),
      reference(random, '1 year'),
    ]);
    const [told, file] = await Promise.all([overHttp(ask), inFile(ask, dimensions)]);
    expect(told.cells, JSON.stringify(ask)).toEqual(given.cells);
    const keys = given.cells.map((cell) => dimensions.map((key) => cell.at[key]).join(' '));
    expect(keys.toSorted(), JSON.stringify(ask)).toEqual([...wanted.keys()].toSorted());
    expect([...file.keys()].toSorted(), JSON.stringify(ask)).toEqual(keys.toSorted());
    const bases = { previous, lastYear };
    for (const [index, cell] of given.cells.entries()) {
      const key = keys[index] ?? '';
      compareCell(metric, cell, wanted.get(key) ?? zero);
      compareFile(cell, file.get(key));
      counts.cells += 1;
      counts.written += file.has(key) ? 1 : 0;
      counts.withheld += cell.withheld ? 1 : 0;
      if (!dimensions.some((dimension) => buckets.includes(dimension)))
        counts.compared += compareBases(metric, cell, (operator) => bases[operator].get(key) ?? zero);
    }
    seen.add(metric.key);
  }
  expect(seen.size).toBe(metrics.length);
  expect(counts.written).toBe(counts.cells);
  expect(counts.cells).toBeGreaterThan(600);
  expect(counts.compared).toBeGreaterThan(350);
  expect(counts.withheld).toBeGreaterThan(0);
}, 300_000);

test.each([
  ['29 February', '2024-02-29T12:00:00+08:00'],
  ['28 February of a leap year', '2024-02-28T12:00:00+08:00'],
  ['the day a year after 29 February', '2025-02-28T12:00:00+08:00'],
  ['the 31st after a short month', '2025-03-31T23:59:59+08:00'],
  ['the first of a month at midnight', '2025-05-01T00:00:00+08:00'],
  ['New Year, within the first week', '2026-01-01T00:30:00+08:00'],
  ['the Monday of the first whole week', '2026-01-05T09:00:00+08:00'],
])('previous period and last year at %s are those of plain SQL; a zero base has no value', async (_, at) => {
  for (const metric of metrics.filter(({ key }) => key === 'event.reported' || key === 'event.close_rate'))
    for (const period of periods.filter((each) => each !== 'all')) {
      const random: RandomAsk = { metric, dimensions: [], division: null, at, period, filters: [] };
      const question = { division: null, period, at, filters: [] };
      const ask = { metric: metric.key, operators: ['previous' as const, 'lastYear' as const], question };
      const [cell] = (await answer(context(), ask)).cells;
      const shifts = { previous: `${shiftDays[period]} days`, lastYear: '1 year' };
      for (const operator of ['previous', 'lastYear'] as const) {
        const want = (await reference(random, shifts[operator])).get('') ?? zero;
        const base = cell?.[operator];
        near(base?.numerator, want.numerator);
        const isZero = isAdditive(metric) ? want.numerator === 0 : want.denominator === 0;
        expect(base?.value === null, `${metric.key} ${period} ${operator}`).toBe(isZero);
      }
    }
});
