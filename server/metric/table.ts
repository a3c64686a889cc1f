import { doublePrecision, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { OwnDraft } from '@/data/metrics/own';
import { bytes, instant } from '../db/columns';

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

/**
 * Rows of an import batch as replicas read them, one Parquet file a source: written by the import itself, so that after
 * its commit nothing is left but to take them over. Gone with the batch's line of the change log.
 */
export const batch_rows = pgTable(
  'batch_rows',
  {
    batch_id: integer('batch_id').notNull(),
    source: text('source').notNull(),
    parquet: bytes('parquet').notNull(),
  },
  (t) => [primaryKey({ columns: [t.batch_id, t.source] })],
);
