import { customType, doublePrecision, text, timestamp } from 'drizzle-orm/pg-core';

/** Instant with zone, read and written as a JS Date. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date', precision: 3 });

/** PostgreSQL transaction id of 64 bits, as text. */
export const xid8 = customType<{ data: string; driverData: string }>({ dataType: () => 'xid8' });

/** Raw bytes. */
export const bytes = customType<{ data: Buffer }>({ dataType: () => 'bytea' });

/** Degrees, WGS-84 / CGCS2000; both null = the record has no place and stands in `unplaced`. */
export const position = { lng: doublePrecision('lng'), lat: doublePrecision('lat') };

/** Where a record falls (落格入块), resolved when it is written and again by a re-cut; null = it stands in `unplaced`. */
export const placement = {
  subdistrict_code: text('subdistrict_code'),
  community_code: text('community_code'),
  grid_code: text('grid_code'),
  block_code: text('block_code'),
};

/** Who brought a record of the base data in (四类来源): list `data-origin`. What was imported came from the departments. */
export const recordOrigin = { record_origin: text('record_origin').notNull().default('department') };
