import { index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from '../db/columns';

/** A roll call (点名). */
export const muster = pgTable(
  'muster',
  {
    id: uuid('id').primaryKey(),
    division_code: text('division_code').notNull(),
    /** Path of the division when it was called. */
    path: text('path').notNull(),
    called_at: instant('called_at').notNull(),
    limit_minutes: integer('limit_minutes').notNull(),
    actor_id: text('actor_id').notNull(),
    actor_role: text('actor_role').notNull(),
    /** Null = nobody closed it. */
    closed_at: instant('closed_at'),
  },
  (t) => [index('muster_called').on(t.called_at)],
);

/** Who was called: everybody on the roster at that instant, with where they worked then. An answer is written once. */
export const muster_member = pgTable(
  'muster_member',
  {
    muster_id: uuid('muster_id').notNull(),
    worker_id: text('worker_id').notNull(),
    subdistrict_code: text('subdistrict_code'),
    community_code: text('community_code'),
    grid_code: text('grid_code'),
    answered_at: instant('answered_at'),
    /** `role:division` that answered for the worker. */
    answered_by: text('answered_by'),
  },
  (t) => [primaryKey({ columns: [t.muster_id, t.worker_id] })],
);
