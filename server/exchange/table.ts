import { integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { instant } from '../db/columns';

/** Ledger of what came in (导入批次), one row a batch. */
export const import_batch = pgTable('import_batch', {
  id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
  kind: text('kind').notNull(),
  source_name: text('source_name').notNull(),
  /** SHA-256 of the file. */
  checksum: text('checksum').notNull(),
  at: instant('at').notNull().defaultNow(),
  n_read: integer('n_read').notNull(),
  n_accepted: integer('n_accepted').notNull(),
  n_flagged: integer('n_flagged').notNull(),
  n_refused: integer('n_refused').notNull(),
  /** Reasons with row numbers: [{row, reason, flag}] */
  report: jsonb('report').notNull(),
});
