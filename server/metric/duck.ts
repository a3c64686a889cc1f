import { rmSync } from 'node:fs';
import { type DuckDBConnection, type DuckDBDataChunk, DuckDBInstance, DuckDBTypeId } from '@duckdb/node-api';
import bindings from '@duckdb/node-bindings';
import { Problem } from '@/data/model/problem';

/** Runs a statement with values as parameters; rows as plain JS values. */
export type Run = (sql: string, params?: Record<string, string>) => Promise<Record<string, unknown>[]>;

/** Columns of a query whose values are all doubles, none of them null: as they lie in memory, nothing made of a row. */
type Numbers = (sql: string, params?: Record<string, string>) => Promise<Float64Array[]>;

/** An open DuckDB. */
export type Duck = {
  /** Null = in memory. */
  file: string | null;
  /** One query on a connection of its own, so that readers never wait for one another; broken off after 10 s. */
  query: Run;
  /** Several queries over one state of the data, broken off together after 10 s. */
  snapshot: <T>(work: (read: { rows: Run; numbers: Numbers }) => Promise<T>) => Promise<T>;
  /** A connection that stays open: temporary tables and transactions live on it. */
  connect: () => Promise<{ run: Run; close: () => void }>;
  close: () => void;
};

const runOn =
  (connection: DuckDBConnection): Run =>
  async (sql, params) =>
    (await connection.runAndReadAll(sql, params)).getRowObjectsJS() as Record<string, unknown>[];

const doublesIn = ({ chunk, rowCount }: DuckDBDataChunk, column: number): Float64Array => {
  const bytes = bindings.vector_get_data(bindings.data_chunk_get_vector(chunk, column), rowCount * 8);
  return new Float64Array(bytes.buffer, bytes.byteOffset, rowCount);
};

const numbersOn =
  (connection: DuckDBConnection): Numbers =>
  async (sql, params) => {
    const result = await connection.run(sql, params);
    const chunks = await result.fetchAllChunks();
    const size = chunks.reduce((sum, { rowCount }) => sum + rowCount, 0);
    return result.columnTypes().map(({ typeId }, column) => {
      if (typeId !== DuckDBTypeId.DOUBLE) throw new Error(`Column ${column} holds no doubles.`);
      const values = new Float64Array(size);
      let at = 0;
      for (const chunk of chunks) {
        values.set(doublesIn(chunk, column), at);
        at += chunk.rowCount;
      }
      return values;
    });
  };

/** Milliseconds after which a reader's query is broken off. */
const maxQueryMs = 10_000;

const create = (file: string | null): Promise<DuckDBInstance> =>
  DuckDBInstance.create(file ?? ':memory:', {
    threads: '2',
    memory_limit: '1GB',
    // pairs of small numbers are counted in an array of up to 2^20 places
    perfect_ht_threshold: '20',
    // the log of an import of 100,000 events takes 30 MB: it is folded into the file now and then, not at each commit
    ...(file ? { temp_directory: `${file}.tmp`, wal_autocheckpoint: '256MB' } : {}),
  });

/** Removes a DuckDB file and what stands beside it. */
export const removeDuck = (file: string): void => {
  for (const path of [file, `${file}.wal`, `${file}.tmp`]) rmSync(path, { recursive: true, force: true });
};

/**
 * Opens the file; one that another process holds is left alone and memory used instead, one that cannot be read is
 * begun anew.
 */
const openInstance = async (file: string | null): Promise<{ instance: DuckDBInstance; file: string | null }> => {
  if (!file) return { instance: await create(null), file };
  try {
    return { instance: await create(file), file };
  } catch (error) {
    if (/lock/i.test(String(error))) return { instance: await create(null), file: null };
    removeDuck(file);
    return { instance: await create(file), file };
  }
};

/** Opens a DuckDB with bounded memory and threads. */
export const openDuck = async (options: { file: string | null; queryMs?: number }): Promise<Duck> => {
  const { instance, file } = await openInstance(options.file);
  const queryMs = options.queryMs ?? maxQueryMs;
  const connect: Duck['connect'] = async () => {
    const connection = await instance.connect();
    return { run: runOn(connection), close: () => connection.closeSync() };
  };
  const reading = async <T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> => {
    const connection = await instance.connect();
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      connection.interrupt();
    }, queryMs);
    try {
      return await work(connection);
    } catch (error) {
      if (!isLate) throw error;
      throw new Problem('busy', `The question took longer than ${queryMs / 1000} s: narrow it or ask again.`);
    } finally {
      clearTimeout(timer);
      connection.closeSync();
    }
  };
  const query: Run = (sql, params) => reading((connection) => runOn(connection)(sql, params));
  const snapshot: Duck['snapshot'] = (work) =>
    reading(async (connection) => {
      await connection.run('begin transaction read only');
      return work({ rows: runOn(connection), numbers: numbersOn(connection) });
    });
  return { file, query, snapshot, connect, close: () => instance.closeSync() };
};
