import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoTable } from '@/data/demo/table';
import { Problem } from '@/data/model/problem';
import { isInstalled, seedDemo } from './seed';
import { servers, type TestDatabase, testDatabase, testNow } from './testing';

const installation = {
  ...{ name: 'a', nameEn: 'a', root: 'X', rootPath: '/X/', timeZone: 'Asia/Shanghai', locale: 'zh', demo: 'tiny' },
  seededAt: testNow.toISOString(),
};
const setting = demoTable('setting', [['installation', installation]]);
const dwelling = (rows: unknown[][]) => demoTable('dwelling', rows);
const row = (code: string, room = '101'): unknown[] => [code, 'b', 1, 1, room, 'self', 80.5, 'worker'];
const options = (tables: ReturnType<typeof demoTable>[]) => ({ size: 'tiny' as const, at: testNow, tables });

describe.each(servers())('the demo seed on %s', (server) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase({ server });
  });
  afterAll(() => database.end());
  const rooms = async () => (await database.connection.sql`select room from dwelling order by code`).map((r) => r.room);

  test('a bad row names its column and leaves the database empty', async () => {
    const bad = [setting, dwelling([row('1'), ['2', 'b', 'ground', 1, '1', 'self', 1, 'worker']])];
    await expect(seedDemo(database.connection, options(bad))).rejects.toMatchObject({
      where: expect.stringContaining('column unit: "ground"'),
    });
    expect(await isInstalled(database.connection)).toBe(false);
    expect(await rooms()).toEqual([]);
  });

  test('rows that fail to be generated leave the database empty', async () => {
    const failing = demoTable('dwelling', {
      *[Symbol.iterator]() {
        yield row('1');
        throw new Error('generator broke');
      },
    });
    await expect(seedDemo(database.connection, options([setting, failing]))).rejects.toThrow('generator broke');
    expect(await rooms()).toEqual([]);
  });

  test('loads text of every kind, keeps the keys, and loads once', async () => {
    const odd = ['tab\there', 'line\nbreak', 'back\\slash', '\\N', '王\u{20000}', ''];
    const rows = odd.map((room, index) => row(String(index), room));
    const first = await seedDemo(database.connection, options([setting, dwelling(rows)]));
    expect(first?.rows).toBe(odd.length + 1);
    expect(await rooms()).toEqual(odd);
    expect(await seedDemo(database.connection, options([setting, dwelling(rows)]))).toBeNull();
    await expect(
      database.connection.sql`insert into dwelling values ('0', 'b', 1, 1, '1', 'self', 1)`,
    ).rejects.toMatchObject({ code: '23505' });
    const indexes = await database.connection.sql`select indexname from pg_indexes where tablename = 'dwelling'`;
    expect(indexes.map((i) => i.indexname).sort()).toEqual(['dwelling_building', 'dwelling_pkey']);
  });

  test('refuses a database with data of no known installation', async () => {
    const other = await testDatabase({ server });
    await other.connection.sql`
      insert into division (code, level, path, name, name_en) values ('X', 3, '/X/', 'x', 'x')`;
    await expect(seedDemo(other.connection, options([setting]))).rejects.toBeInstanceOf(Problem);
    await other.end();
  });

  test('two processes at once load it once', async () => {
    const other = await testDatabase({ server });
    const both = await Promise.all(
      [1, 2].map(() => seedDemo(other.connection, options([setting, dwelling([row('1')])]))),
    );
    expect(both.filter((result) => result !== null)).toHaveLength(1);
    await other.end();
  });

  test('a demo whose load was cut before its supervision gets it at the next start, once', async () => {
    const other = await testDatabase({ server, demo: 'tiny' });
    const { sql } = other.connection;
    const rungs = async () => sql`select subject, rung, at from supervision_rung order by subject, due_at, rung`;
    const whole = await rungs();
    expect(whole.length).toBeGreaterThan(0);
    await sql`alter table supervision_rung disable trigger all`;
    await sql`delete from supervision_rung`;
    expect(await seedDemo(other.connection, options([]))).toBeNull();
    expect(await rungs()).toEqual(whole);
    await seedDemo(other.connection, options([]));
    expect(await rungs()).toEqual(whole);
    await other.end();
  });
});
