import { sql } from 'drizzle-orm';
import { index, integer, jsonb, pgTable, primaryKey, real, smallint, text, uuid } from 'drizzle-orm/pg-core';
import type { AddressLevel, AddressMethod, AddressTally, CrsCheck, CrsName, NameTaught } from '@/data/model/address';
import { instant, placement, position } from '../db/columns';

const actor = {
  at: instant('at').notNull(),
  actor_id: text('actor_id').notNull(),
  actor_role: text('actor_role').notNull(),
};

/** Names beside the standard ones (曾用名、俗称); append-only. */
export const address_name = pgTable('address_name', {
  id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
  name: text('name').notNull(),
  /** Standard name of a street or a house. */
  standard: text('standard').notNull(),
  kind: text('kind').$type<NameTaught['kind']>().notNull(),
  ...actor,
});

/** A list of addresses that was handed in (批量匹配). */
export const address_batch = pgTable(
  'address_batch',
  {
    id: uuid('id').primaryKey(),
    name: text('name').notNull(),
    /** SHA-256 of the file. */
    checksum: text('checksum').notNull(),
    /** As declared; null = the list has no positions. */
    crs: text('crs').$type<CrsName>(),
    crs_check: jsonb('crs_check').$type<CrsCheck>(),
    n_rows: integer('n_rows').notNull(),
    n_positions: integer('n_positions').notNull(),
    division_code: text('division_code').notNull(),
    /** Path of the territory of who handed it in: rows are matched inside it. */
    path: text('path').notNull(),
    ...actor,
  },
  (t) => [index('address_batch_path').on(t.path, t.at)],
);

/** A row of a list as it came in; its position in WGS-84, whatever it was declared in. */
export const address_record = pgTable(
  'address_record',
  {
    batch_id: uuid('batch_id').notNull(),
    /** Line in the file; the head is line 1. */
    row: integer('row').notNull(),
    address: text('address').notNull(),
    ...position,
  },
  (t) => [primaryKey({ columns: [t.batch_id, t.row] })],
);

/** A pass over a list: the first over all rows, a later one over those not matched. */
export const address_run = pgTable(
  'address_run',
  {
    batch_id: uuid('batch_id').notNull(),
    run: smallint('run').notNull(),
    /** Rows to be looked at. */
    n_rows: integer('n_rows').notNull(),
    ...actor,
  },
  (t) => [primaryKey({ columns: [t.batch_id, t.run] })],
);

/** A part of a pass that was written, with its rows in one transaction: progress and figures are told from these. */
export const address_chunk = pgTable(
  'address_chunk',
  {
    batch_id: uuid('batch_id').notNull(),
    run: smallint('run').notNull(),
    seq: integer('seq').notNull(),
    last_row: integer('last_row').notNull(),
    n_rows: integer('n_rows').notNull(),
    /** What it changed, by `<method>.<level>`. */
    tally: jsonb('tally').$type<AddressTally>().notNull(),
    /** `last` = the pass is over, `dead` = it was given up. */
    state: text('state').$type<'more' | 'last' | 'dead'>().notNull(),
    at: instant('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.batch_id, t.run, t.seq] })],
);

/** What a row was matched to, as it stands; how it came there is told by `address_chunk` and `address_decision`. */
export const address_match = pgTable(
  'address_match',
  {
    batch_id: uuid('batch_id').notNull(),
    row: integer('row').notNull(),
    run: smallint('run').notNull(),
    method: text('method').$type<AddressMethod>().notNull(),
    level: text('level').$type<AddressLevel>().notNull(),
    score: real('score').notNull(),
    building_code: text('building_code'),
    dwelling_code: text('dwelling_code'),
    /** Smallest division that is sure. */
    division_code: text('division_code'),
    /** Buildings it may mean, the likeliest first. */
    candidates: jsonb('candidates').$type<string[]>().notNull(),
    ...placement,
  },
  (t) => [
    primaryKey({ columns: [t.batch_id, t.row] }),
    index('address_match_open').on(t.batch_id, t.row).where(sql`method = 'none'`),
    index('address_match_building').on(t.building_code).where(sql`building_code is not null`),
  ],
);

/** What a person said a row means; append-only. `seq` counts from 1 within the row. */
export const address_decision = pgTable(
  'address_decision',
  {
    batch_id: uuid('batch_id').notNull(),
    row: integer('row').notNull(),
    seq: smallint('seq').notNull(),
    /** Null = none of the buildings. */
    building_code: text('building_code'),
    note: text('note').notNull(),
    /** What it changed, by `<method>.<level>`. */
    tally: jsonb('tally').$type<AddressTally>().notNull(),
    ...actor,
  },
  (t) => [primaryKey({ columns: [t.batch_id, t.row, t.seq] })],
);
