import { type DemoSize, type DemoTable, demoTables } from '@/data/demo';
import { Problem } from '@/data/model/problem';
import { matchDemo } from '../address/demo';
import { collectDemo } from '../collection/demo';
import { loadTerms } from '../dictionary/seed';
import { readCipher } from '../person/cipher';
import { ensureKey } from '../person/key';
import { sealRows } from '../person/sealed';
import { superviseDemo } from '../supervision/demo';
import { verifyDemo } from '../verify/demo';
import type { Connection } from './client';
import { copyRows } from './copy';

/** Key of the advisory lock that lets one process load the demo at a time. */
const seedLock = 7_041_226;

/** Setting of a demo that was loaded to its end. */
const wholeKey = 'demo_whole';

/** `seconds` = all of it; `loadSeconds` = its tables alone, rows generated, copied and indexed. */
export type Seeded = { rows: number; seconds: number; loadSeconds: number };

/** Whether the database holds an installation: a loaded demo or imported data. */
export const isInstalled = async ({ sql }: Connection): Promise<boolean> => {
  const rows = await sql`select key from setting where key = 'installation'`;
  return rows.length === 1;
};

/** Whether what was begun is done: imported data, or a demo and all that is worked out of its tables. */
export const isWhole = async ({ sql }: Connection): Promise<boolean> => {
  const rows = await sql`
    select from setting where key = 'installation' and (value ->> 'demo' is null
      or exists (select from setting where key = ${wholeKey}))`;
  return rows.length === 1;
};

/**
 * Loads the demo into a database that holds no installation; null when it holds one, whose demo is then made whole. All
 * tables in one transaction: a kill at any moment leaves the database empty or loaded. The change log is left out: replicas
 * start from the tables.
 */
export const seedDemo = async (connection: Connection, options: Options): Promise<Seeded | null> => {
  await ensureKey(connection);
  const loaded = (await isInstalled(connection)) ? null : await load(connection, options);
  // Not in the transaction of the load, as it follows the rules of the house; after a kill in between the next start goes on.
  await superviseDemo(connection);
  await matchDemo(connection);
  await verifyDemo(connection);
  await collectDemo(connection);
  await connection.sql`insert into setting (key, value) values (${wholeKey}, 'true') on conflict do nothing`;
  return loaded;
};

type Options = { size: DemoSize; at: Date; log?: (line: string) => void; tables?: Iterable<DemoTable> };

const load = async (connection: Connection, options: Options): Promise<Seeded | null> => {
  const started = performance.now();
  await loadTerms(connection.db);
  const loaded = await connection.sql.begin(async (tx) => {
    await tx`set local idle_in_transaction_session_timeout = 0`;
    await tx`select pg_advisory_xact_lock(${seedLock})`;
    const [there] = await tx<{ installed: boolean; used: boolean }[]>`
      select exists (select from setting where key = 'installation') as installed,
        exists (select from division) or exists (select from event) as used`;
    if (there?.installed) return null;
    if (there?.used)
      throw new Problem('conflict', 'The database holds data of no known installation: give the demo an empty one.');
    return loadTables(tx, options.tables ?? demoTables(options), options.log ?? (() => {}));
  });
  if (loaded === null) return null;
  await connection.sql`vacuum (analyze)`;
  return { ...loaded, seconds: (performance.now() - started) / 1000 };
};

type Tx = Parameters<Parameters<Connection['sql']['begin']>[1]>[0];

/** What tables that hold identities are sealed by on their way in. */

const loadTables = async (
  tx: Tx,
  tables: Iterable<DemoTable>,
  log: (line: string) => void,
): Promise<Omit<Seeded, 'seconds'>> => {
  let total = 0;
  let milliseconds = 0;
  const cipher = await readCipher();
  for (const { table, columns, rows } of tables) {
    const from = performance.now();
    // Truncated in the same transaction, a table is loaded without write-ahead log (wal_level = minimal).
    if (table !== 'setting') await tx`truncate ${tx(table)}`;
    const restore = await dropIndexes(tx, table);
    const made = sealRows(cipher, table, { columns, rows });
    const n = await copyRows(tx, { table, columns: [...made.columns] }, made.rows);
    for (const statement of restore) await tx.unsafe(statement);
    total += n;
    milliseconds += performance.now() - from;
    log(`${table}: ${n.toLocaleString('en')} rows, ${((performance.now() - from) / 1000).toFixed(1)} s`);
  }
  return { rows: total, loadSeconds: milliseconds / 1000 };
};

/** Drops a table's indexes and keys for the load; returns the statements that make them again. */
const dropIndexes = async (tx: Tx, table: string): Promise<string[]> => {
  const keys = await tx<{ name: string; body: string }[]>`
    select conname as name, pg_get_constraintdef(oid) as body from pg_constraint
    where conrelid = ${table}::regclass and contype in ('p', 'u')`;
  for (const { name } of keys) await tx`alter table ${tx(table)} drop constraint ${tx(name)}`;
  const indexes = await tx<{ name: string; body: string }[]>`
    select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as body from pg_index
    where indrelid = ${table}::regclass`;
  for (const { name } of indexes) await tx.unsafe(`drop index ${name}`);
  return [
    ...keys.map(({ name, body }) => `alter table "${table}" add constraint "${name}" ${body}`),
    ...indexes.map(({ body }) => body),
  ];
};
