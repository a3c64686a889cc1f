import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type { RungCode, TicketStep, WhistleReply, WhistleStep } from '@/data/model/supervision';
import { instant } from '../db/columns';

/**
 * Rungs of the ladder that were reached (督办阶梯), append-only. `subject` = the clock that ran over:
 * `event:<id>`, or `whistle:<id>:<department>:<sign|contact|arrive>`.
 */
export const supervision_rung = pgTable(
  'supervision_rung',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    subject: text('subject').notNull(),
    event_id: text('event_id').notNull(),
    rung: text('rung').$type<RungCode>().notNull(),
    /** Instant the rung was due by the clock as it stood. */
    due_at: instant('due_at').notNull(),
    /** Instant it was reached here; later than `due_at` after an outage. */
    at: instant('at').notNull(),
    /** Already past when the clock came under supervision: nobody was told of it. */
    is_missed: boolean('is_missed').notNull().default(false),
  },
  (t) => [unique('supervision_rung_once').on(t.subject, t.rung), index('supervision_rung_event').on(t.event_id)],
);

/** Supervision ticket (督办单): its newest image; the history is `supervision_move`. */
export const supervision_ticket = pgTable(
  'supervision_ticket',
  {
    id: text('id').primaryKey(),
    version: integer('version').notNull().default(1),
    number: text('number').notNull().unique(),
    event_id: text('event_id').notNull(),
    /** Clock it was opened for; an order by hand has one of its own. */
    subject: text('subject').notNull().unique(),
    /** How far it has climbed: ticket, note, meeting. */
    rung: text('rung').$type<RungCode>().notNull(),
    /** Whom it presses (督办对象): a department, and its worker where one had the event. */
    department_code: text('department_code'),
    worker_id: text('worker_id'),
    /** Words of the order; empty = by the ladder. */
    text: text('text').notNull().default(''),
    opened_at: instant('opened_at').notNull(),
    /** Reply is due by. */
    deadline_at: instant('deadline_at').notNull(),
    /** Reply of the running round; null = it is owed. A return asks for another. */
    replied_at: instant('replied_at'),
    reply: text('reply').notNull().default(''),
    closed_at: instant('closed_at'),
    result: text('result').notNull().default(''),
  },
  (t) => [index('supervision_ticket_event').on(t.event_id), index('supervision_ticket_opened').on(t.opened_at)],
);

/** Append-only moves of a ticket (督办流转). `seq` counts from 1 within the ticket. */
export const supervision_move = pgTable(
  'supervision_move',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    ticket_id: text('ticket_id').notNull(),
    seq: smallint('seq').notNull(),
    step: text('step').$type<TicketStep>().notNull(),
    at: instant('at').notNull(),
    actor_id: text('actor_id').notNull(),
    actor_role: text('actor_role').notNull(),
    note: text('note').notNull().default(''),
  },
  (t) => [unique('supervision_move_seq').on(t.ticket_id, t.seq)],
);

/** Whistle (街道吹哨、部门报到): a sub-district calls departments to an event. `ended_at`: the event left joint handling. */
export const whistle = pgTable(
  'whistle',
  {
    id: text('id').primaryKey(),
    version: integer('version').notNull().default(1),
    event_id: text('event_id').notNull(),
    /** List `whistle-type`. */
    kind: text('kind').notNull(),
    reason: text('reason').notNull(),
    actor_id: text('actor_id').notNull(),
    blown_at: instant('blown_at').notNull(),
    ended_at: instant('ended_at'),
  },
  (t) => [
    index('whistle_event').on(t.event_id),
    index('whistle_blown').on(t.blown_at),
    // One at a time sounds for an event.
    uniqueIndex('whistle_sounding').on(t.event_id).where(sql`ended_at is null`),
  ],
);

/** A department called by a whistle: its three clocks, its reply and the score the grassroots give it. */
export const whistle_department = pgTable(
  'whistle_department',
  {
    whistle_id: text('whistle_id').notNull(),
    department_code: text('department_code').notNull(),
    version: integer('version').notNull().default(1),
    sign_due_at: instant('sign_due_at').notNull(),
    contact_due_at: instant('contact_due_at').notNull(),
    arrive_due_at: instant('arrive_due_at').notNull(),
    signed_at: instant('signed_at'),
    contacted_at: instant('contacted_at'),
    arrived_at: instant('arrived_at'),
    replied_at: instant('replied_at'),
    /** The four elements (四要素). */
    reply: jsonb('reply').$type<WhistleReply>(),
    /** 1–5, by the sub-district or the community. */
    score: smallint('score'),
    scored_at: instant('scored_at'),
  },
  (t) => [primaryKey({ columns: [t.whistle_id, t.department_code] })],
);

/** Append-only moves of a whistle (吹哨流转). `seq` counts from 1 within the whistle. */
export const whistle_move = pgTable(
  'whistle_move',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    whistle_id: text('whistle_id').notNull(),
    seq: smallint('seq').notNull(),
    /** Null = of the whistle as a whole. */
    department_code: text('department_code'),
    step: text('step').$type<WhistleStep>().notNull(),
    at: instant('at').notNull(),
    actor_id: text('actor_id').notNull(),
    actor_role: text('actor_role').notNull(),
    note: text('note').notNull().default(''),
  },
  (t) => [unique('whistle_move_seq').on(t.whistle_id, t.seq)],
);
