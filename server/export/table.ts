import { bigint, index, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { instant } from '../db/columns';

/** Who took which figures or events along, when and what for (导出留痕); append-only, held so by a trigger. */
export const export_log = pgTable(
  'export_log',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    at: instant('at').notNull().defaultNow(),
    /** `role:division` of the caller. */
    actor_id: text('actor_id').notNull(),
    role: text('role').notNull(),
    post_code: text('post_code').notNull(),
    /** Path of the caller's territory: who may read the line follows from it. */
    path: text('path').notNull(),
    screen: text('screen').notNull(),
    /** Division looked at. */
    division_code: text('division_code').notNull(),
    panel: text('panel').notNull(),
    /** csv · xlsx */
    format: text('format').notNull(),
    /** The questions as they were answered. */
    what: jsonb('what').notNull(),
    n_rows: integer('n_rows').notNull(),
    /** Instant the data stood at, and watermark of the facts; null = read from the records themselves. */
    as_of: instant('as_of').notNull(),
    snapshot: text('snapshot'),
    /** One of `exportPurposes`. */
    purpose: text('purpose').notNull(),
    note: text('note').notNull(),
  },
  (t) => [index('export_log_path').on(t.path, t.at), index('export_log_actor').on(t.actor_id, t.at)],
);
