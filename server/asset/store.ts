import { and, asc, between, eq, inArray, isNotNull, ne, notInArray, type SQL } from 'drizzle-orm';
import { singlePersonTypes } from '@/data/model/asset';
import type { Area, Bbox, LngLat } from '@/data/model/geo';
import type { PointRow } from '@/data/model/points';
import { Problem } from '@/data/model/problem';
import { isAggregateOnly, type Scope } from '@/data/model/scope';
import type { Connection } from '../db/client';
import { inTerritory } from '../db/scope';
import { asset } from './table';

/** Force, base, key part or key area on the map (平安队伍、阵地、重点部件、重点区域). */
export type AssetPoint = {
  id: string;
  group: string;
  /** Word of list `resource-type`. */
  type: string;
  name: string;
  nameEn: string;
  position: LngLat;
};

/** Points of a query; `isCut` = more lie there than the budget lets through. */
export type AssetPoints = { points: AssetPoint[]; isCut: boolean };

const inside = ([west, south, east, north]: Bbox): SQL | undefined =>
  and(between(asset.lng, west, east), between(asset.lat, south, north));

/**
 * Assets of the caller's territory inside a box, of all types or those named, up to a budget of rows. Forces are
 * people: where the caller gets aggregates only, they are left out.
 */
export const listAssetPoints = async (
  { db }: Connection,
  scope: Scope,
  query: { bbox: Bbox | null; groups: string[]; types: string[]; budget: number },
): Promise<AssetPoints> => {
  const rows = await db
    .select({
      id: asset.id,
      group: asset.asset_group,
      type: asset.asset_type,
      name: asset.name,
      nameEn: asset.name_en,
      lng: asset.lng,
      lat: asset.lat,
    })
    .from(asset)
    .where(
      and(
        isNotNull(asset.lng),
        isAggregateOnly(scope) ? ne(asset.asset_group, 'force') : undefined,
        query.bbox ? inside(query.bbox) : undefined,
        query.groups.length > 0 ? inArray(asset.asset_group, query.groups) : undefined,
        query.types.length > 0 ? inArray(asset.asset_type, query.types) : undefined,
        await inTerritory(db, scope, asset),
      ),
    )
    .orderBy(asc(asset.id))
    .limit(query.budget + 1);
  const points = rows
    .slice(0, query.budget)
    .flatMap(({ lng, lat, ...row }) =>
      lng === null || lat === null ? [] : [{ ...row, position: [lng, lat] as LngLat }],
    );
  return { points, isCut: rows.length > query.budget };
};

/** One asset as its card shows it. Null position = it stands in `unplaced`. */
export type AssetCard = Omit<AssetPoint, 'position'> & {
  position: LngLat | null;
  subdistrict: string | null;
  community: string | null;
  grid: string | null;
  hasOutline: boolean;
};

/** An asset of the caller's territory; `not_found` elsewhere, and for forces where the caller gets aggregates only. */
export const readAsset = async ({ db }: Connection, scope: Scope, id: string): Promise<AssetCard> => {
  const [row] = await db
    .select({
      id: asset.id,
      group: asset.asset_group,
      type: asset.asset_type,
      name: asset.name,
      nameEn: asset.name_en,
      lng: asset.lng,
      lat: asset.lat,
      subdistrict: asset.subdistrict_code,
      community: asset.community_code,
      grid: asset.grid_code,
      geometry: asset.geometry,
    })
    .from(asset)
    .where(
      and(
        eq(asset.id, id),
        isAggregateOnly(scope) ? ne(asset.asset_group, 'force') : undefined,
        await inTerritory(db, scope, asset),
      ),
    );
  if (!row) throw new Problem('not_found', `No asset ${id} in your territory.`, { id });
  const { lng, lat, geometry, ...card } = row;
  return { ...card, position: lng === null || lat === null ? null : [lng, lat], hasOutline: geometry !== null };
};

/**
 * All assets of the caller's territory that have a place, as points of the map. Where the caller gets aggregates only,
 * forces that are one person are left out.
 */
export const assetMapPoints = async ({ db }: Connection, scope: Scope): Promise<PointRow[]> => {
  const rows = await db
    .select({
      id: asset.id,
      lng: asset.lng,
      lat: asset.lat,
      assetGroup: asset.asset_group,
      assetType: asset.asset_type,
    })
    .from(asset)
    .where(
      and(
        isNotNull(asset.lng),
        isNotNull(asset.lat),
        isAggregateOnly(scope) ? notInArray(asset.asset_type, [...singlePersonTypes]) : undefined,
        await inTerritory(db, scope, asset),
      ),
    );
  return rows.map(({ id, lng, lat, ...codes }) => ({ id, lng: lng ?? 0, lat: lat ?? 0, codes }));
};

/** Outline of an asset (重点区域范围), in degrees. */
export type AssetArea = {
  id: string;
  group: string;
  /** Word of list `resource-type`. */
  type: string;
  name: string;
  nameEn: string;
  geometry: Area;
};

/** Key areas of the caller's territory that have an outline; the others are points alone. */
export const assetAreas = async ({ db }: Connection, scope: Scope): Promise<AssetArea[]> => {
  const rows = await db
    .select({
      id: asset.id,
      group: asset.asset_group,
      type: asset.asset_type,
      name: asset.name,
      nameEn: asset.name_en,
      geometry: asset.geometry,
    })
    .from(asset)
    .where(and(eq(asset.asset_group, 'key_area'), isNotNull(asset.geometry), await inTerritory(db, scope, asset)))
    .orderBy(asc(asset.id));
  return rows.flatMap(({ geometry, ...row }) => (geometry ? [{ ...row, geometry }] : []));
};
