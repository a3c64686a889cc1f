import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TransactionSql } from 'postgres';
import type { Sql } from '../db/client';
import { openDuck } from './duck';
import { copyTo, inFolder, readCsv } from './load';

/** What an import of events writes, and by which column its rows belong to an event. */
const batchSources = {
  event: 'id',
  event_transition: 'event_id',
  event_correction: 'event_id',
  event_place: 'event_id',
} as const;
type BatchSource = keyof typeof batchSources;
const sourceNames = Object.keys(batchSources) as BatchSource[];

/** Events of one import beyond which a load is quicker than taking them over. */
const maxBatch = 400_000;

/** Files of a batch in a folder, by source. */
export type BatchFiles = Record<BatchSource, string>;

const filesIn = (folder: string, batch: number): BatchFiles => {
  const file = (source: BatchSource) => join(folder, `${batch}-${source}.parquet`);
  return {
    event: file('event'),
    event_transition: file('event_transition'),
    event_correction: file('event_correction'),
    event_place: file('event_place'),
  };
};

/** What a source of a batch is read from in DuckDB. */
export const readBatchSql = (files: BatchFiles, source: BatchSource): string => `read_parquet('${files[source]}')`;

/**
 * Keeps the rows of the import in `tx` as it leaves them, with their histories, for replicas to take over after its
 * commit. False = too many of them: readers load anew instead.
 */
export const keepBatch = (tx: TransactionSql, batch: number, nEvents: number): Promise<boolean> =>
  inFolder(async (folder) => {
    if (nEvents > maxBatch) return false;
    const files = filesIn(folder, batch);
    const duck = await openDuck({ file: null });
    const { run, close } = await duck.connect();
    try {
      for (const source of sourceNames) {
        const csv = join(folder, `${source}.csv`);
        await copyTo(
          tx,
          csv,
          source,
          ` where ${batchSources[source]} in (select id from event where batch_id = ${batch})`,
        );
        await run(`copy (${readCsv(csv, source)}) to '${files[source]}' (format parquet)`);
        const parquet = await readFile(files[source]);
        await tx`insert into batch_rows (batch_id, source, parquet) values (${batch}, ${source}, ${parquet})`;
      }
    } finally {
      close();
      duck.close();
    }
    return true;
  });

/** Writes the kept rows of a batch into a folder; null = they are gone. */
export const takeBatch = async (sql: Sql, batch: number, folder: string): Promise<BatchFiles | null> => {
  const files = filesIn(folder, batch);
  for (const source of sourceNames) {
    const [row] = await sql<{ parquet: Buffer }[]>`
      select parquet from batch_rows where batch_id = ${batch} and source = ${source}`;
    if (!row) return null;
    await writeFile(files[source], row.parquet);
  }
  return files;
};

/** Removes the rows of batches whose lines have left the log; returns how many. */
export const purgeBatches = async (sql: Sql): Promise<number> => {
  const gone = await sql`
    delete from batch_rows
    where not exists (select from change where kind = 'batch' and id = batch_id::text)`;
  return gone.count;
};
