import {
  bigint,
  boolean,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import type { DisputeRecordKind, DisputeStatus, PartySide } from '@/data/model/dispute';
import { bytes, instant, placement, position } from '../db/columns';

/** One round of a dispute (矛盾纠纷): its newest image. Rounds of a case share `root_id`; the history is `dispute_move`. */
export const dispute = pgTable(
  'dispute',
  {
    id: uuid('id').primaryKey(),
    version: integer('version').notNull().default(1),
    /** Number told to people. */
    number: text('number').notNull().unique(),
    root_id: uuid('root_id').notNull(),
    /** Counts from 1 within the case. */
    round: smallint('round').notNull().default(1),
    title: text('title').notNull(),
    description: text('description').notNull().default(''),
    /** List `dispute-category`. */
    category_code: text('category_code').notNull(),
    category_l1: text('category_l1').notNull(),
    /** List `dispute-scale`, from the number of people. */
    scale: text('scale').notNull(),
    n_people: integer('n_people').notNull(),
    status: text('status').$type<DisputeStatus>().notNull(),
    /** Instant the running status began. */
    status_at: instant('status_at').notNull(),
    address: text('address').notNull().default(''),
    ...position,
    ...placement,
    reported_at: instant('reported_at').notNull(),
    registered_at: instant('registered_at'),
    /** End of the limit in working days of its category, fixed at registration; null = the list sets none. */
    due_at: instant('due_at'),
    settled_at: instant('settled_at'),
    ended_at: instant('ended_at'),
    lead_code: text('lead_code'),
    /** List `dispute-resolution`. */
    method: text('method'),
    score: smallint('score'),
    client_key: text('client_key').notNull().unique(),
  },
  (t) => [
    unique('dispute_round').on(t.root_id, t.round),
    index('dispute_status').on(t.status),
    index('dispute_reported').on(t.reported_at),
    index('dispute_community').on(t.community_code),
  ],
);

/** Append-only history of moves. `seq` counts from 1 within the round. */
export const dispute_move = pgTable(
  'dispute_move',
  {
    dispute_id: uuid('dispute_id').notNull(),
    seq: smallint('seq').notNull(),
    from_status: text('from_status').$type<DisputeStatus>(),
    to_status: text('to_status').$type<DisputeStatus>().notNull(),
    at: instant('at').notNull().defaultNow(),
    actor_id: text('actor_id').notNull(),
    actor_role: text('actor_role').notNull(),
    lead_code: text('lead_code'),
    /** Of a distribution: departments that assist, with blanks between. */
    assist_codes: text('assist_codes').notNull().default(''),
    note: text('note').notNull().default(''),
  },
  (t) => [primaryKey({ columns: [t.dispute_id, t.seq] })],
);

/** Party of a case, over all its rounds; append-only. Nothing joins it to a resident, and nothing finds cases by it. */
export const dispute_party = pgTable(
  'dispute_party',
  {
    root_id: uuid('root_id').notNull(),
    seq: smallint('seq').notNull(),
    /** Round it joined in. */
    round: smallint('round').notNull(),
    side: text('side').$type<PartySide>().notNull(),
    kind: text('kind').$type<'person' | 'entity'>().notNull(),
    /** Its name, sealed (`server/person/cipher.ts`). */
    sealed: bytes('sealed').notNull(),
  },
  (t) => [primaryKey({ columns: [t.root_id, t.seq] })],
);

/** Line of the record (调解记录、答复、协议、回访); append-only. */
export const dispute_record = pgTable(
  'dispute_record',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    dispute_id: uuid('dispute_id').notNull(),
    kind: text('kind').$type<DisputeRecordKind>().notNull(),
    at: instant('at').notNull().defaultNow(),
    actor_id: text('actor_id').notNull(),
    actor_role: text('actor_role').notNull(),
    department_code: text('department_code'),
    text: text('text').notNull(),
    is_kept: boolean('is_kept'),
    client_key: text('client_key').notNull().unique(),
  },
  (t) => [index('dispute_record_dispute').on(t.dispute_id)],
);
