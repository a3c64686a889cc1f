import { fileURLToPath } from 'node:url';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';
import { Problem } from '@/data/model/problem';
import { type Connection, connect } from './client';
import { startEmbedded } from './embedded';

const folder = fileURLToPath(new URL('./migrations', import.meta.url));
/** Key of the advisory lock that lets one process migrate at a time. */
const migrationLock = 7_041_225;
const oldestMajor = 15;
/** Schemas of drills. */
const stagePattern = '^drill_[0-9a-f]{32}$';

const once = (url: string) =>
  postgres(url, {
    max: 1,
    connect_timeout: 10,
    onnotice: () => {},
    connection: { application_name: 'gridhall-setup' },
  });

const isMissing = (error: unknown): boolean => error instanceof postgres.PostgresError && error.code === '3D000';

const unreachable = (url: string, cause: unknown): Problem => {
  const { host, pathname } = new URL(url);
  const why = cause instanceof Error ? cause.message : String(cause);
  return new Problem('unavailable', `No PostgreSQL database answers at ${host}${pathname}: ${why}`);
};

/** Creates the database of the URL on its server when it does not exist. */
export const ensureDatabase = async (url: string): Promise<void> => {
  const sql = once(url);
  try {
    const [row] = await sql<{ v: number }[]>`select current_setting('server_version_num')::int / 10000 as v`;
    if (row && row.v < oldestMajor)
      throw new Problem('unavailable', `PostgreSQL ${row.v} is too old: ${oldestMajor} or newer is needed.`);
  } catch (error) {
    if (!isMissing(error)) throw error instanceof Problem ? error : unreachable(url, error);
    await createDatabase(url);
  } finally {
    await sql.end({ timeout: 1 });
  }
};

const createDatabase = async (url: string): Promise<void> => {
  const server = new URL(url);
  const name = decodeURIComponent(server.pathname.slice(1));
  server.pathname = '/postgres';
  const sql = once(server.toString());
  try {
    await sql`create database ${sql(name)} template template0 encoding 'UTF8'`;
  } catch (error) {
    const isThere = error instanceof postgres.PostgresError && ['42P04', '23505'].includes(error.code);
    if (!isThere) throw unreachable(url, error);
  } finally {
    await sql.end({ timeout: 1 });
  }
};

/** Whether a migration is missing that will change tables. */
const isBehind = async (sql: postgres.Sql): Promise<boolean> => {
  const [kept] = await sql<
    { is_there: boolean }[]
  >`select to_regclass('drizzle.__drizzle_migrations') is not null as is_there`;
  if (!kept?.is_there) return false;
  const [last] = await sql<{ at: string }[]>`select max(created_at) as at from drizzle.__drizzle_migrations`;
  return readMigrationFiles({ migrationsFolder: folder }).some(
    ({ folderMillis }) => folderMillis > Number(last?.at ?? 0),
  );
};

/** Drops what running drills have of their own: their views would keep the tables below from being changed. */
const dropStages = async (sql: postgres.Sql): Promise<void> => {
  const stages = await sql<{ name: string }[]>`
    select nspname as name from pg_namespace where nspname ~ ${stagePattern}`;
  for (const { name } of stages) await sql`drop schema ${sql(name)} cascade`;
};

/** Applies the migrations that are missing; drills end at an update. Safe to run from many processes at once. */
export const migrateDatabase = async (url: string): Promise<void> => {
  const sql = once(url);
  try {
    await sql`select pg_advisory_lock(${migrationLock})`;
    if (await isBehind(sql)) await dropStages(sql);
    await migrate(drizzle(sql), { migrationsFolder: folder });
  } finally {
    await sql.end({ timeout: 1 });
  }
};

/** A migrated database, open. `stop` closes it, and the embedded server when nobody else uses it. */
export type OpenDatabase = { url: string; connection: Connection; stop: () => Promise<'stopped' | 'left' | 'foreign'> };

/** Opens the database of `databaseUrl`, or `database` on the embedded server of `home`; made and migrated if needed. */
export const openDatabase = async (options: {
  home: string;
  databaseUrl?: string | undefined;
  database?: string;
}): Promise<OpenDatabase> => {
  const server = options.databaseUrl ? null : await startEmbedded(options.home);
  const target = new URL(options.databaseUrl || server?.url || '');
  if (options.database) target.pathname = `/${options.database}`;
  const url = target.toString();
  try {
    await ensureDatabase(url);
    await migrateDatabase(url);
  } catch (error) {
    await server?.stop();
    throw error;
  }
  const connection = connect(url);
  const stop = async () => {
    await connection.sql.end({ timeout: 0.5 });
    return server ? server.stop() : ('foreign' as const);
  };
  return { url, connection, stop };
};
