import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { TransactionSql } from 'postgres';
import type { Sql } from '../db/client';
import type { Installation } from '../dictionary/store';
import type { Run } from './duck';
import { cellOfSql, factNames, factsRevision, frameSql, numberCodesSql, sortedFactSql } from './facts';
import { createRollSql } from './roll';
import { type SourceName, selectOf, sources, typesOf } from './source';
import { readZone } from './zone';

/** What a replica's file belongs to; any difference means it holds other data and is loaded anew. */
export type Identity = { cluster: string; facts: string; installation: string };

/** Which cluster, database, installation and shape of facts a replica is of. */
export const readIdentity = async (sql: Sql, installation: Installation): Promise<Identity> => {
  const [row] = await sql<{ cluster: string }[]>`
    select (select system_identifier from pg_control_system()) || '/' ||
      (select oid from pg_database where datname = current_database()) as cluster`;
  const { root, timeZone, seededAt } = installation;
  return {
    cluster: row?.cluster ?? '',
    facts: factsRevision(),
    installation: [root, timeZone, seededAt].join(' '),
  };
};

/** Where a load stands in the log: all transactions below `watermark` are in it. `lastSeq` 0 = the log was empty. */
export type Loaded = { watermark: string; lastSeq: number; at: Date };

const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** Query over a file that `copyTo` wrote. */
export const readCsv = (file: string, name: SourceName): string => {
  const types = Object.entries(typesOf(name)).map(([key, type]) => `${quote(key)}: ${quote(type)}`);
  return (
    `select * from read_csv(${quote(file)}, columns = {${types.join(', ')}}, auto_detect = false, header = false, ` +
    `delim = ',', quote = '"', escape = '"', nullstr = '\\N')`
  );
};

/** Bytes that are written at once: the store sends a row at a time, and writing each takes longer than reading it. */
const writtenAtOnce = 256 * 1024;

/** Joins what passes into larger pieces. */
const joining = (): Transform => {
  let held: Buffer[] = [];
  let nBytes = 0;
  const take = () => {
    const joined = Buffer.concat(held);
    held = [];
    nBytes = 0;
    return joined;
  };
  return new Transform({
    transform: (piece: Buffer, _encoding, done) => {
      held.push(piece);
      nBytes += piece.length;
      done(null, nBytes < writtenAtOnce ? undefined : take());
    },
    flush: (done) => done(null, take()),
  });
};

/** Copies the rows of a source that meet a condition into a file. */
export const copyTo = async (sql: Sql | TransactionSql, file: string, name: SourceName, where = ''): Promise<void> => {
  const rows = await sql.unsafe(`copy (${selectOf(name)}${where}) to stdout (format csv, null '\\N')`).readable();
  await pipeline(rows, joining(), createWriteStream(file));
  // postgres.js 3.4 pauses the socket when a push overflows and resumes it on the next read; after the last row
  // there is none, and the connection would stand still for ever.
  rows._read(0);
};

const sourceNames = Object.keys(sources) as SourceName[];

/** Copies every source in one snapshot; the edge is read first, so nothing committed later can be missed. */
const copyOut = (sql: Sql, folder: string): Promise<Loaded> =>
  sql.begin('isolation level repeatable read read only', async (tx) => {
    await tx`set local idle_in_transaction_session_timeout = 0`;
    const [edge] = await tx<{ watermark: string; last_seq: string; at: string }[]>`
      select pg_snapshot_xmin(pg_current_snapshot())::text as watermark,
        (select coalesce(max(seq), 0) from change) as last_seq, statement_timestamp() as at`;
    for (const name of sourceNames) await copyTo(tx, join(folder, `${name}.csv`), name);
    return {
      watermark: edge?.watermark ?? '0',
      lastSeq: Number(edge?.last_seq ?? 0),
      at: new Date(edge?.at ?? 0),
    };
  });

/** Moves of histories that are folded at once. */
const movesAtOnce = 400_000;

