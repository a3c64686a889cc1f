import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isCare } from '@/data/metrics/care';
import type { DimensionKey } from '@/data/metrics/dimensions';
import type { Clause } from '@/data/model/view';
import { type TestDatabase, testDatabase } from '../db/testing';
import { answer } from './answer';
import { type Facts, openFacts } from './follower';
import { rowsBehind } from './rows';
import { loadTown, scopeIn } from './testing';

let database: TestDatabase;
let facts: Facts;

/** Events by grid and category: all on one day of their own. */
const counts: Record<string, Record<string, number>> = {
  T1101: { '1610': 2, '0101': 7, '0201': 3 },
  T1102: { '1610': 6, '0101': 2 },
  T1103: { '1610': 1, '1612': 1, '0907': 2, '0101': 9, '0102': 4 },
  T1104: { '1608': 1 },
};
const at = '2025-06-01T12:00:00+08:00';

beforeAll(async () => {
  database = await testDatabase();
  await loadTown(database.connection);
  for (const [grid, categories] of Object.entries(counts))
    for (const [category, n] of Object.entries(categories))
      await database.connection.sql`
        insert into event (id, number, title, category_code, category_l1, level, source_code, status, reported_at,
          status_at, subdistrict_code, community_code, grid_code, block_code)
        select c, c, c, ${category}, left(${category}, 2), 3, '01', 'S10', '2025-06-01 09:00+08', '2025-06-01 09:00+08',
          'T1', 'T11', ${grid}, ${`${grid}-1`}
        from (select ${`${grid}-${category}-`} || k as c from generate_series(1, ${n}::int) k)`;
  facts = await openFacts(database.connection, { file: null });
});
afterAll(async () => {
  facts?.close();
  await database?.end();
});

type Asked = { division?: string; filters?: Omit<Clause, 'source'>[]; metric?: string };

const answerTo = (dimensions: DimensionKey[], { division, filters = [], metric = 'event.reported' }: Asked = {}) =>
  answer(
    { facts, db: database.connection.db, scope: { ...scopeIn(facts, 'T'), screen: 'big', role: 'R0' } },
    {
      metric,
      dimensions,
      question: {
        division: division ?? null,
        period: 'today',
        at,
        filters: filters.map((clause) => ({ ...clause, source: 'x' })),
      },
    },
  );

const ask = async (dimensions: DimensionKey[], asked: Asked = {}) => {
  const given = await answerTo(dimensions, asked);
  return Object.fromEntries(
    given.cells.map((cell) => [dimensions.map((key) => cell.at[key]).join(' '), cell.withheld ?? cell.value]),
  );
};

describe('events of a person in need in a small place', () => {
  test('are told from five on; below, one more category goes with them', async () => {
    expect(await ask(['grid', 'category'])).toEqual({
      'T1101 0101': 7,
      'T1101 0201': 'small',
      'T1101 1610': 'small',
      'T1102 0101': 2,
      'T1102 1610': 6,
      'T1103 0101': 9,
      'T1103 0102': 'small',
      'T1103 0907': 'small',
      'T1103 1610': 'small',
      'T1103 1612': 'small',
      'T1104 1608': 'small',
    });
  });

  test('are not told by their rows where the cell is withheld', async () => {
    const rowsOf = (category: string) =>
      rowsBehind(
        { facts, db: database.connection.db, scope: { ...scopeIn(facts, 'T'), screen: 'mid' } },
        {
          metric: 'event.reported',
          dimensions: ['grid', 'category'],
          question: { division: null, period: 'today', at, filters: [] },
          at: { grid: 'T1101', category },
        },
      );
    expect((await rowsOf('0101')).total).toBe(7);
    await expect(rowsOf('1610')).rejects.toMatchObject({ code: 'withheld' });
    await expect(rowsOf('0201')).rejects.toMatchObject({ code: 'withheld' });
  });

  test('are withheld alike by block, by filter, and for one grid', async () => {
    const care = [{ field: 'categoryL1' as const, values: ['16'] }];
    expect(await ask(['block'], { filters: care })).toEqual({
      'T1101-1': 'small',
      'T1102-1': 6,
      'T1103-1': 'small',
      'T1104-1': 'small',
    });
    expect(await ask([], { division: 'T1101', filters: care })).toEqual({ '': 'small' });
    expect(await ask(['categoryL1'], { division: 'T1101' })).toEqual({ '01': 7, '02': 'small', '16': 'small' });
    expect(await ask(['grid'], { metric: 'event.close_rate', filters: care })).toEqual({});
  });

  test('leave no rest to be told where a clause on categories cuts the sum', async () => {
    const care = [{ field: 'categoryL1' as const, values: ['16'] }];
    expect((await answerTo(['block'], { filters: care })).withheldTotal).toBeNull();
    expect((await answerTo(['grid', 'category'])).withheldTotal).toBe(14);
  });

  test('are told of a community, and of a grid without the kind', async () => {
    expect(await ask(['community', 'category'])).toMatchObject({ 'T11 1610': 9, 'T11 1608': 1 });
    expect(await ask(['grid'])).toEqual({ T1101: 12, T1102: 8, T1103: 17, T1104: 1 });
  });

  test('no filter that splits what is hidden is answered, so no two answers differ by it', async () => {
    const categories = Object.keys(counts.T1103 ?? {});
    const shown = new Map<number, number>();
    for (let mask = 1; mask < 2 ** categories.length; mask += 1) {
      const values = categories.filter((_, bit) => mask & (2 ** bit));
      const value = (await ask([], { division: 'T1103', filters: [{ field: 'category', values }] }))[''];
      if (typeof value === 'number') shown.set(mask, value);
    }
    expect([...shown.keys()]).toHaveLength(3);
    const few = categories.flatMap((category, bit) => (isCare(category, category.slice(0, 2)) ? [2 ** bit] : []));
    for (const a of shown.keys()) for (const b of shown.keys()) expect(few).not.toContain(a - b);
  });
});
