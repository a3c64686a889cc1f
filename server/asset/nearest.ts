import { and, asc, between, inArray, isNotNull, notInArray } from 'drizzle-orm';
import { singlePersonTypes } from '@/data/model/asset';
import type { LngLat } from '@/data/model/geo';
import type { Route } from '@/data/model/road';
import { isAggregateOnly, type Scope } from '@/data/model/scope';
import type { Connection } from '../db/client';
import { inTerritory } from '../db/scope';
import type { RoadFinder } from '../road/finder';
import { roadFinderOf } from '../road/store';
import { asset } from './table';

/**
 * A force or base, the community it stands in, and the way from it to the place asked about. Null name = not told to the
 * caller, who knows it by the number at its end; null number = it has none.
 */
export type NearestAsset = Route & {
  id: string;
  group: string;
  /** Word of list `resource-type`. */
  type: string;
  name: string | null;
  nameEn: string | null;
  number: string | null;
  community: string | null;
};

export type NearestQuery = { position: LngLat; radiusMetres: number; groups: string[]; types: string[]; limit: number };

type Candidate = Omit<NearestAsset, keyof Route> & { position: LngLat; apart: number };

/** Assets a way on the road is looked for, the nearest in a straight line. */
const maxCandidates = 200;

const metresPerDegree = 111_195;

/** Number of a team at the end of its name, no longer than four digits: nobody's telephone. */
const numberIn = (name: string): string | null => /(?<!\d)\d{1,4}$/.exec(name)?.[0] ?? null;

/** Assets inside the circle, the nearest in a straight line first; a wall gets no force that is one person. */
const candidatesOf = async (
  { db }: Connection,
  scope: Scope,
  query: NearestQuery,
  finder: RoadFinder,
): Promise<Candidate[]> => {
  const { position, radiusMetres, groups, types } = query;
  const [lng, lat] = position;
  const reach = radiusMetres / metresPerDegree;
  const reachLng = reach / Math.cos((lat * Math.PI) / 180);
  const isAggregate = isAggregateOnly(scope);
  const rows = await db
    .select({
      id: asset.id,
      group: asset.asset_group,
      type: asset.asset_type,
      name: asset.name,
      nameEn: asset.name_en,
      community: asset.community_code,
      lng: asset.lng,
      lat: asset.lat,
    })
    .from(asset)
    .where(
      and(
        isNotNull(asset.lng),
        between(asset.lng, lng - reachLng, lng + reachLng),
        between(asset.lat, lat - reach, lat + reach),
        groups.length > 0 ? inArray(asset.asset_group, groups) : undefined,
        inArray(asset.asset_type, types),
        isAggregate ? notInArray(asset.asset_type, [...singlePersonTypes]) : undefined,
        await inTerritory(db, scope, asset),
      ),
    )
    .orderBy(asc(asset.id));
  return rows
    .flatMap(({ lng: x, lat: y, name, nameEn, ...row }): Candidate[] => {
      if (x === null || y === null) return [];
      const names = isAggregate && row.group === 'force' ? { name: null, nameEn: null } : { name, nameEn };
      return [
        { ...row, ...names, number: numberIn(name), position: [x, y], apart: finder.metresBetween([x, y], position) },
      ];
    })
    .filter(({ apart }) => apart <= radiusMetres)
    .sort((a, b) => a.apart - b.apart)
    .slice(0, maxCandidates);
};

/** By road first, then by minutes; equal ones by id, so that the order is the same everywhere. */
const compare = (a: NearestAsset, b: NearestAsset): number =>
  Number(b.isByRoad) - Number(a.isByRoad) || a.minutes - b.minutes || (a.id < b.id ? -1 : 1);

/**
 * The first of the candidates by time on the road (最近力量). Ways are looked for in order of straight distance until no
 * candidate left could be quicker than the slowest one held.
 */
export const orderByRoad = (
  candidates: readonly Candidate[],
  position: LngLat,
  limit: number,
  finder: RoadFinder,
): NearestAsset[] => {
  let held: NearestAsset[] = [];
  for (const { position: from, apart, ...row } of candidates) {
    const slowest = held[limit - 1];
    if (slowest?.isByRoad && finder.leastMinutes(apart) > slowest.minutes) break;
    held = [...held, { ...row, ...finder.route(from, position) }].sort(compare).slice(0, limit);
  }
  return held;
};

/** For who gets aggregates only a force's way begins on the road, not at the door; without a road it is not told. */
const fromTheRoad = (row: NearestAsset): NearestAsset =>
  row.group === 'force' ? { ...row, walks: row.isByRoad ? row.walks.slice(1) : [] } : row;

/** Forces and bases of the caller's territory within a radius, quickest by road first. */
export const findNearest = async (
  connection: Connection,
  scope: Scope,
  query: NearestQuery,
): Promise<NearestAsset[]> => {
  const finder = await roadFinderOf(connection);
  const candidates = await candidatesOf(connection, scope, query, finder);
  const rows = orderByRoad(candidates, query.position, query.limit, finder);
  return isAggregateOnly(scope) ? rows.map(fromTheRoad) : rows;
};
