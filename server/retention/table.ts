import { date, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { instant } from '../db/columns';

/**
 * A lot of rows whose time was up, erased or made nameless by a night's run (到期清理记录), written in one transaction with
 * that; append-only. A run that found nothing of a rule writes none.
 */
export const retention_lot = pgTable(
  'retention_lot',
  {
    /** Local date of the night. */
    night: date('night', { mode: 'string' }).notNull(),
    seq: integer('seq').notNull(),
    /** Word of list `retention`. */
    rule: text('rule').notNull(),
    n_rows: integer('n_rows').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.night, t.seq] }), index('retention_lot_rule').on(t.rule, t.at)],
);
