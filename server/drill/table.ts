import { index, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import type { DrillSummary } from '@/data/model/drill';
import { instant } from '../db/columns';

/** A drill (应急演练). Its events lie in a schema of their own, which is dropped at its end. */
export const drill = pgTable(
  'drill',
  {
    id: uuid('id').primaryKey(),
    name: text('name').notNull(),
    division_code: text('division_code').notNull(),
    /** Path of the division when it was opened. */
    path: text('path').notNull(),
    goal: text('goal').notNull(),
    starts_at: instant('starts_at').notNull(),
    /** Its planned end. */
    ends_at: instant('ends_at').notNull(),
    opened_at: instant('opened_at').notNull(),
    actor_id: text('actor_id').notNull(),
    actor_role: text('actor_role').notNull(),
    /** Null = nobody and nothing has ended it yet. */
    ended_at: instant('ended_at'),
    ended_by: text('ended_by'),
    /** Written at the end, once. */
    summary: jsonb('summary').$type<DrillSummary>(),
  },
  (t) => [index('drill_starts').on(t.starts_at)],
);
