import { bigserial, doublePrecision, index, jsonb, pgTable, primaryKey, smallint, text } from 'drizzle-orm/pg-core';
import type { LngLat } from '@/data/model/geo';
import { instant, placement, position, recordOrigin } from '../db/columns';

/** Building (楼栋), keyed by its 19-digit address code. */
export const building = pgTable(
  'building',
  {
    code: text('code').primaryKey(),
    name: text('name').notNull(),
    name_en: text('name_en').notNull(),
    /** Standard address (标准地址) down to the door number. */
    address: text('address').notNull(),
    /** Popular and short names (俗称、简称). */
    aliases: jsonb('aliases').$type<string[]>().notNull().default([]),
    /** List `house-type`. */
    house_type: text('house_type').notNull(),
    storeys: smallint('storeys').notNull(),
    /** Entrances (单元). */
    units: smallint('units').notNull().default(1),
    built_year: smallint('built_year'),
    area_sqm: doublePrecision('area_sqm').notNull(),
    /** Outer ring of the footprint, closed, degrees. */
    footprint: jsonb('footprint').$type<LngLat[]>().notNull(),
    ...position,
    ...placement,
    valid_from: instant('valid_from').notNull().defaultNow(),
    valid_to: instant('valid_to'),
  },
  (t) => [index('building_grid').on(t.grid_code), index('building_community').on(t.community_code)],
);

/** Dwelling (户、房屋), keyed by its 25-digit address code; placed by its building. */
export const dwelling = pgTable(
  'dwelling',
  {
    code: text('code').primaryKey(),
    building_code: text('building_code').notNull(),
    unit: smallint('unit').notNull(),
    floor: smallint('floor').notNull(),
    /** Room number on the door, `1203`. */
    room: text('room').notNull(),
    /** List `house-use`. */
    house_use: text('house_use').notNull(),
    area_sqm: doublePrecision('area_sqm').notNull(),
    ...recordOrigin,
  },
  (t) => [index('dwelling_building').on(t.building_code)],
);

/**
 * What a dwelling or an entity said of itself until it was written anew: its use; its kind, trade, staff and place. Kept by
 * the store itself whatever writes; append-only. A record that never changed has no row. What was put right and never
 * changes, as a birth date or the position of a building, has none either: it was so all along.
 */
export const attribute_past = pgTable(
  'attribute_past',
  {
    /** Name of the record's table, and the key of its row. */
    kind: text('kind').notNull(),
    record_id: text('record_id').notNull(),
    /** Its columns by name as they were. */
    was: jsonb('was').$type<Record<string, string | number | null>>().notNull(),
    to_at: instant('to_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.kind, t.record_id, t.to_at] })],
);

/** The list of records that have no grid or block (未落格清单). */
export const unplaced = pgTable(
  'unplaced',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    /** building · entity · event · asset · residence */
    kind: text('kind').notNull(),
    record_id: text('record_id').notNull(),
    reason: text('reason').notNull(),
    listed_at: instant('listed_at').notNull().defaultNow(),
  },
  (t) => [index('unplaced_record').on(t.kind, t.record_id)],
);
