import { sql } from 'drizzle-orm';
import { bigint, index, integer, jsonb, pgTable, smallint, text, unique } from 'drizzle-orm/pg-core';
import { instant } from '../db/columns';

/** Where a job stands: it waits for its instant, was done, is not wanted any more, or failed too often (死信). */
export type JobState = 'waiting' | 'done' | 'void' | 'dead';

/** Work to be done at an instant (定时任务). One row an act: the same kind and key is the same act, done once. */
export const job = pgTable(
  'job',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    kind: text('kind').notNull(),
    key: text('key').notNull(),
    /** What it is about; all that waits for one thing is ended by it. */
    subject: text('subject').notNull(),
    payload: jsonb('payload').$type<Record<string, string | number>>().notNull().default({}),
    /** Null = it waits for somebody to set the instant. */
    due_at: instant('due_at'),
    state: text('state').$type<JobState>().notNull().default('waiting'),
    /** Times it was begun since it was last put off. */
    attempts: smallint('attempts').notNull().default(0),
    /** Times it was begun at all: who began it earlier knows that it was taken over. */
    turn: integer('turn').notNull().default(0),
    /** Instant another process may begin it; null = nobody is at it. */
    taken_until: instant('taken_until'),
    /** Why the last attempt failed. */
    error: text('error'),
    created_at: instant('created_at').notNull().defaultNow(),
    ended_at: instant('ended_at'),
  },
  (t) => [
    unique('job_key').on(t.kind, t.key),
    index('job_due').on(t.due_at).where(sql`state = 'waiting'`),
    index('job_dead').on(t.ended_at).where(sql`state = 'dead'`),
    index('job_subject').on(t.subject).where(sql`state = 'waiting'`),
  ],
);
