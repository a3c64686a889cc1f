import { pgTable, text } from 'drizzle-orm/pg-core';
import { instant } from '../db/columns';

/** Key of a sending system (推送密钥): its hash alone; `npm run job -- key` makes one and shows it once. */
export const push_key = pgTable('push_key', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  /** Codes of list `event-source` it may send under. */
  sources: text('sources').array().notNull(),
  /** SHA-256 of its secret part, 256 random bits. */
  hash: text('hash').notNull(),
  created_at: instant('created_at').notNull().defaultNow(),
  revoked_at: instant('revoked_at'),
});
