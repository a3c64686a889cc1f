import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DimensionKey, placeDimensions } from '@/data/metrics/dimensions';
import type { Answer, Cell } from '@/data/model/answer';
import type { Operator } from '@/data/model/ask';
import type { Clause } from '@/data/model/view';
import { copyRows } from '../db/copy';
import { type TestDatabase, testDatabase } from '../db/testing';
import { copyPersons } from '../person/testing';
import { answer, metricOf } from './answer';
import { type Facts, openFacts } from './follower';
import { loadTown, scopeIn, townClock } from './testing';
import { rank } from './testing-rank';

let database: TestDatabase;
let facts: Facts;

/** People to add, building by building: three buildings in two blocks in each grid, so that some are few and some not. */
const added = [0, 7, 13, 2, 40, 0, 25, 5, 1, 31, 12, 3, 9, 18, 0, 0, 4, 22, 11, 6, 0, 0, 0, 0, 15, 16, 8, 2, 2, 70];

beforeAll(async () => {
  database = await testDatabase();
  await loadTown(database.connection);
  const { sql } = database.connection;
  const grids = ['T11', 'T12', 'T21'].flatMap((community) => [1, 2, 3, 4].map((n) => `${community}0${n}`));
  const homes = grids.flatMap((grid) =>
    [1, 2, 3].map((n) => ({ code: `${grid}-${n}`, grid, block: `${grid}:${n > 1}` })),
  );
  for (const { code, grid, block } of homes)
    await sql`insert into building (code, name, name_en, address, storeys, area_sqm, footprint, subdistrict_code,
      community_code, grid_code, block_code, house_type) values (${code}, '', '', '', 3, 1, '[]', ${grid.slice(0, 2)},
      ${grid.slice(0, 3)}, ${grid}, ${block}, '1')`;
  for (const { code } of homes)
    await sql`insert into dwelling (code, building_code, unit, floor, room, house_use, area_sqm)
      values (${code}, ${code}, 1, 1, '1', '1', 1)`;
  await sql`update building set block_code = grid_code || ':0' where block_code is null and grid_code is not null`;
  const rows = added.flatMap((n, i) =>
    Array.from({ length: n }, (_, k) => [1000 + i * 100 + k, homes[i]?.code ?? ''] as const),
  );
  await copyPersons(
    sql,
    ['id', 'name', 'id_number', 'sex', 'birth_on', 'population_type', 'origin'],
    rows.map(([id]) => [id, `P${id}`, `X${id}`, (id % 2) + 1, '1980-01-01', '1', '44']),
  );
  await copyRows(
    sql,
    { table: 'residence', columns: ['id', 'person_id', 'dwelling_code', 'relation', 'from_on'] },
    rows.map(([id, home]) => [id, id, home, '1', '2020-01-01']),
  );
  facts = await openFacts(database.connection, { file: null });
});
afterAll(async () => {
  facts?.close();
  await database?.end();
});

const ask = (
  dimensions: DimensionKey[],
  division: string | null,
  post = 'T',
  metric = 'person.resident',
  filters: Clause[] = [],
) =>
  answer(
    { facts, db: database.connection.db, scope: scopeIn(facts, post) },
    { metric, dimensions, complete: true, question: { division, period: 'P7D', at: townClock, filters } },
  );

const divisions = () => [...facts.meta().divisions.values()].filter(({ path }) => path.startsWith('/44/4403/T/'));
const splits: DimensionKey[][] = [
  [],
  ...placeDimensions.map((key) => [key]),
  ['grid', 'block'],
  ['community', 'building'],
];

/** People by building with its places, and what each cell of an answer sums over. */
const buildings = () =>
  facts.query(
    `select coalesce(building, 'none') as building, coalesce(block, 'none') as block, coalesce(grid, 'none') as grid,
      coalesce(community, 'none') as community, coalesce(subdistrict, 'none') as subdistrict, district, count(*)::int as n
    from person where date '2026-03-02' >= from_on and (until_on is null or date '2026-03-02' < until_on) group by all`,
  );

const rowOf = (
  all: Record<string, unknown>[],
  division: { code: string; level: string },
  at: Answer['cells'][number]['at'],
) =>
  all.map((each) =>
    Number(each[division.level] === division.code && Object.entries(at).every(([key, code]) => each[key] === code)),
  );

