import { sql } from 'drizzle-orm';
import { bigint, index, integer, pgTable, text } from 'drizzle-orm/pg-core';
import { instant, xid8 } from '../db/columns';

/**
 * Change log. Readers take windows `[watermark, xmin)` of `xid`, never a bare `seq`, and merge by (kind, id, version):
 * a serial alone loses rows that commit late.
 */
export const change = pgTable(
  'change',
  {
    seq: bigint('seq', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    xid: xid8('xid').notNull().default(sql`pg_current_xact_id()`),
    /** event · duty · alert · weather · beach · batch (an import of events) · reload (id `*`: a bulk load went past the log) */
    kind: text('kind').notNull(),
    id: text('id').notNull(),
    /** put · delete */
    op: text('op').notNull(),
    version: integer('version').notNull(),
    /** Path of the division the row lies in, for cutting to scope; null = the whole installation. */
    path: text('path'),
    at: instant('at').notNull().defaultNow(),
  },
  (t) => [index('change_xid').on(t.xid)],
);
