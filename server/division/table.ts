import {
  boolean,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uuid,
} from 'drizzle-orm/pg-core';
import type { Area, Bbox, Geometry } from '@/data/model/geo';
import type { RecutMove, RecutProposal } from '@/data/model/recut';
import { instant, placement, position } from '../db/columns';

/** Division tree, province 1 … base grid 6 (六级区划与网格). */
export const division = pgTable(
  'division',
  {
    code: text('code').primaryKey(),
    parent_code: text('parent_code'),
    level: smallint('level').notNull(),
    /** `/44/4403/DP/440307009/`: ancestors and self; scope and drill filter on its prefix. */
    path: text('path').notNull(),
    name: text('name').notNull(),
    name_en: text('name_en').notNull(),
    /** GB/T 2260 + 10114 code; null for a functional district (功能区) outside the national system. */
    national_code: text('national_code'),
    is_functional: boolean('is_functional').notNull().default(false),
    geometry: jsonb('geometry').$type<Area>(),
    bbox: jsonb('bbox').$type<Bbox>(),
    ...position,
    area_sqm: doublePrecision('area_sqm'),
    sort: integer('sort').notNull().default(0),
    valid_from: instant('valid_from').notNull().defaultNow(),
    valid_to: instant('valid_to'),
    /** The re-cut that began it, so that it was not there before; null = it has no known beginning. */
    recut_id: uuid('recut_id'),
    /** The division that took most of its ground by the re-cut that ended it; null = it has not ended. */
    heir_code: text('heir_code'),
  },
  (t) => [index('division_path').on(t.path), index('division_parent').on(t.parent_code)],
);

/** Block (块): a street block, village, park or slope inside one base grid. Blocks of a grid cover it. */
export const block = pgTable('block', {
  code: text('code').primaryKey(),
  grid_code: text('grid_code').notNull(),
  name: text('name').notNull(),
  name_en: text('name_en').notNull(),
  /** town · village · industry · beach · hill · farm · water */
  land_use: text('land_use').notNull(),
  geometry: jsonb('geometry').$type<Area>().notNull(),
  bbox: jsonb('bbox').$type<Bbox>().notNull(),
  ...position,
  area_sqm: doublePrecision('area_sqm').notNull(),
});

/** Specialised grid (专业网格) of one line of duty, laid over base grids. */
export const specialised_grid = pgTable('specialised_grid', {
  code: text('code').primaryKey(),
  /** List `specialised-grid`: P01 fire … */
  line: text('line').notNull(),
  name: text('name').notNull(),
  name_en: text('name_en').notNull(),
  department_code: text('department_code').notNull(),
  /** Responsible specialised grid worker. */
  worker_id: text('worker_id'),
});

export const specialised_grid_member = pgTable(
  'specialised_grid_member',
  { specialised_grid_code: text('specialised_grid_code').notNull(), grid_code: text('grid_code').notNull() },
  (t) => [
    primaryKey({ columns: [t.specialised_grid_code, t.grid_code] }),
    index('sgm_grid').on(t.grid_code, t.specialised_grid_code),
  ],
);

/** Feature of the offline base map (底图要素): land, water, wood, road, beach, building-free ground, label. */
export const base_feature = pgTable('base_feature', {
  id: integer('id').primaryKey(),
  /** land · hill · wood · reservoir · stream · beach · park · built · industry · road · place · sea · outside */
  kind: text('kind').notNull(),
  /** 1 = seen first when zoomed out (motorway, town, main peak) … 5 */
  rank: smallint('rank').notNull(),
  name: text('name'),
  name_en: text('name_en'),
  /** Metres above sea for `hill`; null otherwise. */
  elevation_metres: doublePrecision('elevation_metres'),
  geometry: jsonb('geometry').$type<Geometry>().notNull(),
});

/** Boundaries cut anew (区划调整): who, when, why, and what moved; append-only. */
export const recut = pgTable('recut', {
  id: uuid('id').primaryKey(),
  at: instant('at').notNull(),
  actor_id: text('actor_id').notNull(),
  actor_role: text('actor_role').notNull(),
  /** The division inside which boundaries changed, and its path. */
  division_code: text('division_code').notNull(),
  path: text('path').notNull(),
  reason: text('reason').notNull(),
  proposal: jsonb('proposal').$type<RecutProposal>().notNull(),
  moves: jsonb('moves').$type<RecutMove[]>().notNull(),
  /** Specialised grids with the ended base grids they lay over, as they were. */
  cover: jsonb('cover').$type<{ code: string; grid: string }[]>().notNull(),
});

/** Where a record fell until a re-cut placed it anew; append-only. A record that no re-cut moved has no row. */
export const placement_past = pgTable(
  'placement_past',
  {
    recut_id: uuid('recut_id').notNull(),
    /** Name of the record's table. */
    kind: text('kind').notNull(),
    /** Key of its row; the parts of a key of several columns are joined by `|`. */
    record_id: text('record_id').notNull(),
    ...placement,
    /** Null = from its beginning. */
    from_at: instant('from_at'),
    to_at: instant('to_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.kind, t.record_id, t.to_at] })],
);
