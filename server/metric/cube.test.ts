import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DimensionKey } from '@/data/metrics/dimensions';
import { metrics } from '@/data/metrics/index';
import type { BrushAsk, Cube } from '@/data/model/brush';
import { type Brush, buildBrushIndex, readBrushes } from '@/data/model/brush-index';
import type { ScreenKey } from '@/data/model/scope';
import { type Clause, type FilterField, filterFields, type NamedPeriod } from '@/data/model/view';
import { type TestDatabase, testDatabase } from '../db/testing';
import { answer } from './answer';
import { buildCube } from './cube';
import { type Facts, openFacts } from './follower';
import { referenceSql } from './reference';
import { loadTown, scopeIn } from './testing';
import { addEvents, createDice, lastDay } from './testing-random';

let database: TestDatabase;
let facts: Facts;

beforeAll(async () => {
  database = await testDatabase();
  await loadTown(database.connection);
  await addEvents(database.connection.sql, 3000);
  // A few of people in need in every grid.
  await database.connection.sql`
    update event set category_code = '0907', category_l1 = '09' where number like 'r%77'`;
  facts = await openFacts(database.connection, { file: null });
});
afterAll(async () => {
  facts?.close();
  await database?.end();
});

const contextOf = (post = 'T', screen: ScreenKey = 'mid') => ({
  facts,
  db: database.connection.db,
  scope: { ...scopeIn(facts, post), screen },
});

const question = (filters: Clause[] = [], division: string | null = null, period: NamedPeriod = 'P365D') => ({
  division,
  period,
  at: new Date(lastDay - 3_600_000).toISOString(),
  filters,
});

const cubeOf = (active: DimensionKey, others: DimensionKey[], asked: BrushAsk['question'] = question()) =>
  buildCube(contextOf(), { metric: 'event.reported', active, others, question: asked });

/** What a brush leaves in each chart, zeros left out: `level 2` → sum. */
const brushed = (cube: Cube, ...brushes: Brush[]): Map<string, number> =>
  new Map(
    cube.charts.flatMap((chart) => {
      const left = readBrushes(buildBrushIndex(cube, chart), brushes);
      return chart.codes.flatMap((code, j) => {
        const sum = left[j] ?? Number.NaN;
        return sum === 0 ? [] : [[`${chart.dimension} ${code}`, sum] as const];
      });
    }),
  );

const linked = [
  'day',
  'hourOfDay',
  'weekday',
  'month',
  'categoryL1',
  'category',
  'level',
  'subdistrict',
  'community',
  'grid',
  'source',
  'stage',
  'department',
] as const;
const values: Partial<Record<FilterField, readonly string[]>> = {
  community: ['T11', 'T12', 'T21', 'none'],
  hourOfDay: ['08', '09', '10', '11', '14', '20'],
  categoryL1: ['01', '02', '05'],
  level: ['1', '2', '4'],
  source: ['01', '03'],
  stage: ['report', 'handle', 'closed'],
  department: ['XFJ', 'none'],
};

type Random = { metric: string; active: DimensionKey; others: DimensionKey[]; asked: ReturnType<typeof question> };

const randomAsk = ({ next, pick }: ReturnType<typeof createDice>, active: DimensionKey): Random => {
  const others = [...new Set(Array.from({ length: 4 }, () => pick(linked)))].filter((key) => key !== active);
  const filters = (Object.keys(values) as FilterField[])
    .filter(() => next() < 0.2)
    .map((field) => ({ source: 'test', field, values: (values[field] ?? []).filter(() => next() < 0.7) }))
    .filter((clause) => clause.values.length > 0);
  // Categories in grids are withheld, which has a test of its own.
  const isGrid = active === 'grid' || others.includes('grid');
  const isCategory = [active, ...others].some((key) => key === 'categoryL1' || key === 'category');
  return {
    metric: pick(['event.reported', 'event.closed']),
    active,
    others:
      isGrid && isCategory
        ? [active === 'level' ? 'source' : 'level']
        : others.length > 0
          ? others
          : [active === 'level' ? 'source' : 'level'],
    asked: {
      ...question(
        filters.filter(({ field }) => !isGrid || field !== 'categoryL1'),
        pick([null, null, 'T1', 'T2', 'T11']),
        pick(['P30D', 'P90D', 'P365D', 'all']),
      ),
      at: new Date(lastDay - Math.floor(next() * 200 * 86_400_000)).toISOString(),
    },
  };
};

