import { sql } from 'drizzle-orm';
import {
  bigint,
  date,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { instant } from '../db/columns';

/**
 * A person in a care or service category (关爱与服务对象), list `care-group` and nothing else. Apart from `person`: who may
 * read persons may not by that read this.
 */
export const care = pgTable(
  'care',
  {
    id: text('id').primaryKey(),
    person_id: bigint('person_id', { mode: 'number' }).notNull(),
    group_code: text('group_code').notNull(),
    dwelling_code: text('dwelling_code').notNull(),
    building_code: text('building_code').notNull(),
    subdistrict_code: text('subdistrict_code'),
    community_code: text('community_code'),
    grid_code: text('grid_code'),
    from_on: date('from_on').notNull(),
    to_on: date('to_on'),
    client_key: uuid('client_key').unique(),
  },
  (t) => [
    index('care_grid').on(t.grid_code),
    uniqueIndex('care_person').on(t.person_id, t.group_code).where(sql`to_on is null`),
  ],
);

/** A visit that was due (应走访), told once: by when, when it was done, what it found. The next one follows from it. */
export const care_visit = pgTable(
  'care_visit',
  {
    care_id: text('care_id').notNull(),
    seq: smallint('seq').notNull(),
    /** Last instant of the local day it is due on. */
    due_at: instant('due_at').notNull(),
    /** Null = not done yet. */
    visited_at: instant('visited_at'),
    /** well · need · left */
    result: text('result'),
    note: text('note').notNull().default(''),
    /** `role:division` that told of it. */
    actor_id: text('actor_id'),
    /** Left the register before it was due. */
    voided_at: instant('voided_at'),
    client_key: uuid('client_key').unique(),
  },
  (t) => [
    primaryKey({ columns: [t.care_id, t.seq] }),
    index('care_visit_open').on(t.due_at).where(sql`visited_at is null and voided_at is null`),
  ],
);

/** A visit that met nobody (未见到); the visit stays due. */
export const care_attempt = pgTable(
  'care_attempt',
  {
    client_key: uuid('client_key').primaryKey(),
    care_id: text('care_id').notNull(),
    seq: smallint('seq').notNull(),
    at: instant('at').notNull(),
    note: text('note').notNull(),
    actor_id: text('actor_id').notNull(),
  },
  (t) => [index('care_attempt_care').on(t.care_id)],
);

/**
 * Homes called because a warning covers them (预警叫应): those where somebody of the register lives, one row a home. An
 * answer is written once.
 */
export const care_call = pgTable(
  'care_call',
  {
    alert_id: text('alert_id').notNull(),
    dwelling_code: text('dwelling_code').notNull(),
    subdistrict_code: text('subdistrict_code'),
    community_code: text('community_code'),
    grid_code: text('grid_code'),
    /** Persons of the register who live there. */
    n_persons: integer('n_persons').notNull(),
    called_at: instant('called_at').notNull(),
    due_at: instant('due_at').notNull(),
    /** Somebody there has answered; null = not yet. */
    confirmed_at: instant('confirmed_at'),
    /** `role:division` that reached them. */
    actor_id: text('actor_id'),
  },
  (t) => [
    primaryKey({ columns: [t.alert_id, t.dwelling_code] }),
    index('care_call_grid').on(t.grid_code, t.confirmed_at),
    index('care_call_dwelling').on(t.dwelling_code),
  ],
);
