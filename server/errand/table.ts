import { index, integer, pgTable, primaryKey, smallint, text, uuid } from 'drizzle-orm/pg-core';
import type { ErrandKind, ErrandResult, ErrandStep } from '@/data/model/errand';
import { instant } from '../db/columns';

/** Errands issued together (任务批次): of one kind, to the grids of an area. */
export const errand_batch = pgTable(
  'errand_batch',
  {
    id: uuid('id').primaryKey(),
    kind: text('kind').$type<ErrandKind>().notNull(),
    division_code: text('division_code').notNull(),
    /** Path of the division when it was issued. */
    path: text('path').notNull(),
    per_grid: smallint('per_grid').notNull(),
    note: text('note').notNull().default(''),
    issued_at: instant('issued_at').notNull(),
    due_at: instant('due_at').notNull(),
    actor_id: text('actor_id').notNull(),
    actor_role: text('actor_role').notNull(),
    /** Null = nobody took back what was left of it. */
    void_at: instant('void_at'),
  },
  (t) => [index('errand_batch_issued').on(t.issued_at)],
);

/** One thing to look at (任务), as it stands; placed in the grid that looks, not where the thing is. */
export const errand = pgTable(
  'errand',
  {
    /** `<batch>-<n>` */
    id: text('id').primaryKey(),
    version: integer('version').notNull().default(1),
    batch_id: uuid('batch_id').notNull(),
    kind: text('kind').$type<ErrandKind>().notNull(),
    subdistrict_code: text('subdistrict_code'),
    community_code: text('community_code'),
    grid_code: text('grid_code'),
    /** `building:…`, `entity:…`, `event:…` */
    subject: text('subject').notNull(),
    name: text('name').notNull(),
    /** Of an event; null otherwise. */
    category_code: text('category_code'),
    address: text('address').notNull().default(''),
    issued_at: instant('issued_at').notNull(),
    due_at: instant('due_at').notNull(),
    received_at: instant('received_at'),
    finished_at: instant('finished_at'),
    result: text('result').$type<ErrandResult>(),
    answer: text('answer').notNull().default(''),
    void_at: instant('void_at'),
  },
  (t) => [
    index('errand_grid').on(t.grid_code, t.finished_at),
    index('errand_batch_id').on(t.batch_id),
    index('errand_subject').on(t.subject),
  ],
);

/** Append-only steps of errands (任务流转). */
export const errand_move = pgTable(
  'errand_move',
  {
    errand_id: text('errand_id').notNull(),
    seq: smallint('seq').notNull(),
    step: text('step').$type<ErrandStep>().notNull(),
    /** Instant it happened; `recorded_at` is later from a phone that was offline. */
    at: instant('at').notNull(),
    recorded_at: instant('recorded_at').notNull().defaultNow(),
    actor_id: text('actor_id').notNull(),
    actor_role: text('actor_role').notNull(),
    result: text('result').$type<ErrandResult>(),
    note: text('note').notNull().default(''),
    /** Key chosen by the sender; a step sent again finds itself. */
    client_key: text('client_key').unique(),
  },
  (t) => [primaryKey({ columns: [t.errand_id, t.seq] })],
);
