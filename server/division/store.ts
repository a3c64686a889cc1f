import { and, asc, eq, or, type SQL, sql } from 'drizzle-orm';
import { type DivisionLevel, type DivisionNode, divisionLevels, type EndedDivision } from '@/data/model/division';
import type { Area, Bbox, Geometry, LngLat } from '@/data/model/geo';
import { Problem } from '@/data/model/problem';
import type { Scope } from '@/data/model/scope';
import type { Connection, Executor } from '../db/client';
import type { Installation } from '../dictionary/store';
import { maskedNames } from '../workforce/store';
import { keptByAreas } from './kept';
import { areaAt } from './rules';
import { base_feature, block, division, specialised_grid, specialised_grid_member } from './table';

const levelOf = (name: DivisionLevel): number => divisionLevels.indexOf(name) + 1;

/** Divisions there were at an instant; null = there are now. */
const isValidAt = (at: Date | null): SQL => {
  const clock = at === null ? sql`now()` : sql`${at.toISOString()}::timestamptz`;
  return sql`(${division.valid_to} is null or ${division.valid_to} > ${clock})
    and (${division.recut_id} is null or ${division.valid_from} <= ${clock})`;
};
const isValid = isValidAt(null);
const isBelow = (scope: Scope): SQL => sql`starts_with(${division.path}, ${scope.path})`;

const nodeColumns = {
  code: division.code,
  parent: division.parent_code,
  level: division.level,
  name: division.name,
  nameEn: division.name_en,
  nationalCode: division.national_code,
  lng: division.lng,
  lat: division.lat,
  bbox: division.bbox,
  areaSqm: division.area_sqm,
};

/** Where a division stands in the tree, and its name; all of it that a post has to know. */
type Standing = { path: string; level: number; name: string };

const standings = keptByAreas(() => new Map<string, Standing>());

/** Where a division stands, kept in the process as every request asks; null = there is none of that code. */
export const standingOf = async (
  connection: Connection,
  installation: Installation,
  code: string,
): Promise<Standing | null> => {
  const known = standings.of(connection, installation);
  const kept = known.get(code);
  if (kept) return kept;
  const [node] = await connection.db
    .select({ path: division.path, level: division.level, name: division.name })
    .from(division)
    .where(eq(division.code, code));
  // One that does not exist is not kept: any word can be asked for.
  if (node) known.set(code, node);
  return node ?? null;
};

/**
 * The caller's territory down to base grids, and its ancestors up to the province, as they were at an instant (null =
 * now); without outlines.
 */
export const readTree = async ({ db }: Connection, scope: Scope, at: Date | null = null): Promise<DivisionNode[]> => {
  const rows = await db
    .select(nodeColumns)
    .from(division)
    .where(and(isValidAt(at), or(isBelow(scope), sql`starts_with(${scope.path}, ${division.path})`)))
    .orderBy(asc(division.level), asc(division.sort), asc(division.code));
  return rows.map(({ lng, lat, level, ...row }) => ({
    ...row,
    level: divisionLevels[level - 1] ?? 'grid',
    center: lng === null || lat === null ? null : [lng, lat],
  }));
};

/** Divisions that a re-cut ended and the caller's post may be told of: of its territory, and above it. */
export const readEnded = ({ db }: Connection, scope: Scope): Promise<EndedDivision[]> =>
  db
    .select({ code: division.code, name: division.name, nameEn: division.name_en, heir: division.heir_code })
    .from(division)
    .where(and(sql`${division.valid_to} <= now()`, sql`starts_with(${division.path}, ${scope.path})`))
    .orderBy(asc(division.code));

/** Names of every division of the installation, old ones too: words for files. */
export const readNames = ({ db }: Connection): Promise<{ code: string; name: string; nameEn: string }[]> =>
  db.select({ code: division.code, name: division.name, nameEn: division.name_en }).from(division);

/** Outline of a division; null geometry = none was drawn or imported. */
export type Outline = {
  code: string;
  parent: string | null;
  name: string;
  nameEn: string;
  center: LngLat | null;
  geometry: Area | null;
};

const toCenter = ({ lng, lat }: { lng: number | null; lat: number | null }): LngLat | null =>
  lng === null || lat === null ? null : [lng, lat];

/** Outlines of one level inside the caller's territory (区划面), as they were at an instant (null = now). */
export const readOutlines = async (
  { db }: Connection,
  scope: Scope,
  level: DivisionLevel,
  at: Date | null = null,
): Promise<Outline[]> => {
  const { code, parent, name, nameEn, lng, lat } = nodeColumns;
  const rows = await db
    .select({ code, parent, name, nameEn, lng, lat, geometry: division.geometry })
    .from(division)
    .where(and(isValidAt(at), isBelow(scope), eq(division.level, levelOf(level))))
    .orderBy(asc(division.sort), asc(division.code));
  return rows.map(({ lng: _lng, lat: _lat, ...row }) => ({ ...row, center: toCenter({ lng: _lng, lat: _lat }) }));
};

