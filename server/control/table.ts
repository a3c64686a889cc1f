import { index, integer, pgTable, primaryKey, smallint, text, unique, uuid } from 'drizzle-orm/pg-core';
import type { ControlLevel, ControlState, ControlStep } from '@/data/model/control';
import { instant } from '../db/columns';

/** A joint-control ticket (风险联控工单): a risk at a place, pushed down from `origin_code`. It holds nothing about persons. */
export const control = pgTable(
  'control',
  {
    id: uuid('id').primaryKey(),
    /** Number told to people. */
    number: text('number').notNull().unique(),
    /** List `control-source`. */
    source_code: text('source_code').notNull(),
    level: smallint('level').notNull(),
    title: text('title').notNull(),
    /** What the source found. */
    evidence: text('evidence').notNull(),
    /** Division concerned. */
    division_code: text('division_code').notNull(),
    address: text('address').notNull().default(''),
    /** Division that pushed it, and closes it. */
    origin_code: text('origin_code').notNull(),
    pushed_at: instant('pushed_at').notNull(),
    due_at: instant('due_at').notNull(),
    closed_at: instant('closed_at'),
    client_key: text('client_key').notNull().unique(),
  },
  (t) => [index('control_closed').on(t.closed_at)],
);

/** A division's part of a ticket: its newest image; the history is `control_move`. */
export const control_part = pgTable(
  'control_part',
  {
    control_id: uuid('control_id').notNull(),
    division_code: text('division_code').notNull(),
    level: text('level').$type<ControlLevel>().notNull(),
    /** Path of the division, for the branch it stands in. */
    path: text('path').notNull(),
    /** Division that passed it on; null = the top. */
    parent_code: text('parent_code'),
    duty: text('duty').notNull(),
    passed_at: instant('passed_at').notNull(),
    sign_due_at: instant('sign_due_at').notNull(),
    due_at: instant('due_at').notNull(),
    state: text('state').$type<ControlState>().notNull(),
    /** Steps of this part so far. */
    version: integer('version').notNull(),
  },
  (t) => [primaryKey({ columns: [t.control_id, t.division_code] }), index('control_part_division').on(t.division_code)],
);

/** Append-only history of all parts. `seq` counts from 1 within the ticket, `version` within the part. */
export const control_move = pgTable(
  'control_move',
  {
    control_id: uuid('control_id').notNull(),
    seq: integer('seq').notNull(),
    /** Part that was moved. */
    division_code: text('division_code').notNull(),
    version: integer('version').notNull(),
    step: text('step').$type<ControlStep>().notNull(),
    to_state: text('to_state').$type<ControlState>().notNull(),
    at: instant('at').notNull(),
    actor_id: text('actor_id').notNull(),
    actor_role: text('actor_role').notNull(),
    /** Division the actor stands in. */
    actor_division: text('actor_division').notNull(),
    note: text('note').notNull().default(''),
    /** Of a report before those below it: why. */
    reason: text('reason').notNull().default(''),
  },
  (t) => [
    primaryKey({ columns: [t.control_id, t.seq] }),
    unique('control_move_version').on(t.control_id, t.division_code, t.version),
  ],
);
