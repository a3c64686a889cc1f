import { index, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import type { Area } from '@/data/model/geo';
import { placement, position } from '../db/columns';

/** Force 平安队伍, base 平安阵地, key part 重点部件 or key area 重点区域. */
export const asset = pgTable(
  'asset',
  {
    id: text('id').primaryKey(),
    /** force · base · key_part · key_area */
    asset_group: text('asset_group').notNull(),
    /** List `resource-type`: T01, Z01, B01, Q01 … */
    asset_type: text('asset_type').notNull(),
    name: text('name').notNull(),
    name_en: text('name_en').notNull(),
    /** Outline of a key area; null for points. */
    geometry: jsonb('geometry').$type<Area>(),
    ...position,
    ...placement,
  },
  (t) => [index('asset_grid').on(t.grid_code)],
);
