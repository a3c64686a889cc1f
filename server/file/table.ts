import { index, integer, pgTable, smallint, text } from 'drizzle-orm/pg-core';
import { instant } from '../db/columns';

/**
 * A photo kept for a step of an event or errand (照片). Its bytes lie under GRIDHALL_HOME by `hash` of what was re-encoded; where it was
 * taken is told to the sender once and kept nowhere. Neither event nor errand = not used yet: it goes after a day.
 */
export const file = pgTable(
  'file',
  {
    id: text('id').primaryKey(),
    /** SHA-256 of the stored bytes; several rows may share them. */
    hash: text('hash').notNull(),
    bytes: integer('bytes').notNull(),
    width: integer('width').notNull(),
    height: integer('height').notNull(),
    /** `role:division` of the sender, `public` from the public page. */
    owner: text('owner').notNull(),
    created_at: instant('created_at').notNull().defaultNow(),
    event_id: text('event_id'),
    errand_id: text('errand_id'),
    /** `seq` of the move it belongs to; 1 = the report of an event. */
    step: smallint('step'),
  },
  (t) => [
    index('file_event').on(t.event_id),
    index('file_errand').on(t.errand_id),
    index('file_hash').on(t.hash),
    index('file_created').on(t.created_at),
  ],
);
