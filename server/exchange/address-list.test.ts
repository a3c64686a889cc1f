import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../db/testing';
import { loadTown } from '../db/testing-town';
import { importList } from './address-list';

let database: TestDatabase;
const folder = mkdtempSync(join(tmpdir(), 'gridhall-list-'));
beforeAll(async () => {
  database = await testDatabase();
  await loadTown(database.connection);
});
afterAll(async () => {
  await database.end();
  rmSync(folder, { recursive: true, force: true });
});

const put = (text: string): string => {
  const file = join(folder, 'list.csv');
  writeFileSync(file, text);
  return file;
};

test('a list from a terminal is matched to the end, once however often it is run', async () => {
  const file = put('地址\n和平路1号\n和平路2号\n火星\n');
  const told = await importList(database.connection, { file });
  expect(told.slice(0, 3)).toEqual([
    'list.csv: 3 rows, 2 matched (66.7 %), 2 in a grid',
    '  As written: 2',
    '  Not matched: 1',
  ]);
  expect(await importList(database.connection, { file })).toEqual(told);
  expect(await database.connection.sql`select id from address_batch`).toHaveLength(1);
});

test('why a list is not taken is said, with each line', async () => {
  const file = put('地址\n""\n和平路1号\n" "\n');
  await expect(importList(database.connection, { file })).rejects.toThrow(
    /2 rows cannot be taken.*\n {2}line 2: The address is empty\n {2}line 4: /,
  );
  await expect(importList(database.connection, { file: join(folder, 'none.csv') })).rejects.toThrow('cannot be read');
  await expect(importList(database.connection, { file, crs: 'MARS' })).rejects.toThrow('crs');
});
