import { sql } from 'drizzle-orm';
import { bigint, boolean, index, integer, jsonb, pgTable, smallint, text, unique } from 'drizzle-orm/pg-core';
import type { EventStatus } from '@/data/model/event';
import { instant, placement, position } from '../db/columns';

/** Event (事件): its newest image; the history is `event_transition`. Null instants = not reached. */
export const event = pgTable(
  'event',
  {
    id: text('id').primaryKey(),
    version: integer('version').notNull().default(1),
    /** Number told to people (受理号). */
    number: text('number').notNull().unique(),
    title: text('title').notNull(),
    description: text('description').notNull().default(''),
    category_code: text('category_code').notNull(),
    category_l1: text('category_l1').notNull(),
    level: smallint('level').notNull(),
    source_code: text('source_code').notNull(),
    status: text('status').$type<EventStatus>().notNull(),
    address: text('address').notNull().default(''),
    building_code: text('building_code'),
    dwelling_code: text('dwelling_code'),
    department_code: text('department_code'),
    worker_id: text('worker_id'),
    ...position,
    ...placement,
    reported_at: instant('reported_at').notNull(),
    accepted_at: instant('accepted_at'),
    registered_at: instant('registered_at'),
    dispatched_at: instant('dispatched_at'),
    signed_at: instant('signed_at'),
    handled_at: instant('handled_at'),
    closed_at: instant('closed_at'),
    evaluated_at: instant('evaluated_at'),
    /** Instant the running status began. */
    status_at: instant('status_at').notNull(),
    /** Instant the newest change was recorded here (入库时间); behind `status_at` when it was reported late. */
    recorded_at: instant('recorded_at').notNull().defaultNow(),
    /** Limits frozen from the category's row when reported. */
    accept_due_at: instant('accept_due_at'),
    handle_due_at: instant('handle_due_at'),
    n_rework: smallint('n_rework').notNull().default(0),
    n_return: smallint('n_return').notNull().default(0),
    n_extension: smallint('n_extension').notNull().default(0),
    /** Times a whistle was blown for it (吹哨). */
    n_whistle: smallint('n_whistle').notNull().default(0),
    is_auto_dispatched: boolean('is_auto_dispatched').notNull().default(false),
    is_self_handled: boolean('is_self_handled').notNull().default(false),
    /** 1–5 from the citizen; null = not asked or no answer. */
    satisfaction: smallint('satisfaction'),
    /** Minutes the handle clock stood still. */
    paused_minutes: integer('paused_minutes').notNull().default(0),
    /** Key chosen by the sender; a repeated send finds the same event. */
    client_key: text('client_key').unique(),
    /** Doubts found when the record came in: closed_before_opened, outside_area … */
    flags: jsonb('flags').$type<string[]>().notNull().default([]),
    /** Import batch; null = reported here. */
    batch_id: integer('batch_id'),
  },
  (t) => [
    index('event_reported').on(t.reported_at),
    index('event_status').on(t.status),
    /** With the status: what waits for a grid's phone is asked every 30 s by each of them. */
    index('event_grid').on(t.grid_code, t.status),
    index('event_community').on(t.community_code),
    index('event_building').on(t.building_code),
    /** Open events of a worker: what he has on his hands when the next is sent. */
    index('event_load')
      .on(t.worker_id)
      .where(sql`worker_id is not null and status in ('S31', 'S40', 'S41', 'S42', 'S43', 'S60')`),
    index('event_worked').on(t.worker_id, t.category_code, t.reported_at).where(sql`worker_id is not null`),
    index('event_batch').on(t.batch_id).where(sql`batch_id is not null`),
  ],
);

/** Append-only history of moves (流转记录). `seq` counts from 1 within the event. */
export const event_transition = pgTable(
  'event_transition',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    event_id: text('event_id').notNull(),
    seq: smallint('seq').notNull(),
    /** Null = reported. */
    from_status: text('from_status').$type<EventStatus>(),
    to_status: text('to_status').$type<EventStatus>().notNull(),
    /** Instant it happened. */
    at: instant('at').notNull(),
    /** Instant it was recorded here (入库时间): later than `at` from a phone that was offline, or a file. */
    recorded_at: instant('recorded_at').notNull().defaultNow(),
    actor_id: text('actor_id').notNull(),
    actor_role: text('actor_role').notNull(),
    department_code: text('department_code'),
    note: text('note').notNull().default(''),
    /** Answer to a request for more time (延期审批); null = the move is none. */
    is_approved: boolean('is_approved'),
    /** Limit asked for or granted, or the day a suspension is looked at again (复核日); null = none. */
    until_at: instant('until_at'),
    /** Minutes the move added to the limit; null (a file, the demo) = as long as the pause it ended. */
    added_minutes: integer('added_minutes'),
    /** Key chosen by the sender; a move sent again finds itself. */
    client_key: text('client_key').unique(),
  },
  (t) => [unique('event_transition_seq').on(t.event_id, t.seq), index('event_transition_at').on(t.at)],
);

/**
 * Append-only corrections of what an event was filed as (更正记录): category and level. `seq` counts from 1 within the
 * event; the event itself carries what the last one says.
 */
export const event_correction = pgTable(
  'event_correction',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    event_id: text('event_id').notNull(),
    seq: smallint('seq').notNull(),
    from_category: text('from_category').notNull(),
    to_category: text('to_category').notNull(),
    from_category_l1: text('from_category_l1').notNull(),
    to_category_l1: text('to_category_l1').notNull(),
    from_level: smallint('from_level').notNull(),
    to_level: smallint('to_level').notNull(),
    /** Instant since when the new words are true: that of the report where they were wrong from the start. */
    at: instant('at').notNull(),
    /** Instant it was recorded here (入库时间). */
    recorded_at: instant('recorded_at').notNull().defaultNow(),
    actor_id: text('actor_id').notNull(),
    actor_role: text('actor_role').notNull(),
    note: text('note').notNull().default(''),
  },
  (t) => [unique('event_correction_seq').on(t.event_id, t.seq)],
);

/** Append-only: an event voided as the same case as another (并案). */
export const event_link = pgTable(
  'event_link',
  {
    event_id: text('event_id').primaryKey(),
    other_id: text('other_id').notNull(),
    at: instant('at').notNull().defaultNow(),
    actor_id: text('actor_id').notNull(),
    actor_role: text('actor_role').notNull(),
  },
  (t) => [index('event_link_other').on(t.other_id)],
);
