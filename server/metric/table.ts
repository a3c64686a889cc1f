import { doublePrecision, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
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
