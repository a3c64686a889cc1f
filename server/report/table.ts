import { boolean, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { instant } from '../db/columns';

/** Reports somebody put together (自定义报告), a row a version: the greatest stands; append-only, held so by a trigger. */
export const saved_report = pgTable(
  'saved_report',
  {
    id: text('id').notNull(),
    version: integer('version').notNull(),
    /** Actor who saved it, `role:division`. */
    owner_id: text('owner_id').notNull(),
    owner_role: text('owner_role').notNull(),
    owner_division: text('owner_division').notNull(),
    name: text('name').notNull(),
    blocks: jsonb('blocks').notNull(),
    /** Division reported on, and its path: who may open it follows from it. */
    division_code: text('division_code').notNull(),
    path: text('path').notNull(),
    period: text('period').notNull(),
    /** Clock of the report; its figures are read by the record of then. */
    at: instant('at').notNull(),
    is_shared: boolean('is_shared').notNull(),
    /** Taken off the lists with this version. */
    is_removed: boolean('is_removed').notNull().default(false),
    saved_at: instant('saved_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.id, t.version] }),
    index('saved_report_owner').on(t.owner_id),
    index('saved_report_path').on(t.path),
  ],
);
