import { index, jsonb, pgTable, primaryKey, smallint, text } from 'drizzle-orm/pg-core';
import type { Area } from '@/data/model/geo';
import { instant } from '../db/columns';

/** One message of a warning (预警信息), shaped as an `alert` with one `info` of CAP 1.2. Messages are never changed but for `ended_at`. */
export const alert = pgTable(
  'alert',
  {
    id: text('id').primaryKey(),
    /** CAP identifier. */
    identifier: text('identifier').notNull().unique(),
    sender: text('sender').notNull(),
    sent_at: instant('sent_at').notNull(),
    /** Actual · Exercise · Test */
    status: text('status').notNull(),
    /** Alert · Update · Cancel */
    msg_type: text('msg_type').notNull(),
    /** Identifiers of the messages this one replaces or cancels, with blanks between; null = none. */
    refers_to: text('refers_to'),
    /** List `weather-warning`: 11B06-blue … */
    warning_code: text('warning_code').notNull(),
    /** 1 Ⅰ red … 4 Ⅳ blue; null = white. */
    level: smallint('level'),
    headline: text('headline').notNull(),
    headline_en: text('headline_en').notNull(),
    description: text('description').notNull().default(''),
    effective_at: instant('effective_at').notNull(),
    expires_at: instant('expires_at').notNull(),
    /** Superseded or cancelled at; null = it ran, or runs, until it expires. */
    ended_at: instant('ended_at'),
  },
  (t) => [index('alert_sent').on(t.sent_at), index('alert_expires').on(t.expires_at)],
);

/** A place a warning is for: a division, or an area of its own such as a part of the sea. */
export const alert_area = pgTable(
  'alert_area',
  {
    alert_id: text('alert_id').notNull(),
    seq: smallint('seq').notNull(),
    name: text('name').notNull(),
    name_en: text('name_en').notNull(),
    /** Null = not a division. */
    division_code: text('division_code'),
    /** Null = the outline of its division. */
    geometry: jsonb('geometry').$type<Area>(),
  },
  (t) => [primaryKey({ columns: [t.alert_id, t.seq] }), index('alert_area_division').on(t.division_code)],
);
