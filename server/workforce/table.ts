import { bigint, doublePrecision, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
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

/** Who looked at whose track, of when, and why (轨迹查看留痕); append-only. */
export const track_view = pgTable(
  'track_view',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    at: instant('at').notNull().defaultNow(),
    /** `role:division` of the caller. */
    viewer: text('viewer').notNull(),
    worker_id: text('worker_id').notNull(),
    from_at: instant('from_at').notNull(),
    to_at: instant('to_at').notNull(),
    purpose: text('purpose').notNull(),
  },
  (t) => [index('track_view_worker').on(t.worker_id, t.at)],
);
