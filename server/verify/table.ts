import { sql } from 'drizzle-orm';
import { index, integer, jsonb, pgTable, primaryKey, smallint, text, unique, uuid } from 'drizzle-orm/pg-core';
import type { DoubtKind, DoubtRule, DoubtState, QualityField, VisitResult } from '@/data/model/verify';
import { instant } from '../db/columns';

const actor = {
  at: instant('at').notNull(),
  actor_id: text('actor_id').notNull(),
  actor_role: text('actor_role').notNull(),
};

/** A set of rules run over the base data of a division (核查批次). */
export const verify_batch = pgTable(
  'verify_batch',
  {
    id: uuid('id').primaryKey(),
    name: text('name').notNull(),
    /** In the order they are run. */
    rules: jsonb('rules').$type<DoubtRule[]>().notNull(),
    division_code: text('division_code').notNull(),
    /** Path of the division when it was opened. */
    path: text('path').notNull(),
    ...actor,
    /** Null = its records were not sent to their grids yet. */
    sent_at: instant('sent_at'),
    sent_by: text('sent_by'),
  },
  (t) => [index('verify_batch_path').on(t.path, t.at)],
);

/** One rule of a batch that was run, with the records it found in one transaction: progress is told from these. */
export const verify_chunk = pgTable(
  'verify_chunk',
  {
    batch_id: uuid('batch_id').notNull(),
    seq: smallint('seq').notNull(),
    /** Null = given up. */
    rule: text('rule').$type<DoubtRule>(),
    /** Records it looked at. */
    n_seen: integer('n_seen').notNull(),
    n_found: integer('n_found').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.batch_id, t.seq] })],
);

/** A doubtful record (存疑数据) and the task to see it. How it came to its state is told by `verify_result`. */
export const doubt = pgTable(
  'doubt',
  {
    /** `<batch>:<number within the batch>`. */
    id: text('id').primaryKey(),
    batch_id: uuid('batch_id').notNull(),
    rule: text('rule').$type<DoubtRule>().notNull(),
    field: text('field').$type<QualityField>().notNull(),
    kind: text('kind').$type<DoubtKind>().notNull(),
    record_id: text('record_id').notNull(),
    building_code: text('building_code'),
    subdistrict_code: text('subdistrict_code'),
    community_code: text('community_code'),
    grid_code: text('grid_code'),
    /** MD5 of what the record said as it was found: confirmed, it is not found again until it says something else. */
    stamp: text('stamp').notNull(),
    /** Grows with each visit. */
    version: integer('version').notNull().default(1),
    state: text('state').$type<DoubtState>().notNull().default('found'),
    found_at: instant('found_at').notNull(),
    sent_at: instant('sent_at'),
    /** When it was last seen to. */
    visited_at: instant('visited_at'),
    /** When it was confirmed, changed or found gone. */
    done_at: instant('done_at'),
  },
  (t) => [
    index('doubt_batch').on(t.batch_id),
    index('doubt_record').on(t.record_id, t.rule),
    index('doubt_open').on(t.grid_code).where(sql`state in ('sent', 'unreachable')`),
  ],
);

/** What a visit came to and what it put right; append-only. `seq` = version of the doubtful record after it. */
export const verify_result = pgTable(
  'verify_result',
  {
    doubt_id: text('doubt_id').notNull(),
    seq: integer('seq').notNull(),
    result: text('result').$type<VisitResult>().notNull(),
    /** Columns that were changed, as they stood and as they were put. */
    before: jsonb('before').$type<Record<string, unknown>>().notNull(),
    after: jsonb('after').$type<Record<string, unknown>>().notNull(),
    note: text('note').notNull(),
    ...actor,
    recorded_at: instant('recorded_at').notNull(),
    client_key: uuid('client_key').notNull(),
  },
  (t) => [primaryKey({ columns: [t.doubt_id, t.seq] }), unique('verify_result_key').on(t.client_key)],
);