/** Rows of plain SQL in the store by both dimensions. */
const plainRows = async ({ metric, active, asked }: Random, other: DimensionKey) => {
  const place = asked.division ? facts.meta().divisions.get(asked.division) : undefined;
  const division = place ? { level: place.level, code: place.code } : null;
  const { period, at, filters } = asked;
  const rest = { period, at, division, filters, shift: '0 days', timeZone: 'Asia/Shanghai' };
  const sql = referenceSql({ metric, dimensions: [active, other], ...rest });
  const rows = await database.connection.sql.unsafe<{ c0: string; c1: string; numerator: number }[]>(sql);
  return rows.map(({ c0, c1, numerator }) => ({ active: c0, code: `${other} ${c1}`, n: Number(numerator) }));
};

test('500 random brushes leave what plain SQL in the store counts in their bins', async () => {
  const dice = createDice(2026);
  let [nSums, nWhole] = [0, 0];
  for (let round = 0; round < 100; round += 1) {
    const ask = randomAsk(dice, linked[round % linked.length] ?? 'day');
    const { metric, active, others, asked } = ask;
    const cube = await buildCube(contextOf(), { metric, active, others, question: asked });
    const rows = (await Promise.all(others.map((other) => plainRows(ask, other)))).flat();
    const cut = () => Math.floor(dice.next() * (cube.codes.length + 1));
    const one = Math.min(cut(), Math.max(0, cube.codes.length - 1));
    const brushes = [
      [0, cube.codes.length],
      [one, one],
      [one, one + 1],
      [cut(), cut()],
      [cut(), cut()],
    ] as const;
    for (const [a, b] of brushes) {
      const [from, to] = [Math.min(a, b), Math.max(a, b)];
      const bins = new Set(cube.codes.slice(from, to));
      const wanted = new Map<string, number>();
      for (const row of rows) if (bins.has(row.active)) wanted.set(row.code, (wanted.get(row.code) ?? 0) + row.n);
      const given = brushed(cube, { from, to });
      expect(new Map([...given].sort()), JSON.stringify({ ask, from, to })).toEqual(new Map([...wanted].sort()));
      nSums += given.size;
      if (to - from === cube.codes.length) nWhole += given.size;
    }
  }
  expect(nWhole).toBeGreaterThan(500);
  expect(nSums).toBeGreaterThan(1.5 * nWhole);
});

test('a brush over rows leaves what an answer with them as a filter says', async () => {
  const dice = createDice(7);
  const fields = filterFields.filter((field) => values[field] && (linked as readonly string[]).includes(field));
  let n = 0;
  for (let round = 0; round < 40; round += 1) {
    const active = dice.pick(fields);
    const other = dice.pick(linked.filter((key) => key !== active && key !== 'grid'));
    const cube = await cubeOf(active, [other]);
    const rows = cube.codes.flatMap((_, row) => (dice.next() < 0.4 ? [row] : []));
    if (rows.length === 0) continue;
    const clause = { source: 'brush', field: active, values: rows.map((row) => cube.codes[row] ?? '') };
    const asked = { metric: 'event.reported', dimensions: [other], question: question([clause]) };
    const { cells } = await answer(contextOf(), asked);
    const wanted = new Map(cells.map(({ at, value }) => [`${other} ${at[other]}`, value]));
    expect(brushed(cube, ...rows.map((row) => ({ from: row, to: row + 1 }))), JSON.stringify(asked)).toEqual(wanted);
    n += cells.length;
  }
  expect(n).toBeGreaterThan(200);
});

describe('the edges', () => {
  test('an empty brush leaves nothing, the whole what the answer says, a quiet day is a bin', async () => {
    const cube = await cubeOf('day', ['level', 'hourOfDay']);
    expect(cube.codes).toHaveLength(365);
    expect(brushed(cube, { from: 100, to: 100 }).size).toBe(0);
    const { cells } = await answer(contextOf(), {
      metric: 'event.reported',
      dimensions: ['level'],
      question: question(),
    });
    const levels = new Map([...brushed(cube, { from: 0, to: 365 })].filter(([key]) => key.startsWith('level')));
    expect(levels).toEqual(new Map(cells.map(({ at, value }) => [`level ${at.level}`, value])));
  });

  test('a question without a row has its bins, all zero', async () => {
    const cube = await cubeOf('day', ['level'], question([{ source: 'test', field: 'source', values: ['nothing'] }]));
    expect(cube.codes).toHaveLength(365);
    expect(brushed(cube, { from: 0, to: 365 }).size).toBe(0);
  });
});

