import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { Problem } from '@/data/model/problem';
import { readEnv } from '../env';
import { preparing } from './preparing';
import * as schema from './schema';

export type Sql = postgres.Sql;
export type Database = PostgresJsDatabase<typeof schema>;
/** The database, or an open transaction on it. */
export type Executor = Database | Parameters<Parameters<Database['transaction']>[0]>[0];

/** The driver's own transaction behind one of drizzle's, for what drizzle cannot say: COPY. */
export const sqlOf = (tx: Executor): postgres.TransactionSql =>
  (tx as unknown as { _: { session: { client: postgres.TransactionSql } } })._.session.client;

/**
 * `schema`: the one it can name where that is not the usual one, as in a drill. `reader`: lines in the reader's role, which
 * see what a scope may (`scopedTo`). `owner`: the connection that a scoped one was made of. `hold`: of a scoped one, does a
 * work on one line of it (`onOneLine`).
 */
export type Connection = {
  sql: Sql;
  db: Database;
  schema?: string;
  reader?: Reader;
  owner?: Connection;
  hold?: <T>(work: (held: Connection) => Promise<T>) => Promise<T>;
};

/** `nLost`: lines that were closed so far. */
export type Reader = { lines: Sql; nLost: number };

/** The role that rows are read in for a caller: it may change nothing and, without a scope, sees nothing. */
export const readerRole = 'gridhall_reader';

/** Opens a pool. `url` must point at a migrated Gridhall database. */
export const connect = (url: string, options: { max?: number } = {}): Connection => {
  const open = (connection: Record<string, string>, more: postgres.Options<never> = {}): Sql =>
    postgres(url, {
      max: options.max ?? 10,
      onnotice: () => {},
      // The library waits up to 20 s between attempts; after an outage screens should be back sooner.
      backoff: (attempts) => Math.min(0.05 * 2 ** attempts, 1),
      connection: { TimeZone: 'UTC', idle_in_transaction_session_timeout: 30_000, ...connection },
      ...more,
    });
  const sql = open({ application_name: 'gridhall' });
  const onclose = () => {
    reader.nLost += 1;
  };
  const asReader = { application_name: 'gridhall-reader', role: readerRole };
  const reader: Reader = { lines: open(asReader, { onclose, max_lifetime: null }), nLost: 0 };
  const endOwn = sql.end;
  sql.end = async (wish) => {
    await Promise.all([endOwn(wish), reader.lines.end(wish)]);
  };
  return { sql, db: drizzle(preparing(sql), { schema }), reader };
};

/** Where a pool leads, for another one to the same database. */
export const targetOf = ({ options }: Sql): object => {
  const { host, port, path, database, user, pass, ssl } = options;
  return { host, port, path, database, user, pass, ssl };
};

/** Opens a small pool to the same database that can name the tables of one schema alone. */
export const connectBeside = (beside: Connection, name: string): Connection => {
  const sql = postgres({
    ...targetOf(beside.sql),
    max: 4,
    idle_timeout: 60,
    onnotice: () => {},
    connection: { ...beside.sql.options.connection, search_path: name },
  });
  return { sql, db: drizzle(preparing(sql), { schema }), schema: name };
};

const shared = globalThis as { gridhallConnection?: Connection };

/** The one pool of this process. Throws `unavailable` when no database is configured. */
export const connection = (): Connection => {
  if (!shared.gridhallConnection) {
    const url = readEnv().DATABASE_URL;
    if (!url) throw new Problem('unavailable', 'DATABASE_URL is not set: start the product with `npm start`.');
    shared.gridhallConnection = connect(url);
  }
  return shared.gridhallConnection;
};