/** Says which slice of the events a fact of histories is made of. */
export const setSlice = async (run: Run, slice: number, nSlices: number): Promise<void> => {
  await run(`set variable n_slices = ${nSlices}`);
  await run(`set variable slice = ${slice}`);
};

/** Creates the histories, slice by slice. */
const buildSpans = async (run: Run): Promise<void> => {
  const [row] = await run('select count(*)::double as n from stage_event_transition');
  const nSlices = Math.max(1, Math.ceil(Number(row?.n ?? 0) / movesAtOnce));
  for (let slice = 0; slice < nSlices; slice += 1) {
    await setSlice(run, slice, nSlices);
    await run(
      `${slice === 0 ? 'create or replace table event_span as' : 'insert into event_span'} ${sortedFactSql('event_span')}`,
    );
  }
};

const buildFacts = async (run: Run, folder: string, root: string): Promise<void> => {
  await run(`set variable root = ${quote(root)}`);
  for (const name of sourceNames)
    await run(`create or replace temp table stage_${name} as ${readCsv(join(folder, `${name}.csv`), name)}`);
  for (const statement of frameSql(await readZone(run))) await run(statement);
  for (const name of factNames) {
    if (name === 'event_span') await buildSpans(run);
    else await run(`create or replace table ${name} as ${sortedFactSql(name)}`);
    if (name === 'root_cell') await run(cellOfSql);
    if (name === 'cell') await run(numberCodesSql());
  }
  for (const statement of createRollSql()) await run(statement);
  for (const name of sourceNames) await run(`drop table temp.stage_${name}`);
};

/** Remembers the watermark beside the rows it is true for; called inside their transaction. */
export const writeState = (run: Run, { watermark, lastSeq }: Loaded): Promise<unknown> =>
  run('update replica_state set watermark = $watermark, last_seq = $seq::bigint', { watermark, seq: String(lastSeq) });

const createState = async (run: Run, identity: Identity, loaded: Loaded): Promise<void> => {
  await run('create or replace table replica_state (identity varchar, watermark varchar, last_seq bigint)');
  await run('insert into replica_state (identity) values ($identity)', { identity: JSON.stringify(identity) });
  await writeState(run, loaded);
};

/** Runs in one DuckDB transaction; readers see all of it or nothing. */
export const inTransaction = async (run: Run, work: () => Promise<void>): Promise<void> => {
  await run('begin transaction');
  try {
    await work();
    await run('commit');
  } catch (error) {
    await run('rollback');
    throw error;
  }
};

/** Runs with a folder for copied files that is gone afterwards. */
export const inFolder = async <T>(work: (folder: string) => Promise<T>): Promise<T> => {
  const folder = await mkdtemp(join(tmpdir(), 'gridhall-facts-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

/** Loads every fact anew from the store. */
export const loadFacts = (run: Run, sql: Sql, options: { root: string; identity: Identity }): Promise<Loaded> =>
  inFolder(async (folder) => {
    const loaded = await copyOut(sql, folder);
    await inTransaction(run, async () => {
      await buildFacts(run, folder, options.root);
      await createState(run, options.identity, loaded);
    });
    return loaded;
  });

/**
 * The state of a file from an earlier run, if it may be followed on from: same cluster, same facts, and the last line it
 * has applied still in the log, so nothing after it has been purged. Null = load anew.
 */
export const readState = async (run: Run, sql: Sql, identity: Identity): Promise<Loaded | null> => {
  const [there] = await run("select 1 as there from duckdb_tables() where table_name = 'replica_state'");
  if (!there) return null;
  const [state] = await run('select * from replica_state');
  if (state?.identity !== JSON.stringify(identity)) return null;
  const lastSeq = Number(state.last_seq);
  const [log] = await sql<{ whole: boolean }[]>`
    select case when ${lastSeq}::bigint = 0 then coalesce((select min(seq) from change), 1) = 1
      else exists (select from change where seq = ${lastSeq}::bigint) end as whole`;
  return log?.whole ? { watermark: String(state.watermark), lastSeq, at: new Date(0) } : null;
};
