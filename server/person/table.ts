import { bigint, date, index, pgTable, primaryKey, smallint, text } from 'drizzle-orm/pg-core';
import { bytes, recordOrigin } from '../db/columns';

/**
 * Person (人员). Synthetic in the demo: ID numbers fail their checksum. Never read without a purpose. Who it is lies sealed
 * (`cipher.ts`): `…_sealed` opens with the key of the installation alone, `…_mark` is the same for equal values.
 */
export const person = pgTable('person', {
  id: bigint('id', { mode: 'number' }).primaryKey(),
  name_sealed: bytes('name_sealed').notNull(),
  name_mark: bytes('name_mark').notNull(),
  /** 18 characters; in the demo always with a wrong check digit. */
  id_number_sealed: bytes('id_number_sealed').notNull(),
  id_number_mark: bytes('id_number_mark').notNull(),
  /** Birth date and sex the ID number claims, `198005061`; null = it is not of the right shape. */
  id_claim: text('id_claim'),
  phone_sealed: bytes('phone_sealed'),
  phone_mark: bytes('phone_mark'),
  /** 1 male · 2 female (GB/T 2261.1) */
  sex: smallint('sex').notNull(),
  birth_on: date('birth_on').notNull(),
  /** List `population-type`. */
  population_type: text('population_type').notNull(),
  /** Province of household registration (户籍省), 2-digit GB/T 2260. */
  origin: text('origin').notNull(),
});

/** Identities an update found in plain text, until the next start seals them into `person`; empty otherwise. */
export const person_unsealed = pgTable('person_unsealed', {
  id: bigint('id', { mode: 'number' }).primaryKey(),
  name: text('name').notNull(),
  id_number: text('id_number').notNull(),
  phone: text('phone'),
});

/** What an update found in other tables, in plain text or sealed the former way, until the next start seals it; empty otherwise. */
export const unsealed = pgTable(
  'unsealed',
  { table_name: text('table_name').notNull(), row_key: text('row_key').notNull(), text: text('text').notNull() },
  (t) => [primaryKey({ columns: [t.table_name, t.row_key] })],
);

/** A person lives in a dwelling (居住), from … to; null end = now. */
export const residence = pgTable(
  'residence',
  {
    id: bigint('id', { mode: 'number' }).primaryKey(),
    person_id: bigint('person_id', { mode: 'number' }).notNull(),
    dwelling_code: text('dwelling_code').notNull(),
    /** List `residence-relation`. */
    relation: text('relation').notNull(),
    from_on: date('from_on').notNull(),
    to_on: date('to_on'),
    ...recordOrigin,
  },
  (t) => [index('residence_dwelling').on(t.dwelling_code), index('residence_person').on(t.person_id)],
);
