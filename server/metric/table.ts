import { doublePrecision, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { OwnDraft } from '@/data/metrics/own';
import { instant } from '../db/columns';

/** Target of the customer for a metric in a division (目标值), dated. */
export const target = pgTable(
  'target',
  {
    metric: text('metric').notNull(),
    division_code: text('division_code').notNull(),
    value: doublePrecision('value').notNull(),
    valid_from: instant('valid_from').notNull(),
    valid_to: instant('valid_to'),
  },
  (t) => [primaryKey({ columns: [t.metric, t.division_code, t.valid_from] })],
);

/** A version of a customer's indicator (自建指标); append-only. It answers questions whose clock stands at `since` or later. */
export const own_metric = pgTable(
  'own_metric',
  {
    slug: text('slug').notNull(),
    version: integer('version').notNull(),
    definition: jsonb('definition').$type<Omit<OwnDraft, 'slug' | 'version'>>().notNull(),
    since: instant('since').notNull(),
    actor_id: text('actor_id').notNull(),
  },
  (t) => [primaryKey({ columns: [t.slug, t.version] })],
);
