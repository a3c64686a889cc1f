import { boolean, index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from '../db/columns';

/** A View kept under a name (保存的视图). */
export const saved_view = pgTable(
  'saved_view',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    version: integer('version').notNull().default(1),
    /** Actor who saved it, `role:division`. */
    owner_id: text('owner_id').notNull(),
    owner_role: text('owner_role').notNull(),
    owner_division: text('owner_division').notNull(),
    name: text('name').notNull(),
    /** big · mid · small */
    screen: text('screen').notNull(),
    view: jsonb('view').notNull(),
    /** Path of the division the View looks at: who may open it follows from it. */
    path: text('path').notNull(),
    is_shared: boolean('is_shared').notNull().default(false),
    created_at: instant('created_at').notNull().defaultNow(),
    updated_at: instant('updated_at').notNull().defaultNow(),
  },
  (t) => [index('saved_view_owner').on(t.owner_id), index('saved_view_shared').on(t.is_shared, t.path)],
);
