import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DimensionKey } from '@/data/metrics/dimensions';
import { type Known, knowns } from '@/data/model/view';
import { type TestDatabase, testDatabase } from '../db/testing';
import { answer } from './answer';
import { type Facts, openFacts } from './follower';
import { loadTown, scopeIn } from './testing';

let database: TestDatabase;
let facts: Facts;
/** Instants before, between and after the two changes. */
const clocks: Record<'before' | 'between' | 'after', string> = { before: '', between: '', after: '' };

const instant = async (): Promise<string> => {
  const [row] = await database.connection.sql<{ at: Date }[]>`select pg_sleep(0.05), clock_timestamp() as at`;
  return new Date(row?.at ?? 0).toISOString();
};

beforeAll(async () => {
  database = await testDatabase();
  const { connection } = database;
  await loadTown(connection);
  clocks.before = await instant();
  // a re-cut took it out of T11
  await connection.sql`insert into placement_past (recut_id, kind, record_id, subdistrict_code, community_code, grid_code, to_at)
    values (gen_random_uuid(), 'entity', 'E3', 'T1', 'T11', 'T1104', now())`;
  await connection.sql`update dwelling set house_use = '4' where code = 'B01-1'`;
  await connection.sql`update entity set industry = '2', n_employees = 100 where id = 'E1'`;
  clocks.between = await instant();
  await connection.sql`update dwelling set house_use = '2' where code = 'B01-1'`;
  await connection.sql`update entity set industry = '1' where id = 'E3'`;
  // to another sub-district, with the place it takes
  await connection.sql`
    update entity set building_code = b.code, subdistrict_code = b.subdistrict_code, community_code = b.community_code,
      grid_code = b.grid_code from building b where b.code = 'B09' and id = 'E1'`;
  clocks.after = await instant();
  facts = await openFacts(connection, { file: null });
});
afterAll(async () => {
  facts?.close();
  await database?.end();
});

const told = async (metric: string, dimension: DimensionKey, at: string, known: Known) => {
  const { cells } = await answer(
    { facts, db: database.connection.db, scope: scopeIn(facts, 'T') },
    { metric, dimensions: [dimension], question: { division: null, period: 'today', at, known, filters: [] } },
  );
  return Object.fromEntries(cells.map((cell) => [cell.at[dimension], cell.numerator]));
};

const both = async (metric: string, dimension: DimensionKey, at: string) => {
  const [now, then] = await Promise.all(knowns.map((known) => told(metric, dimension, at, known)));
  expect(then).toEqual(now);
  return now;
};

test('dwellings by use are those of the day asked for', async () => {
  expect(await both('dwelling.count', 'houseUse', clocks.before)).toEqual({ 1: 13, 2: 6, 3: 1, 4: 7 });
  expect(await both('dwelling.count', 'houseUse', clocks.between)).toEqual({ 1: 12, 2: 6, 3: 1, 4: 8 });
  expect(await both('dwelling.count', 'houseUse', clocks.after)).toEqual({ 1: 12, 2: 7, 3: 1, 4: 7 });
});

test('entities by trade, and who works in them where they stood', async () => {
  expect(await both('entity.count', 'industry', clocks.before)).toEqual({ 1: 3, 2: 4 });
  expect(await both('entity.count', 'industry', clocks.between)).toEqual({ 1: 2, 2: 5 });
  expect(await both('entity.count', 'industry', clocks.after)).toEqual({ 1: 3, 2: 4 });
  expect(await both('entity.employees', 'community', clocks.before)).toEqual({ T11: 125, T21: 52, none: 10 });
  expect(await both('entity.employees', 'community', clocks.between)).toEqual({ T11: 103, T12: 2, T21: 52, none: 10 });
  expect(await both('entity.employees', 'community', clocks.after)).toEqual({ T11: 3, T12: 2, T21: 152, none: 10 });
});

test('what was is written once a transaction, and stays; what is written again as it is leaves none', async () => {
  const { sql } = database.connection;
  await sql.begin(async (tx) => {
    await tx`update dwelling set house_use = '1' where code = 'B02-1'`;
    await tx`update dwelling set house_use = '3', floor = 2 where code = 'B02-1'`;
    await tx`update dwelling set house_use = '4' where code = 'B02-1'`;
  });
  await sql`update dwelling set house_use = '4', floor = 3 where code = 'B02-1'`;
  const rows = await sql`select was from attribute_past where kind = 'dwelling' and record_id = 'B02-1'`;
  expect(rows).toEqual([{ was: { house_use: '1' } }]);
  await expect(sql`delete from attribute_past`).rejects.toThrow();
  await expect(sql`update attribute_past set was = '{}'`).rejects.toThrow();
});
