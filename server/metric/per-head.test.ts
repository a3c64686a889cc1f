import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DimensionKey } from '@/data/metrics/dimensions';
import type { Cell } from '@/data/model/answer';
import type { Clause } from '@/data/model/view';
import { type TestDatabase, testDatabase } from '../db/testing';
import { answer } from './answer';
import { type Facts, openFacts } from './follower';
import { loadTown, scopeIn, townClock } from './testing';

let database: TestDatabase;
let facts: Facts;
beforeAll(async () => {
  database = await testDatabase();
  await loadTown(database.connection);
  facts = await openFacts(database.connection, { file: null });
});
afterAll(async () => {
  facts?.close();
  await database?.end();
});

const ask = async (metric: string, dimensions: DimensionKey[], filters: Clause[] = []): Promise<Cell[]> => {
  const context = { facts, db: database.connection.db, scope: scopeIn(facts, 'T') };
  const question = { division: null, period: 'P7D' as const, at: townClock, filters };
  const operators =
    metric === 'person.resident' || metric === 'event.per_ten_thousand'
      ? []
      : (['perThousand', 'perTenThousand'] as const);
  return (await answer(context, { metric, dimensions, question, operators: [...operators] })).cells;
};

const told = (cells: readonly Cell[], key: DimensionKey) =>
  Object.fromEntries(cells.map(({ at, perThousand }) => [at[key], perThousand]));
const rate = (n: number, residents: number) => Number(((n / residents) * 1_000).toPrecision(12));

/** Events of the town in a week and its residents that day, counted by hand in the fixture's files. */
const town = { T: [14, 87], T1: [10, 67], T2: [3, 20], T11: [6, 38], T12: [4, 29], T21: [3, 20] } as const;

test('events by the residents of the same place, as worked out by hand', async () => {
  const [whole] = await ask('event.reported', []);
  expect([whole?.perThousand, whole?.perTenThousand]).toEqual([
    rate(...town.T),
    Number((140_000 / 87).toPrecision(12)),
  ]);
  expect(told(await ask('event.reported', ['subdistrict']), 'subdistrict')).toEqual({
    ...{ T1: rate(...town.T1), T2: rate(...town.T2) },
    none: null,
  });
  expect(told(await ask('event.reported', ['community']), 'community')).toEqual({
    ...{ T11: rate(...town.T11), T12: rate(...town.T12), T21: rate(...town.T21), none: null },
  });
});

test('what is split besides by no place is held against all who live there, clauses cut what is counted alone', async () => {
  const cells = await ask('event.reported', ['subdistrict', 'level']);
  expect(cells.find(({ at }) => at.subdistrict === 'T1' && at.level === '3')?.perThousand).toBe(rate(5, 67));
  const grave: Clause[] = [{ source: 'x', field: 'level', values: ['1', '2'] }];
  expect(told(await ask('event.reported', ['subdistrict'], grave), 'subdistrict')).toEqual({ T1: rate(4, 67) });
  const two: Clause[] = [{ source: 'x', field: 'community', values: ['T11', 'T21'] }];
  expect((await ask('event.reported', [], two))[0]?.perThousand).toBe(rate(6 + 3, 38 + 20));
  expect(told(await ask('event.reported', ['subdistrict'], two), 'subdistrict')).toEqual({
    ...{ T1: rate(6, 38), T2: rate(3, 20) },
  });
  expect((await ask('event.per_ten_thousand', [], two))[0]).toMatchObject({ numerator: 9, denominator: 58 });
  expect((await ask('entity.count', [], two))[0]?.perThousand).toBe((await ask('entity.count', []))[0]?.perThousand);
  const [entities] = await ask('entity.count', []);
  expect(entities?.perThousand).toBe(rate(entities?.value ?? 0, 87));
});

test('a rate is told only where both its parts are: no residents come back by division', async () => {
  const residents = new Map((await ask('person.resident', ['grid'])).map((cell) => [cell.at.grid, cell]));
  const cells = await ask('event.reported', ['grid']);
  for (const { at, n, perThousand } of cells) {
    const people = residents.get(at.grid);
    expect(perThousand, at.grid).toBe(people?.value ? rate(n ?? 0, people.value) : null);
  }
  expect(cells.some(({ at }) => residents.get(at.grid)?.withheld)).toBe(true);
  const care: Clause[] = [{ source: 'x', field: 'category', values: ['0201'] }];
  for (const cell of await ask('event.reported', ['grid', 'category'], care))
    if (cell.withheld) expect(cell.perThousand ?? null).toBeNull();
});

test.each([
  ['person.resident', ['grid']],
  ['event.close_rate', ['grid']],
  ['event.reported', ['hexagon']],
] as [string, DimensionKey[]][])('%s by %s is told by no residents', async (metric, dimensions) => {
  const context = { facts, db: database.connection.db, scope: scopeIn(facts, 'T') };
  const question = { division: null, period: 'P7D' as const, at: townClock, filters: [] };
  const asked = answer(context, { metric, dimensions, question, operators: ['perThousand'] });
  await expect(asked).rejects.toMatchObject({ code: 'invalid' });
});

test('open events by the workers on duty in the same place, as worked out by hand', async () => {
  const perWorker = async (dimensions: DimensionKey[], filters: Clause[] = []) => {
    const context = { facts, db: database.connection.db, scope: scopeIn(facts, 'T') };
    const question = { division: null, period: 'today' as const, at: townClock, filters };
    const asked = { metric: 'event.open', dimensions, question, operators: ['perWorker' as const] };
    const { cells } = await answer(context, asked);
    return cells.map((cell) => [dimensions.map((key) => cell.at[key]).join(' '), cell.value, cell.perWorker]);
  };
  // W1 of T11 and W4 of T1 alone are signed in
  expect(await perWorker([])).toEqual([['', 8, 4]]);
  expect(await perWorker(['subdistrict'])).toEqual([
    ['none', 1, null],
    ['T1', 5, 2.5],
    ['T2', 2, null],
  ]);
  const t11: Clause[] = [{ source: 'x', field: 'community', values: ['T11'] }];
  expect(await perWorker(['community', 'level'], t11)).toEqual([
    ['T11 2', 2, 2],
    ['T11 3', 2, 2],
  ]);
  expect(await perWorker([], t11)).toEqual([['', 4, 4]]);
});

test.each([
  ['event.reported', ['grid']],
  ['event.open', ['block']],
  ['event.open', ['hexagon']],
  ['asset.count', ['grid']],
] as [string, DimensionKey[]][])('%s by %s is told by no workers', async (metric, dimensions) => {
  const context = { facts, db: database.connection.db, scope: scopeIn(facts, 'T') };
  const question = { division: null, period: 'today' as const, at: townClock, filters: [] };
  await expect(answer(context, { metric, dimensions, question, operators: ['perWorker'] })).rejects.toMatchObject({
    code: 'invalid',
  });
});
