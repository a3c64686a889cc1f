import { bigint, date, doublePrecision, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { Ask } from '@/data/model/ask';
import type { PlanItem } from '@/data/model/assessment';
import { instant } from '../db/columns';

/** A version of what a level is assessed by (考核方案); append-only. */
export const assessment_plan = pgTable(
  'assessment_plan',
  {
    /** subdistrict · community · department · worker */
    level: text('level').notNull(),
    version: integer('version').notNull(),
    cycle: text('cycle').notNull(),
    /** Local date; it governs the periods that begin on it or later. */
    valid_from: date('valid_from', { mode: 'string' }).notNull(),
    items: jsonb('items').$type<PlanItem[]>().notNull(),
    note: text('note').notNull(),
    actor_id: text('actor_id').notNull(),
    recorded_at: instant('recorded_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.level, t.version] })],
);

/** A score entered by hand (线下评分), 0–100; append-only, the newest stands. */
export const assessment_offline = pgTable(
  'assessment_offline',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    level: text('level').notNull(),
    period: text('period').notNull(),
    subject: text('subject').notNull(),
    item: text('item').notNull(),
    points: doublePrecision('points').notNull(),
    note: text('note').notNull(),
    actor_id: text('actor_id').notNull(),
    recorded_at: instant('recorded_at').notNull().defaultNow(),
  },
  (t) => [index('assessment_offline_period').on(t.level, t.period)],
);

/** An appeal (申诉): the question, its parts and its rows as they stood; append-only. */
export const assessment_appeal = pgTable(
  'assessment_appeal',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    level: text('level').notNull(),
    period: text('period').notNull(),
    plan_version: integer('plan_version').notNull(),
    subject: text('subject').notNull(),
    /** Path of the subject's division; the root's for a department. */
    path: text('path').notNull(),
    item: text('item').notNull(),
    reason: text('reason').notNull(),
    question: jsonb('question').$type<Ask>().notNull(),
    as_of: instant('as_of').notNull(),
    /** Watermark of the facts that answered. */
    snapshot: text('snapshot').notNull(),
    numerator: doublePrecision('numerator'),
    denominator: doublePrecision('denominator'),
    /** Id of each row and what it adds to both parts. */
    rows: jsonb('rows').$type<[id: string, numerator: number, denominator: number][]>().notNull(),
    actor_id: text('actor_id').notNull(),
    recorded_at: instant('recorded_at').notNull().defaultNow(),
  },
  (t) => [index('assessment_appeal_subject').on(t.level, t.period, t.subject)],
);
