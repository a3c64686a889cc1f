import { createCipheriv, randomBytes, randomUUID } from 'node:crypto';
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
import { opener, rowKey } from './sealed';
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
/** Rows of the other tables that tell who somebody is. */
const nOthers = async () => {
  const [row] = await sqlOf()`select (select count(*) from volunteer)::int + (select count(*) from dispute_party)::int
      + (select count(*) from vehicle)::int as n`;
  return row?.n as number;
};
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
    expect(rest).toBe(total - 10 + (await nOthers()));
    for (const table of ['volunteer', 'dispute_party', 'vehicle'])
      expect(await sql`select distinct get_byte(sealed, 0)::int as v from ${sql(table)}`).toEqual([{ v: 2 }]);
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

describe('names and contacts in other tables', () => {
  const table = (name: string) => {
    const made = [...demoTables({ size: 'tiny', at: testNow })].find((each) => each.table === name);
    return [...(made?.rows ?? [])].map((row) => Object.fromEntries(row.map((v, i) => [made?.columns[i], v])));
  };

  test('lie sealed in a loaded demo, each bound to its row, and open to what was made', async () => {
    await seed();
    const sql = sqlOf();
    const volunteers = await sql`select id, sealed from volunteer order by id`;
    const open = await opener('volunteer');
    const named = table('volunteer').map(({ id, name }) => [id, name]);
    expect(volunteers.map(({ id, sealed }) => [id, open(id, sealed)]).sort()).toEqual(named.sort());
    expect(() => open('another', volunteers[0]?.sealed)).toThrow('changed or belongs elsewhere');
    const parties = await sql`select root_id, seq, sealed from dispute_party`;
    const openParty = await opener('dispute_party');
    const told = parties.map(({ root_id, seq, sealed }) => openParty(rowKey(root_id, seq), sealed));
    expect(told.sort()).toEqual(
      table('dispute_party')
        .map(({ name }) => name)
        .sort(),
    );
    expect(told.length).toBeGreaterThan(5);
    for (const name of ['volunteer', 'dispute_party']) {
      const lines = await sql`select to_jsonb(t)::text as line from ${sql(name)} t`;
      const names = new Set(table(name).map((row) => String(row.name)));
      expect(lines.filter(({ line }) => [...names].some((each) => line.includes(each)))).toEqual([]);
    }
  });

  /** A contact as it was sealed under `contact.key`. */
  const sealFormer = (key: Buffer, text: string) => {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key, nonce);
    const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64');
  };

  test('that an update found are sealed at the next start; contacts need the key of before', async () => {
    await ensureKey(database.connection);
    const sql = sqlOf();
    const key = randomBytes(32);
    const party = { root_id: randomUUID(), seq: 3 };
    await sql`insert into public_contact (event_id, sealed) values ('E1', '')`;
    await sql`insert into dispute_party (root_id, seq, round, side, kind, sealed)
      values (${party.root_id}, ${party.seq}, 1, 'applicant', 'person', '')`;
    const found = [
      { table_name: 'public_contact', row_key: 'E1', text: sealFormer(key, '138 0000 5521') },
      { table_name: 'dispute_party', row_key: rowKey(party.root_id, 3), text: '王小明' },
    ];
    await sql`insert into unsealed ${sql(found)}`;
    await expect(ensureKey(database.connection)).rejects.toThrow('contact.key is missing');
    writeFileSync(join(home, 'contact.key'), key);
    await ensureKey(database.connection);
    const [contact] = await sql`select sealed from public_contact`;
    const [named] = await sql`select sealed from dispute_party`;
    expect((await opener('public_contact'))('E1', contact?.sealed)).toBe('138 0000 5521');
    expect((await opener('dispute_party'))(rowKey(party.root_id, 3), named?.sealed)).toBe('王小明');
    expect(await sql`select from unsealed`).toHaveLength(0);
    expect(await rotateKey(database.connection)).toBe(2);
    const [anew] = await sql`select sealed from public_contact`;
    expect([anew?.sealed[0], (await opener('public_contact'))('E1', anew?.sealed)]).toEqual([2, '138 0000 5521']);
  });
});