describe('what may be told', () => {
  test('a stock and a people metric, a rate and a row in many bins have no brush', async () => {
    const ask = (metric: string, active: DimensionKey, other: DimensionKey) =>
      buildCube(contextOf(), { metric, active, others: [other], question: question() });
    for (const { key, kind, leastN, by, dimensions } of metrics) {
      const [active, other] = dimensions.filter((dimension) => dimension !== 'hexagon');
      if (!active || !other) continue;
      if ((kind === 'count' || kind === 'sum') && leastN === 0 && !by) continue;
      if (kind === 'count' && leastN === 0 && !by?.[active] && !by?.[other]) continue;
      await expect(ask(key, active, other), key).rejects.toMatchObject({ code: 'invalid' });
    }
    await expect(ask('event.reached', 'day', 'stage')).rejects.toMatchObject({ code: 'invalid' });
    await expect(ask('event.reported', 'day', 'sex')).rejects.toMatchObject({ code: 'invalid' });
    await expect(ask('event.reported', 'day', 'day')).rejects.toMatchObject({ code: 'invalid' });
    expect((await ask('event.open', 'level', 'community')).codes).toEqual(['1', '2', '3', '4']);
  });

  test('a caller brushes his own territory, a wall no building', async () => {
    const ask = { metric: 'event.reported', active: 'level', others: ['community'] } as const;
    const own = await buildCube(contextOf('T11'), { ...ask, others: [...ask.others], question: question() });
    expect([...brushed(own, { from: 0, to: 4 }).keys()]).toEqual(['community T11']);
    await expect(
      buildCube(contextOf('T11'), { ...ask, others: [...ask.others], question: question([], 'T2') }),
    ).rejects.toMatchObject({ code: 'not_allowed' });
    const byBuilding = { ...ask, others: ['building' as const], question: question() };
    await expect(buildCube(contextOf('T', 'big'), byBuilding)).rejects.toMatchObject({ code: 'not_allowed' });
    expect((await buildCube(contextOf(), byBuilding)).charts[0]?.codes.length).toBeGreaterThan(1);
  });

  test('what an answer by both dimensions withholds is withheld from the index', async () => {
    const cube = await cubeOf('grid', ['category']);
    const { cells } = await answer(contextOf(), {
      metric: 'event.reported',
      dimensions: ['grid', 'category'],
      question: question(),
    });
    const withheld = cells.filter((cell) => cell.withheld);
    expect(withheld.length).toBeGreaterThan(0);
    const bins = cube.codes.map((_, bin) => brushed(cube, { from: bin, to: bin + 1 }));
    for (const { at, value } of cells)
      expect(bins[cube.codes.indexOf(at.grid ?? '')]?.get(`category ${at.category}`)).toBe(value ?? Number.NaN);
  });
});

test('a code that first comes with the change log is numbered, the others keep their numbers', async () => {
  const numbers = () => facts.query('select list, code, n from code order by list, n');
  const before = await numbers();
  const { sql } = database.connection;
  await sql.begin(async (tx) => {
    const [event] = await tx<{ id: string }[]>`
      update event set source_code = 'NEW', version = version + 1
      where id = (select id from event where number like 'r%' order by reported_at limit 1) returning id`;
    await tx`insert into change (kind, id, op, version) values ('event', ${event?.id ?? ''}, 'put', 99)`;
  });
  const follow = async () => {
    await facts.sync();
    return (await numbers()).length;
  };
  await expect.poll(follow, { timeout: 20_000 }).toBe(before.length + 1);
  const after = await numbers();
  expect(after).toEqual(expect.arrayContaining(before));
  expect(new Set(after.map(({ list, n }) => `${list} ${n}`)).size).toBe(after.length);
  const cube = await cubeOf('level', ['source'], question([], null, 'all'));
  expect(cube.charts[0]?.codes).toContain('NEW');
});
