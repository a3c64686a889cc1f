import { inArray } from 'drizzle-orm';
import { z } from 'zod';
import type { Executor } from '../db/client';
import { import_batch } from './table';

/** An import as its ledger tells it (导入批次): the file, when it came in, and what became of its rows. */
export const Batch = z.object({
  id: z.number(),
  file: z.string(),
  at: z.iso.datetime(),
  nRead: z.number(),
  nAccepted: z.number(),
  nFlagged: z.number(),
  nRefused: z.number(),
});
export type Batch = z.infer<typeof Batch>;

/** Imports by their numbers. */
export const readBatches = async (db: Executor, ids: readonly number[]): Promise<Batch[]> => {
  if (ids.length === 0) return [];
  const { id, source_name: file, at, n_read: nRead, n_accepted: nAccepted } = import_batch;
  const { n_flagged: nFlagged, n_refused: nRefused } = import_batch;
  const rows = await db
    .select({ id, file, at, nRead, nAccepted, nFlagged, nRefused })
    .from(import_batch)
    .where(inArray(id, [...ids]));
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
};
