import { date, index, integer, pgTable, text } from 'drizzle-orm/pg-core';
import { placement, position, recordOrigin } from '../db/columns';

/** Legal entity or trader (法人、个体). */
export const entity = pgTable(
  'entity',
  {
    id: text('id').primaryKey(),
    name: text('name').notNull(),
    name_en: text('name_en').notNull(),
    /** Unified social credit code (统一社会信用代码), synthetic: wrong check character. */
    credit_code: text('credit_code').notNull(),
    /** List `entity-type`. */
    entity_type: text('entity_type').notNull(),
    /** List `industry`. */
    industry: text('industry').notNull(),
    building_code: text('building_code'),
    dwelling_code: text('dwelling_code'),
    n_employees: integer('n_employees').notNull(),
    registered_on: date('registered_on').notNull(),
    closed_on: date('closed_on'),
    ...position,
    ...placement,
    ...recordOrigin,
  },
  (t) => [
    index('entity_building').on(t.building_code),
    index('entity_dwelling').on(t.dwelling_code),
    index('entity_grid').on(t.grid_code),
  ],
);
