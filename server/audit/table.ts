import { bigint, index, integer, pgTable, text } from 'drizzle-orm/pg-core';
import { bytes, instant } from '../db/columns';

/**
 * Who looked at data of which persons, when and what for (审计留痕). A trigger numbers the lines without a gap and gives
 * each the hash of itself and of the line before; another refuses changes.
 */
export const audit_line = pgTable(
  'audit_line',
  {
    seq: bigint('seq', { mode: 'number' }).primaryKey(),
    at: instant('at').notNull(),
    /** The caller's account, or `role:division` in a demo. */
    actor_id: text('actor_id').notNull(),
    role: text('role').notNull(),
    division_code: text('division_code').notNull(),
    /** Path of the caller's territory: who may read the line follows from it. */
    path: text('path').notNull(),
    screen: text('screen').notNull(),
    /** One of `auditActions`. */
    action: text('action').notNull(),
    subject: text('subject').notNull(),
    purpose: text('purpose').notNull(),
    n_rows: integer('n_rows').notNull(),
    previous: bytes('previous').notNull(),
    hash: bytes('hash').notNull(),
  },
  (t) => [index('audit_line_at').on(t.at)],
);
