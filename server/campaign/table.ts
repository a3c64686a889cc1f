import { date, index, jsonb, pgTable, primaryKey, smallint, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from '../db/columns';

/** A campaign (重点地区排查整治) as it was opened; what became of it is `campaign_move`. */
export const campaign = pgTable('campaign', {
  id: uuid('id').primaryKey(),
  name: text('name').notNull(),
  /** List `event-category-l1`; empty = all. */
  categories: jsonb('categories').$type<string[]>().notNull(),
  department_code: text('department_code').notNull(),
  /** Local date. */
  starts_on: date('starts_on', { mode: 'string' }).notNull(),
  goal: text('goal').notNull(),
});

/** Divisions a campaign covers. */
export const campaign_area = pgTable(
  'campaign_area',
  {
    campaign_id: uuid('campaign_id').notNull(),
    seq: smallint('seq').notNull(),
    division_code: text('division_code').notNull(),
    /** Path of the division when it was opened. */
    path: text('path').notNull(),
  },
  (t) => [primaryKey({ columns: [t.campaign_id, t.seq] }), index('campaign_area_path').on(t.path)],
);

/** Append-only. `seq` counts from 1 within the campaign: its version. */
export const campaign_move = pgTable(
  'campaign_move',
  {
    campaign_id: uuid('campaign_id').notNull(),
    seq: smallint('seq').notNull(),
    kind: text('kind').$type<'open' | 'extend' | 'close'>().notNull(),
    at: instant('at').notNull(),
    actor_id: text('actor_id').notNull(),
    actor_role: text('actor_role').notNull(),
    /** Its last day from then on, a local date. */
    ends_on: date('ends_on', { mode: 'string' }).notNull(),
    note: text('note').notNull(),
  },
  (t) => [primaryKey({ columns: [t.campaign_id, t.seq] })],
);
