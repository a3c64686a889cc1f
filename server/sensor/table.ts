import { doublePrecision, index, pgTable, text } from 'drizzle-orm/pg-core';
import { instant } from '../db/columns';

/**
 * A device that sends readings (物联感知设备) and where its episode stands. An episode begins with a reading over the
 * limit of its kind, has one event, and ends after the kind's calm time below it.
 */
export const device = pgTable(
  'device',
  {
    id: text('id').primaryKey(),
    /** Key of `data/dictionaries/sensor-kind.json`. */
    kind: text('kind').notNull(),
    name: text('name').notNull(),
    lng: doublePrecision('lng').notNull(),
    lat: doublePrecision('lat').notNull(),
    grid_code: text('grid_code'),
    community_code: text('community_code'),
    subdistrict_code: text('subdistrict_code'),
    /** Key that sends for it. */
    key_id: text('key_id').notNull(),
    registered_at: instant('registered_at').notNull().defaultNow(),
    last_at: instant('last_at'),
    last_value: doublePrecision('last_value'),
    /** Instant the running episode began; null = none runs. */
    over_at: instant('over_at'),
    /** Instant of the first of its newest readings below the limit; null = the newest is over it, or none runs. */
    below_at: instant('below_at'),
    /** Event of the newest episode. */
    event_id: text('event_id'),
  },
  (t) => [index('device_grid').on(t.grid_code)],
);
