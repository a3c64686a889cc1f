import { existsSync } from 'node:fs';
import { join } from 'node:path';
import postgres from 'postgres';
import { inject } from 'vitest';
import { type Connection, connect } from './client';
import { startEmbedded } from './embedded';
import { withLock } from './lock';
import { ensureDatabase, migrateDatabase } from './migrate';
import { seedDemo } from './seed';

/** PostgreSQL servers tests run on: the embedded one, and Debian's 15 where it is installed. */
export type TestServer = 'embedded' | 'debian-15';

const debianBin = '/usr/lib/postgresql/15/bin';

/** For `describe.each(servers())`. */
export const servers = (): TestServer[] =>
  existsSync(join(debianBin, 'postgres')) ? ['embedded', 'debian-15'] : ['embedded'];

/** Instant the tiny demo of the tests ends at. */
export const testNow = new Date('2026-11-22T10:00:00+08:00');

/** A database of a test's own. `end` closes and drops it. */
export type TestDatabase = { url: string; connection: Connection; end: () => Promise<void> };

const withServer = async <T>(url: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> => {
  const sql = postgres(Object.assign(new URL(url), { pathname: '/postgres' }).toString(), {
    max: 1,
    onnotice: () => {},
  });
  try {
    return await work(sql);
  } finally {
    await sql.end({ timeout: 1 });
  }
};

const urlOf = (url: string, database: string): string =>
  Object.assign(new URL(url), { pathname: `/${database}` }).toString();

/** A server that lives as long as its tests waits for no disk. A killed one still loses nothing that was committed. */
const hurry = (server: string): Promise<void> =>
  withServer(server, async (sql) => {
    for (const setting of ['fsync', 'full_page_writes']) await sql.unsafe(`alter system set ${setting} = off`);
    await sql`select pg_reload_conf()`;
  });

/** Builds the template once a run; nobody stays connected to it, or it could not be copied. */
const ensureTemplate = (home: string, server: string, demo: 'tiny' | 'none'): Promise<string> =>
  withLock(`template ${home} ${demo}`, async () => {
    const name = `template_${demo}`;
    const isThere = await withServer(server, (sql) => sql`select from pg_database where datname = ${name}`);
    if (isThere.length > 0) return name;
    await hurry(server);
    const building = urlOf(server, `${name}_new`);
    await withServer(server, (sql) => sql.unsafe(`drop database if exists "${name}_new"`));
    await ensureDatabase(building);
    await migrateDatabase(building);
    if (demo === 'tiny') {
      const connection = connect(building, { max: 2 });
      await seedDemo(connection, { size: 'tiny', at: testNow });
      await connection.sql.end();
    }
    await withServer(server, (sql) => sql.unsafe(`alter database "${name}_new" rename to "${name}"`));
    return name;
  });

let nDatabases = 0;

/** A fresh migrated database; `demo: 'tiny'` with the tiny demo in it. */
export const testDatabase = async (
  options: { server?: TestServer; demo?: 'tiny' | 'none' } = {},
): Promise<TestDatabase> => {
  const kind = options.server ?? 'embedded';
  const home = join(inject('testHome'), kind);
  const started = await startEmbedded(home, kind === 'debian-15' ? { bin: debianBin } : {});
  const template = await ensureTemplate(home, started.url, options.demo ?? 'none');
  nDatabases += 1;
  const name = `test_${process.pid}_${nDatabases}`;
  // Two copies of one template at once are refused.
  await withLock(`template ${home} copy`, () =>
    withServer(started.url, (sql) => sql.unsafe(`create database "${name}" template "${template}"`)),
  );
  const url = urlOf(started.url, name);
  const connection = connect(url);
  const end = async () => {
    await connection.sql.end({ timeout: 2 });
    await withServer(started.url, (sql) => sql.unsafe(`drop database if exists "${name}" with (force)`));
  };
  return { url, connection, end };
};
