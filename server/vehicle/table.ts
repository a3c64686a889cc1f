import { bigint, date, index, pgTable, text } from 'drizzle-orm/pg-core';
import { bytes } from '../db/columns';

/**
 * Motor vehicle (机动车), kept at a building: it lies where that lies. Synthetic in the demo: no plate begins like a real
 * one. The plate lies sealed as a person's identity does; how it begins and its last characters are all that is told.
 */
export const vehicle = pgTable(
  'vehicle',
  {
    id: bigint('id', { mode: 'number' }).primaryKey(),
    /** The plate, sealed (`server/person/cipher.ts`). */
    sealed: bytes('sealed').notNull(),
    plate_mark: bytes('plate_mark').notNull().unique(),
    /** Province and office of issue (发牌机关代号), the first two characters. */
    plate_region: text('plate_region').notNull(),
    /** The last three characters. */
    plate_tail: text('plate_tail').notNull(),
    /** List `plate-kind`. */
    plate_kind: text('plate_kind').notNull(),
    building_code: text('building_code').notNull(),
    from_on: date('from_on').notNull(),
    /** Null = on the register. */
    to_on: date('to_on'),
  },
  (t) => [index('vehicle_building').on(t.building_code), index('vehicle_tail').on(t.plate_tail)],
);

/** Who holds a vehicle (车辆所有人), a person or an entity, from … to; null end = now. */
export const vehicle_holder = pgTable(
  'vehicle_holder',
  {
    id: bigint('id', { mode: 'number' }).primaryKey(),
    vehicle_id: bigint('vehicle_id', { mode: 'number' }).notNull(),
    person_id: bigint('person_id', { mode: 'number' }),
    entity_id: text('entity_id'),
    from_on: date('from_on').notNull(),
    to_on: date('to_on'),
  },
  (t) => [
    index('vehicle_holder_vehicle').on(t.vehicle_id),
    index('vehicle_holder_person').on(t.person_id),
    index('vehicle_holder_entity').on(t.entity_id),
  ],
);
