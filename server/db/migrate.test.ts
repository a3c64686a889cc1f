import { readFileSync } from 'node:fs';
import { generateDrizzleJson, generateMigration } from 'drizzle-kit/api';
import postgres from 'postgres';
import { describe, expect, test } from 'vitest';
import { ensureDatabase, migrateDatabase, openDatabase } from './migrate';
import * as schema from './schema';
import { servers, testDatabase } from './testing';

const migrations = new URL('./migrations/meta/', import.meta.url);

test('the migrations make exactly the tables the code declares', async () => {
  const journal = JSON.parse(readFileSync(new URL('_journal.json', migrations), 'utf8'));
  const last = String(journal.entries.at(-1).idx).padStart(4, '0');
  const snapshot = JSON.parse(readFileSync(new URL(`${last}_snapshot.json`, migrations), 'utf8'));
  const missing = await generateMigration(snapshot, generateDrizzleJson(schema, snapshot.id));
  expect(missing, 'run `npm run db` and commit what it writes').toEqual([]);
});

describe.each(servers())('opening a database on %s', (server) => {
  test('a missing database is made and migrated, by several processes at once', async () => {
    const { url, end } = await testDatabase({ server });
    const fresh = Object.assign(new URL(url), { pathname: `/made_${process.pid}_${Date.now()}` }).toString();
    await Promise.all([1, 2, 3].map(() => ensureDatabase(fresh).then(() => migrateDatabase(fresh))));
    const opened = await openDatabase({ home: 'not used', databaseUrl: fresh });
    const [row] = await opened.connection.sql`
      select (select count(*)::int from drizzle.__drizzle_migrations) as applied, to_regclass('event')::text as event`;
    const journal = JSON.parse(readFileSync(new URL('_journal.json', migrations), 'utf8'));
    expect(row).toEqual({ applied: journal.entries.length, event: 'event' });
    expect(await opened.stop()).toBe('foreign');
    await end();
  });
});

test('a server that does not answer is named, its password is not', async () => {
  const open = openDatabase({ home: 'not used', databaseUrl: 'postgres://someone:hidden-word@127.0.0.1:1/city' });
  await expect(open).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringMatching(/^No PostgreSQL database answers at 127\.0\.0\.1:1\/city: (?!.*hidden-word)/),
  });
});

test('a user who may not create databases is told so', async () => {
  const { url, connection, end } = await testDatabase();
  await connection.sql`create role visitor login password 'visitor'`;
  const visitor = Object.assign(new URL(url), { username: 'visitor', password: 'visitor', pathname: '/not_there' });
  await expect(ensureDatabase(visitor.toString())).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringContaining('permission denied to create database'),
  });
  await connection.sql`drop role visitor`;
  await end();
});

test('the driver lets a lost database be found again', async () => {
  const { url, end } = await testDatabase();
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  await sql`select pg_terminate_backend(pg_backend_pid())`.catch(() => {});
  expect(await sql`select 1 as one`).toMatchObject([{ one: 1 }]);
  await sql.end();
  await end();
});