test('no withheld cell follows from all that is told of every division, grid, block and building', async () => {
  const all = await buildings();
  const told: number[][] = [];
  const withheld: number[][] = [];
  for (const division of divisions())
    for (const dimensions of splits) {
      const given = await ask(dimensions, division.code);
      for (const cell of given.cells) (cell.withheld ? withheld : told).push(rowOf(all, division, cell.at));
      const hidden = given.cells.filter((cell) => cell.withheld).map((cell) => rowOf(all, division, cell.at));
      if (hidden.length > 0 && given.withheldTotal)
        told.push(all.map((_, i) => hidden.reduce((sum, row) => sum + (row[i] ?? 0), 0)));
    }
  const known = rank(told);
  expect(withheld.length).toBeGreaterThan(20);
  for (const row of withheld) expect(rank([...told, row])).toBe(known + 1);
});

test('a cell is withheld or told alike, whoever asks and by whichever way', async () => {
  const grids = new Map((await ask(['grid'], null)).cells.map((cell) => [cell.at.grid, cell.value]));
  expect([...grids.values()]).toContain(null);
  for (const { code, level } of divisions()) {
    if (level !== 'grid') continue;
    for (const given of [await ask([], code), await ask([], null, code), await ask(['grid'], code)])
      expect(given.cells[0]?.value, code).toBe(grids.get(code));
  }
});

test('what is told and the withheld rest are the whole; nobody is zero', async () => {
  const whole = (await ask([], null)).cells[0]?.value;
  for (const dimensions of [
    ['grid'],
    ['block'],
    ['building'],
    ['community'],
    ['sex'],
    ['grid', 'sex'],
  ] as DimensionKey[][]) {
    const { cells, withheldTotal } = await ask(dimensions, null);
    expect(cells.reduce((sum, { value }) => sum + (value ?? 0), withheldTotal ?? 0)).toBe(whole);
  }
  const given = await ask(['grid'], null);
  expect(given.withheldTotal).toBeGreaterThanOrEqual(10);
  expect(given.cells.filter(({ value }) => value === 0).length).toBeGreaterThan(0);
  expect((await ask(['community'], null)).withheldTotal).toBe(0);
});

test('the rest of a withheld place is not told; a rate has no rest', async () => {
  const few = (await ask(['grid'], null)).cells.find(({ withheld }) => withheld)?.at.grid ?? '';
  expect((await ask(['building'], few)).withheldTotal).toBeNull();
  expect((await ask(['grid'], null, 'T', 'event.per_ten_thousand')).withheldTotal).toBeNull();
});

test('the rest of a sum cut by a clause on people is not told', async () => {
  const men: Clause[] = [{ source: 'x', field: 'sex', values: ['1'] }];
  for (const dimensions of [['grid'], ['building']] as DimensionKey[][]) {
    const { cells, withheldTotal } = await ask(dimensions, null, 'T', 'person.resident', men);
    expect(cells.some(({ withheld }) => withheld)).toBe(true);
    expect(withheldTotal).toBeNull();
  }
  const free = await ask(['grid'], null, 'T', 'person.resident', [{ source: 'x', field: 'sex', values: [] }]);
  expect(free.withheldTotal).toBeGreaterThanOrEqual(10);
});

/** People by building and sex. */
const peopleBySex = () =>
  facts.query(
    `select coalesce(building, 'none') as building, coalesce(block, 'none') as block, coalesce(grid, 'none') as grid,
      coalesce(community, 'none') as community, coalesce(subdistrict, 'none') as subdistrict, district,
      sex::varchar as sex, count(*)::int as n
    from person where date '2026-03-02' >= from_on and (until_on is null or date '2026-03-02' < until_on) group by all`,
  );

type Asked = { metric: string; dimensions: DimensionKey[]; division: string; filters: Clause[]; operators: Operator[] };

/** How many people a cell tells of; what it tells of other clocks is of other people. */
const toldBy = (metric: string, { numerator, denominator }: Cell): number[] =>
  [metric === 'person.resident' ? numerator : denominator].filter((n) => n !== null);

