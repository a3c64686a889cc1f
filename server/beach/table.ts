import { index, integer, pgTable, text } from 'drizzle-orm/pg-core';
import { instant, placement, position } from '../db/columns';

/** Beach (沙滩) with the visitors it is meant to hold at once. */
export const beach = pgTable('beach', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  name_en: text('name_en').notNull(),
  capacity: integer('capacity').notNull(),
  ...position,
  ...placement,
});

/** Visitors present on a beach, counted on the hour; a crowd count that knows nobody. */
export const beach_hour = pgTable(
  'beach_hour',
  {
    /** `<beach>-<UTC hour as yyyymmddhh>` */
    id: text('id').primaryKey(),
    beach_id: text('beach_id').notNull(),
    counted_at: instant('counted_at').notNull(),
    n_visitors: integer('n_visitors').notNull(),
  },
  (t) => [index('beach_hour_counted').on(t.counted_at)],
);
