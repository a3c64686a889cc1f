import { bigint, date, index, pgTable, smallint, text } from 'drizzle-orm/pg-core';

/** Person (人员). Synthetic in the demo: ID numbers fail their checksum. Never read without a purpose. */
export const person = pgTable('person', {
  id: bigint('id', { mode: 'number' }).primaryKey(),
  name: text('name').notNull(),
  /** 18 characters; in the demo always with a wrong check digit. */
  id_number: text('id_number').notNull(),
  phone: text('phone'),
  /** 1 male · 2 female (GB/T 2261.1) */
  sex: smallint('sex').notNull(),
  birth_on: date('birth_on').notNull(),
  /** List `population-type`. */
  population_type: text('population_type').notNull(),
  /** Province of household registration (户籍省), 2-digit GB/T 2260. */
  origin: text('origin').notNull(),
});

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
  },
  (t) => [index('residence_dwelling').on(t.dwelling_code), index('residence_person').on(t.person_id)],
);
