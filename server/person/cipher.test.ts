import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { demoTables } from '@/data/demo';
import { demoColumns } from '@/data/demo/table';
import type { Scope } from '@/data/model/scope';
import { seedDemo } from '../db/seed';
import { type TestDatabase, testDatabase, testNow } from '../db/testing';
import { createCaller } from '../trpc/root';
import { addVersion, readCipher } from './cipher';
import { ensureKey, rotateKey } from './key';
import { readPlain } from './testing';

let database: TestDatabase;
let home = '';
const keyFile = () => join(home, 'identity.key');
const sqlOf = () => database.connection.sql;

type Made = { id: number; name: string; id_number: string; phone: string | null };
/** Persons of the demo as they are made, before anything seals them. */
const made = (): Made[] => {
  const table = [...demoTables({ size: 'tiny', at: testNow })].find((each) => each.table === 'person');
  const at = (name: string) => (demoColumns.person as readonly string[]).indexOf(name);
  const column = (row: unknown[], name: string) => row[at(name)] as never;
  return [...(table?.rows ?? [])].map((row) => ({
    ...{ id: column(row, 'id'), name: column(row, 'name'), id_number: column(row, 'id_number') },
    phone: column(row, 'phone'),
  }));
};

/** Identities in the order of their ids. */
const sorted = <T extends { id: number }>(rows: T[]): T[] => rows.toSorted((a, b) => a.id - b.id);
const versions = async () => {
  const rows = await sqlOf()`
    select get_byte(name_sealed, 0) as v, get_byte(id_number_sealed, 0) as n, count(*)::int as c from person group by 1, 2`;
  return rows.map(({ v, n, c }) => [v, n, c]);
};

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'gridhall-key-'));
});
afterAll(() => rmSync(home, { recursive: true, force: true }));
beforeEach(async () => {
  vi.stubEnv('GRIDHALL_HOME', home);
  vi.stubEnv('GRIDHALL_KEY', '');
  rmSync(keyFile(), { force: true });
  database = await testDatabase();
});
afterEach(async () => {
  await database.end();
  vi.unstubAllEnvs();
});

const seed = () => seedDemo(database.connection, { size: 'tiny', at: testNow });

describe('identities of a loaded demo', () => {
  test('stand in no table in plain text, and open to what was made', async () => {
    await seed();
    const people = made();
    expect(sorted(await readPlain(database.connection))).toEqual(sorted(people));
    const tables = await sqlOf()`select tablename as name from pg_tables where schemaname = 'public'`;
    const numbers = new Set(people.map(({ id_number }) => id_number));
    const phones = new Set(people.flatMap(({ phone }) => phone ?? []));
    const named = new Set(people.map(({ name }) => name));
    const found: string[] = [];
    for (const { name } of tables)
      for (const { line } of await sqlOf()`select to_jsonb(t)::text as line from ${sqlOf()(name)} t`) {
        if ((line.match(/\d{16,17}[\dX]?/g) ?? []).some((text: string) => numbers.has(text)))
          found.push(`${name} number`);
        if ((line.match(/1990000\d{4}/g) ?? []).some((text: string) => phones.has(text))) found.push(`${name} phone`);
        if (name === 'person' && [...named].some((text) => line.includes(text))) found.push(`${name} name`);
      }
    expect([...new Set(found)]).toEqual([]);
    expect(statSync(keyFile()).mode & 0o777).toBe(0o600);
    const kept = await sqlOf()`select value::text as text from setting`;
    const secret = readFileSync(keyFile(), 'utf8').trim().slice(2);
    expect(kept.some(({ text }) => text.includes(secret))).toBe(false);
  });

  test('reveal tells who it is, and keeps that in the audit', async () => {
    await seed();
    const [care] = await sqlOf()`select c.id, c.person_id::int as person, d.code, d.path from care c
      join division d on d.code = c.grid_code join term t on t.list = 'care-group' and t.code = c.group_code
      where c.to_on is null and t.attrs ->> 'sensitivity' = 'medium' order by c.id limit 1`;
    const scope: Scope = {
      ...{ division: care?.code, path: care?.path, level: 'grid', role: 'R5', screen: 'small' },
      ...{ post: 'R5', actorId: `R5:${care?.code}` },
    };
    const caller = createCaller({ scope, connection: database.connection });
    const told = await caller.care.reveal({ id: care?.id, purpose: 'visit', reason: '上门走访' });
    const person = made().find(({ id }) => id === care?.person);
    expect([told.name, told.phone]).toEqual([person?.name, person?.phone]);
    const lines = await sqlOf()`select subject from audit_line where action = 'care.reveal'`;
    expect(lines.map(({ subject }) => subject)).toEqual([care?.id]);
  });
});

