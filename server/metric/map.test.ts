import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DimensionKey } from '@/data/metrics/dimensions';
import { hexagonOf } from '@/data/model/hexagon';
import type { Clause } from '@/data/model/view';
import { type TestDatabase, testDatabase } from '../db/testing';
import { answer } from './answer';
import { type Facts, openFacts } from './follower';
import { scopeIn } from './testing';

let database: TestDatabase;
let facts: Facts;

beforeAll(async () => {
  database = await testDatabase({ demo: 'tiny' });
  facts = await openFacts(database.connection, { file: null });
});
afterAll(async () => {
  facts?.close();
  await database?.end();
});

const ask = (metric: string, dimensions: DimensionKey[], filters: Clause[] = [], screen: 'mid' | 'big' = 'mid') =>
  answer(
    {
      facts,
      db: database.connection.db,
      scope: { ...scopeIn(facts, facts.meta().installation.root), screen },
    },
    {
      metric,
      dimensions,
      limit: 5000,
      question: { division: null, period: 'P365D', at: null, known: 'now', filters },
    },
  );

/** What a map of the metric shows in all, with what it withholds. */
const sumOf = async (metric: string, dimension: DimensionKey) => {
  const { cells, withheldTotal } = await ask(metric, [dimension]);
  return cells.reduce((sum, { value }) => sum + (value ?? 0), withheldTotal ?? Number.NaN);
};

test.each([
  ['person.resident', ['grid', 'block', 'hexagon', 'building']],
  ['building.count', ['grid', 'block', 'hexagon', 'building']],
  ['dwelling.count', ['grid', 'block', 'hexagon', 'building']],
  ['entity.count', ['grid', 'block', 'hexagon', 'building']],
  ['asset.count', ['grid', 'block', 'hexagon']],
  ['event.reported', ['grid', 'block', 'hexagon', 'building']],
  ['event.open', ['grid', 'block', 'hexagon']],
] as [string, DimensionKey[]][])('%s adds up to the whole over every geometry', async (metric, dimensions) => {
  const [whole] = (await ask(metric, [])).cells;
  expect(whole?.value).toBeGreaterThan(0);
  for (const dimension of dimensions) expect(await sumOf(metric, dimension), dimension).toBe(whole?.value);
});

test('a building is counted in the hexagon over it', async () => {
  const { sql } = database.connection;
  const rows = await sql<{ lng: number; lat: number }[]>`select lng, lat from building where valid_to is null`;
  const wanted = new Map<string, number>();
  for (const { lng, lat } of rows) wanted.set(hexagonOf([lng, lat]), (wanted.get(hexagonOf([lng, lat])) ?? 0) + 1);
  const { cells } = await ask('building.count', ['hexagon']);
  expect(new Map(cells.map(({ at, value }) => [at.hexagon, value]))).toEqual(wanted);
});

test('a hexagon of people is told only when every block in it is', async () => {
  const byHexagon = await ask('person.resident', ['hexagon']);
  const byBlock = await ask('person.resident', ['block']);
  const shownBlocks = byBlock.cells.reduce((sum, { value }) => sum + (value ?? 0), 0);
  const shown = byHexagon.cells.reduce((sum, { value }) => sum + (value ?? 0), 0);
  expect(byBlock.cells.some(({ withheld }) => withheld)).toBe(true);
  expect(byHexagon.cells.some(({ withheld }) => withheld)).toBe(true);
  expect(shown).toBeGreaterThan(0);
  expect(shown).toBeLessThan(shownBlocks);
});

test('clauses on people do not open a way below the floor', async () => {
  const bands = await ask('person.resident', ['grid', 'ageBand']);
  const told = new Map(bands.cells.map(({ at, value }) => [`${at.grid} ${at.ageBand}`, value]));
  expect([...told.values()].some((value) => value === null)).toBe(true);
  for (const band of ['85+', '80-84', '30-34']) {
    const { cells } = await ask('person.resident', ['grid'], [{ source: 'test', field: 'ageBand', values: [band] }]);
    for (const { at, value } of cells) expect(value, `${at.grid} ${band}`).toBe(told.get(`${at.grid} ${band}`));
  }
});

test('a share of an age group is withheld where the group is few', async () => {
  const groups = await ask('person.resident', ['grid', 'ageGroup']);
  const withheld = new Set(groups.cells.filter((cell) => cell.withheld).map(({ at }) => at.grid));
  const shares = await ask('person.elderly_share', ['grid']);
  expect(shares.cells.length).toBeGreaterThan(0);
  for (const { at, withheld: isHidden } of shares.cells) expect(Boolean(isHidden), at.grid).toBe(withheld.has(at.grid));
});

test('a wall is told of people and events by hexagon and block, never by building', async () => {
  expect((await ask('person.resident', ['hexagon'], [], 'big')).cells.length).toBeGreaterThan(0);
  await expect(ask('person.resident', ['building'], [], 'big')).rejects.toMatchObject({ code: 'not_allowed' });
});
