import { doublePrecision, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { instant } from '../db/columns';

/** Grid worker or handler (网格员、处置员). */
export const worker = pgTable('worker', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  /** List `gridworker-type`. */
  worker_type: text('worker_type').notNull(),
  department_code: text('department_code'),
  /** Base grid answered for; null above grid level. */
  grid_code: text('grid_code'),
  community_code: text('community_code'),
  subdistrict_code: text('subdistrict_code'),
});

/** One shift on the roster (值班排班): due, and signed in or not. */
export const duty = pgTable(
  'duty',
  {
    worker_id: text('worker_id').notNull(),
    starts_at: instant('starts_at').notNull(),
    ends_at: instant('ends_at').notNull(),
    /** Null = not signed in (未到岗). */
    signed_in_at: instant('signed_in_at'),
    signed_out_at: instant('signed_out_at'),
    version: integer('version').notNull().default(1),
  },
  (t) => [primaryKey({ columns: [t.worker_id, t.starts_at] }), index('duty_starts').on(t.starts_at)],
);

/**
 * Where a worker on duty was (网格员位置), append-only; types that report a position alone, and only during a shift. Kept as
 * long as the rule `track` of list `retention` has it.
 */
export const worker_position = pgTable(
  'worker_position',
  {
    worker_id: text('worker_id').notNull(),
    at: instant('at').notNull(),
    lng: doublePrecision('lng').notNull(),
    lat: doublePrecision('lat').notNull(),
    subdistrict_code: text('subdistrict_code'),
    community_code: text('community_code'),
    grid_code: text('grid_code'),
  },
  (t) => [primaryKey({ columns: [t.worker_id, t.at] }), index('worker_position_at').on(t.at)],
);