/** Everything a question tells: sums, by the people they are over. */
const sumsOf = async (all: Record<string, unknown>[], asked: Asked) => {
  const { metric, division, filters, operators, dimensions } = asked;
  const level = facts.meta().divisions.get(division)?.level ?? 'district';
  const given = await answer(
    { facts, db: database.connection.db, scope: scopeIn(facts, 'T') },
    { metric, dimensions, operators, complete: true, question: { division, period: 'P7D', at: townClock, filters } },
  );
  // places cut what events are counted by, and no people
  const isIn = (each: Record<string, unknown>) =>
    filters
      .filter(({ field }) => (field === 'sex') === (metric === 'person.resident'))
      .every(({ field, values }) => values.includes(String(each[field])));
  const rowFor = (cell: Cell) =>
    rowOf(all, { code: division, level }, cell.at).map((n, i) => (isIn(all[i] ?? {}) ? n : 0));
  const told = given.cells.flatMap((cell) => toldBy(metric, cell).map((n) => ({ row: rowFor(cell), n })));
  const hidden = given.cells.filter(({ withheld }) => withheld);
  for (const cell of hidden) {
    expect([cell.share, cell.rank].filter((n) => n !== null && n !== undefined)).toEqual([]);
    expect(cell.previous ?? cell.lastYear).toBeUndefined();
  }
  const rest = given.withheldTotal ?? null;
  const shared = given.cells.find(({ share, value }) => share && value);
  if (hidden.length > 0 && (rest !== null || shared)) {
    const row = hidden.map(rowFor).reduce((sum, each) => sum.map((n, i) => n + (each[i] ?? 0)));
    const shown = given.cells.reduce((sum, { value }) => sum + (value ?? 0), 0);
    told.push({ row, n: rest ?? Math.round((shared?.value ?? 0) / (shared?.share ?? 1)) - shown });
  }
  return { told, hidden: hidden.map(rowFor) };
};

const sexes: Clause[][] = [[], [], [{ source: 'x', field: 'sex', values: ['1'] }]];
const places: Clause[] = [
  ...[['T11', 'T12'], ['T12', 'T21'], ['T21'], ['T22'], ['T11', 'T21', 'T22', 'none']].map(
    (values): Clause => ({ source: 'x', field: 'community', values }),
  ),
  { source: 'x', field: 'subdistrict', values: ['T2'] },
];

test('no two answers, whatever their places, clauses and operators, tell of fewer than ten by a difference', async () => {
  const all = await peopleBySex();
  const { leastN } = metricOf('person.resident');
  const codes = divisions().map(({ code }) => code);
  const question: fc.Arbitrary<Asked> = fc.record({
    metric: fc.constantFrom('person.resident', 'person.resident', 'event.per_ten_thousand'),
    dimensions: fc.constantFrom<DimensionKey[]>(...splits),
    division: fc.constantFrom(...codes, 'T', 'T1', 'T11'),
    filters: fc
      .tuple(fc.constantFrom(...sexes), fc.option(fc.constantFrom(...places), { nil: undefined }))
      .map(([people, place]) => [...people, ...(place ? [place] : [])]),
    operators: fc.subarray<Operator>(['previous', 'lastYear', 'rank', 'share']),
  });
  // The rate has neither shares nor buildings, and the clause is none of its events.
  const valid = question.map((asked) =>
    asked.metric === 'person.resident'
      ? asked
      : {
          ...asked,
          filters: asked.filters.filter(({ field }) => field !== 'sex'),
          dimensions: asked.dimensions.filter((key) => key !== 'building'),
          operators: asked.operators.filter((operator) => operator !== 'share'),
        },
  );
  const counts = { pairs: 0, nested: 0, hidden: 0 };
  await fc.assert(
    fc.asyncProperty(valid, valid, async (a, b) => {
      const [first, second] = [await sumsOf(all, a), await sumsOf(all, b)];
      const told = [...first.told, ...second.told];
      const known = rank(told.map(({ row }) => row));
      for (const row of [...first.hidden, ...second.hidden]) {
        counts.hidden += 1;
        expect(rank([...told.map((each) => each.row), row]), JSON.stringify([a, b])).toBe(known + 1);
      }
      for (const x of told)
        for (const y of told) {
          if (x === y || !x.row.every((n, i) => n >= (y.row[i] ?? 0))) continue;
          counts.nested += 1;
          const left = x.n - y.n;
          expect(left === 0 || left >= leastN, `${left}: ${JSON.stringify([a, b])}`).toBe(true);
        }
      counts.pairs += 1;
    }),
    { numRuns: 60, seed: 20261129 },
  );
  expect(counts.pairs).toBe(60);
  expect(counts.nested).toBeGreaterThan(500);
  expect(counts.hidden).toBeGreaterThan(50);
}, 60_000);
