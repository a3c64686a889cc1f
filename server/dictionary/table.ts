import { jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { instant } from '../db/columns';

/** One word of one list (字典项), valid in a half-open interval. */
export const term = pgTable(
  'term',
  {
    list: text('list').notNull(),
    code: text('code').notNull(),
    zh: text('zh').notNull(),
    en: text('en').notNull(),
    parent: text('parent'),
    /** Columns particular to the list: limits, departments, flags. */
    attrs: jsonb('attrs').$type<Record<string, string>>().notNull().default({}),
    valid_from: instant('valid_from').notNull(),
    valid_to: instant('valid_to'),
    source: text('source').notNull(),
  },
  (t) => [primaryKey({ columns: [t.list, t.code, t.valid_from] })],
);

/** Settings of this installation: `installation` → {name, nameEn, root, timeZone, locale, demo, seededAt}. */
export const setting = pgTable('setting', { key: text('key').primaryKey(), value: jsonb('value').notNull() });

/** Who changed which rule, and how (规则变更记录), append-only; the rows themselves stand in `term`. */
export const rule_change = pgTable(
  'rule_change',
  {
    list: text('list').notNull(),
    code: text('code').notNull(),
    recorded_at: instant('recorded_at').notNull().defaultNow(),
    /** set · withdrawn */
    act: text('act').$type<'set' | 'withdrawn'>().notNull(),
    valid_from: instant('valid_from').notNull(),
    before: jsonb('before').$type<Record<string, string>>().notNull(),
    after: jsonb('after').$type<Record<string, string>>().notNull(),
    actor_id: text('actor_id').notNull(),
    actor_role: text('actor_role').notNull(),
    note: text('note').notNull(),
  },
  (t) => [primaryKey({ columns: [t.list, t.code, t.recorded_at] })],
);
