import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { readDemo } from '@/data/demo/testing';
import { seedDemo } from '../db/seed';
import { type TestDatabase, testDatabase, testNow } from '../db/testing';
import { rotateKey } from '../person/key';
import { maskPlate, platePartsOf } from './rules';
import { readPlates } from './testing';

let database: TestDatabase;
let home: string;
const made = readDemo('tiny', testNow).vehicle.map(({ plate }) => String(plate));

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'gridhall-plate-'));
  vi.stubEnv('GRIDHALL_HOME', home);
  vi.stubEnv('GRIDHALL_KEY', '');
  database = await testDatabase();
  await seedDemo(database.connection, { size: 'tiny', at: testNow });
}, 120_000);
afterAll(async () => {
  await database.end();
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true, force: true });
});

const versions = async () =>
  database.connection.sql`select get_byte(sealed, 0) as v, count(*)::int as n from vehicle group by 1`;

test('plates stand in no table in plain text, and open to what was made', async () => {
  const { sql } = database.connection;
  expect((await readPlates(database.connection)).toSorted()).toEqual(made.toSorted());
  const rows = await sql<{ row: string }[]>`select to_jsonb(v)::text as row from vehicle v`;
  const text = rows.map(({ row }) => row).join();
  expect(made.filter((plate) => text.includes(plate))).toEqual([]);
  expect(new Set(rows.map(({ row }) => JSON.parse(row).plate_mark)).size).toBe(made.length);
});

test('a new version of the key seals them anew', async () => {
  await rotateKey(database.connection);
  expect([...(await versions())]).toEqual([{ v: 2, n: made.length }]);
  expect((await readPlates(database.connection)).toSorted()).toEqual(made.toSorted());
});

test('a plate swapped between two vehicles is seen when it is read', async () => {
  const { sql } = database.connection;
  await sql`update vehicle set sealed = (select sealed from vehicle where id = 2) where id = 1`;
  await expect(readPlates(database.connection)).rejects.toMatchObject({ code: 'unavailable' });
});

test('a mask tells the office and the last three characters, of long plates and short', () => {
  expect(['XA12345', 'XAD12345'].map((plate) => maskPlate(platePartsOf(plate)))).toEqual(['XA·**345', 'XA·**345']);
});