describe('what was sealed', () => {
  test('opens in its row and column alone, and as it was written alone', async () => {
    const cipher = await ensureKey(database.connection).then(readCipher);
    const sealed = cipher.seal('name', 7, '王小明');
    expect(cipher.open('name', 7, sealed)).toBe('王小明');
    expect(cipher.seal('name', 7, '王小明')).not.toEqual(sealed);
    expect(() => cipher.open('name', 8, sealed)).toThrow('changed or belongs elsewhere');
    expect(() => cipher.open('phone', 7, sealed)).toThrow('changed or belongs elsewhere');
    for (const at of [1, 14, sealed.length - 1]) {
      const bent = Buffer.from(sealed);
      bent[at] = (bent[at] ?? 0) ^ 1;
      expect(() => cipher.open('name', 7, bent)).toThrow('changed or belongs elsewhere');
    }
    expect(() => cipher.open('name', 7, sealed.subarray(0, 20))).toThrow('no key');
  });

  test('names swapped between two rows are seen when they are read', async () => {
    await seed();
    const sql = sqlOf();
    await sql`update person p set name_sealed = o.name_sealed from person o
      where (p.id, o.id) in ((1, 2), (2, 1))`;
    await expect(readPlain(database.connection)).rejects.toMatchObject({ code: 'unavailable' });
  });
});

describe('the key', () => {
  test('missing, another or unreadable: the start says so and nothing is written', async () => {
    await seed();
    const right = readFileSync(keyFile());
    const sum = async () =>
      (await sqlOf()`select md5(string_agg(t::text, '' order by id)) as sum from person t`)[0]?.sum;
    const before = await sum();
    rmSync(keyFile());
    await expect(ensureKey(database.connection)).rejects.toThrow('missing');
    expect(() => statSync(keyFile())).toThrow('ENOENT');
    writeFileSync(keyFile(), `1:${Buffer.alloc(32, 9).toString('base64')}\n`);
    await expect(ensureKey(database.connection)).rejects.toThrow('not the one');
    await expect(seed()).rejects.toThrow('not the one');
    writeFileSync(keyFile(), 'what');
    await expect(ensureKey(database.connection)).rejects.toThrow('cannot be read');
    writeFileSync(keyFile(), right);
    await ensureKey(database.connection);
    expect(await sum()).toBe(before);
  });

  test('changed: persons are sealed anew in batches, a killed run is gone on with, marks stay', async () => {
    await seed();
    const sql = sqlOf();
    const total = made().length;
    const marks = async () =>
      (await sql`select md5(string_agg(id_number_mark::text, '' order by id)) as m from person`)[0]?.m;
    const before = await marks();
    const onRows = () => {
      throw new Error('killed');
    };
    const killed = rotateKey(database.connection, { batch: 10, onRows });
    await expect(killed).rejects.toThrow('killed');
    const half = await versions();
    expect(half).toContainEqual([2, 2, 10]);
    expect(sorted(await readPlain(database.connection))).toEqual(sorted(made()));
    const rest = await rotateKey(database.connection);
    expect(rest).toBe(total - 10);
    expect(await versions()).toEqual([[2, 2, total]]);
    expect(sorted(await readPlain(database.connection))).toEqual(sorted(made()));
    expect(await marks()).toBe(before);
  });

  test('in the environment is not changed by the product', async () => {
    vi.stubEnv('GRIDHALL_KEY', `1:${Buffer.alloc(32, 5).toString('base64')}`);
    await ensureKey(database.connection);
    await expect(addVersion()).rejects.toMatchObject({ code: 'invalid' });
  });
});

test('an update seals what it found in plain text', async () => {
  const people = [
    { id: 1, name: '王小明', id_number: '44030719800506001X', phone: '19900000001' },
    { id: 2, name: '李红', id_number: '1', phone: null },
  ];
  for (const row of people) {
    await sqlOf()`insert into person_unsealed ${sqlOf()(row)}`;
    await sqlOf()`insert into person (id, name_sealed, name_mark, id_number_sealed, id_number_mark, sex, birth_on,
      population_type, origin) values (${row.id}, '', '', '', '', 1, '1980-05-06', '1', '44')`;
  }
  await ensureKey(database.connection);
  expect(sorted(await readPlain(database.connection))).toEqual(people);
  expect(await sqlOf()`select id_claim from person order by id`).toMatchObject([
    { id_claim: '198005061' },
    { id_claim: null },
  ]);
  expect(await sqlOf()`select from person_unsealed`).toHaveLength(0);
});
