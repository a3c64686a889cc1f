import { integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { bytes, instant } from '../db/columns';

/** An event that came over the public page, and the receipt that tells its progress (受理回执). */
export const public_report = pgTable('public_report', {
  event_id: text('event_id').primaryKey(),
  receipt: text('receipt').notNull().unique(),
  created_at: instant('created_at').notNull().defaultNow(),
});

/** How to reach who reported it, apart from the case and sealed (`server/person/cipher.ts`); no row = he left nothing. */
export const public_contact = pgTable('public_contact', {
  event_id: text('event_id').primaryKey(),
  sealed: bytes('sealed').notNull(),
});

/** Calls of one sender in one window of time; the sender's address is kept as a keyed hash alone. */
export const intake_turn = pgTable(
  'intake_turn',
  {
    sender: text('sender').notNull(),
    window_at: instant('window_at').notNull(),
    turns: integer('turns').notNull(),
  },
  (t) => [primaryKey({ columns: [t.sender, t.window_at] })],
);