/** Feature of the base map (底图要素), drawn in order of rank. */
export type BaseFeature = {
  id: number;
  kind: string;
  rank: number;
  name: string | null;
  nameEn: string | null;
  elevationMetres: number | null;
  geometry: Geometry;
};

/** The whole base map: it tells nothing of people, so every scope gets all of it. */
export const readBaseFeatures = ({ db }: Connection, _scope: Scope): Promise<BaseFeature[]> =>
  db
    .select({
      id: base_feature.id,
      kind: base_feature.kind,
      rank: base_feature.rank,
      name: base_feature.name,
      nameEn: base_feature.name_en,
      elevationMetres: base_feature.elevation_metres,
      geometry: base_feature.geometry,
    })
    .from(base_feature)
    .orderBy(asc(base_feature.rank), asc(base_feature.id));

/** Block (块) with its outline. */
export type BlockOutline = {
  code: string;
  grid: string;
  name: string;
  nameEn: string;
  landUse: string;
  center: LngLat | null;
  bbox: Bbox;
  areaSqm: number;
  geometry: Area;
};

/** Blocks of one base grid, or of the caller's whole territory when `grid` is null. */
export const readBlocks = async (
  { db }: Connection,
  scope: Scope,
  grid: string | null = null,
): Promise<BlockOutline[]> => {
  const rows = await db
    .select({
      code: block.code,
      grid: block.grid_code,
      name: block.name,
      nameEn: block.name_en,
      landUse: block.land_use,
      lng: block.lng,
      lat: block.lat,
      bbox: block.bbox,
      areaSqm: block.area_sqm,
      geometry: block.geometry,
    })
    .from(block)
    .innerJoin(division, eq(division.code, block.grid_code))
    .where(and(isBelow(scope), grid === null ? isValid : eq(block.grid_code, grid)))
    .orderBy(asc(block.code));
  return rows.map(({ lng, lat, ...row }) => ({ ...row, center: toCenter({ lng, lat }) }));
};

/** Specialised grid over a point, with the worker who answers for it, masked; null = none, or not shown to the caller. */
export type CoveringLine = {
  code: string;
  line: string;
  name: string;
  nameEn: string;
  department: string;
  worker: string | null;
};
export type Covering = { grid: string; path: string; block: string | null; lines: CoveringLine[] };

const nearby = (column: SQL, [lng, lat]: LngLat): SQL => sql`
  (${column}->>0)::float8 <= ${lng} and (${column}->>2)::float8 >= ${lng}
  and (${column}->>1)::float8 <= ${lat} and (${column}->>3)::float8 >= ${lat}`;

const gridAt = async (db: Executor, scope: Scope, position: LngLat) => {
  const grids = await db
    .select({ code: division.code, path: division.path, geometry: division.geometry })
    .from(division)
    .where(and(isValid, isBelow(scope), eq(division.level, 6), nearby(sql`${division.bbox}`, position)))
    .orderBy(asc(division.code));
  return areaAt(grids, position);
};

const linesOver = async (db: Executor, scope: Scope, grid: string): Promise<CoveringLine[]> => {
  const lines = await db
    .select({
      code: specialised_grid.code,
      line: specialised_grid.line,
      name: specialised_grid.name,
      nameEn: specialised_grid.name_en,
      department: specialised_grid.department_code,
      worker: specialised_grid.worker_id,
    })
    .from(specialised_grid)
    .innerJoin(specialised_grid_member, eq(specialised_grid_member.specialised_grid_code, specialised_grid.code))
    .where(eq(specialised_grid_member.grid_code, grid))
    .orderBy(asc(specialised_grid.line), asc(specialised_grid.code));
  const ids = lines.flatMap((line) => line.worker ?? []);
  const names = await maskedNames(db, scope, ids);
  return lines.map((line) => ({ ...line, worker: names.get(line.worker ?? '') ?? null }));
};

/** What covers a point (多网合一): its base grid and block, and every specialised grid with its responsible worker. */
export const readCovering = async ({ db }: Connection, scope: Scope, position: LngLat): Promise<Covering> => {
  const grid = await gridAt(db, scope, position);
  if (!grid) throw new Problem('not_found', 'No base grid of your territory covers this point.');
  const blocks = await db
    .select({ code: block.code, geometry: block.geometry })
    .from(block)
    .where(and(eq(block.grid_code, grid.code), nearby(sql`${block.bbox}`, position)))
    .orderBy(asc(block.code));
  const lines = await linesOver(db, scope, grid.code);
  return { grid: grid.code, path: grid.path, block: areaAt(blocks, position)?.code ?? null, lines };
};
