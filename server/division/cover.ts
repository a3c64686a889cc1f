import { area, pointOnFeature, polygon } from '@turf/turf';
import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import type { Geometry as AnyGeometry, Feature, FeatureCollection } from 'geojson';
import { merge } from 'topojson-client';
import { topology } from 'topojson-server';
import { presimplify, simplify } from 'topojson-simplify';
import type { GeometryCollection, MultiPolygon, Polygon, Topology } from 'topojson-specification';
import type { MultiPolygon as GeoMultiPolygon, LngLat } from '@/data/model/geo';
import { Problem } from '@/data/model/problem';
import type { Scope } from '@/data/model/scope';
import type { Connection } from '../db/client';
import { maskedNames } from '../workforce/store';
import { readOutlines } from './store';
import { division, specialised_grid, specialised_grid_member } from './table';

/** Which line is asked for: by itself, by one of its grids, by its department; the first one when nothing is named. */
export type LineAsk = { line?: string | undefined; of?: string | undefined; department?: string | undefined };

export type SpecialisedGrid = {
  code: string;
  /** Word of list `specialised-grid`. */
  line: string;
  name: string;
  nameEn: string;
  department: string;
  worker: string | null;
  grids: string[];
};

const inScope = (scope: Scope) => sql`starts_with(${division.path}, ${scope.path})`;

/** Specialised grids with those of their base grids that lie in the caller's territory; none of them = left out. */
const readGrids = async (
  { db }: Connection,
  scope: Scope,
  where: ReturnType<typeof eq> | undefined,
): Promise<SpecialisedGrid[]> => {
  const rows = await db
    .select({
      code: specialised_grid.code,
      line: specialised_grid.line,
      name: specialised_grid.name,
      nameEn: specialised_grid.name_en,
      department: specialised_grid.department_code,
      worker: specialised_grid.worker_id,
      grids: sql<string[]>`array_agg(${division.code} order by ${division.code})`,
    })
    .from(specialised_grid)
    .innerJoin(specialised_grid_member, eq(specialised_grid_member.specialised_grid_code, specialised_grid.code))
    .innerJoin(division, eq(division.code, specialised_grid_member.grid_code))
    .where(and(where, inScope(scope)))
    .groupBy(specialised_grid.code)
    .orderBy(asc(specialised_grid.line), asc(specialised_grid.code));
  return rows;
};

const lineOf = async ({ db }: Connection, { line, of, department }: LineAsk): Promise<string | null> => {
  if (line) return line;
  const [row] = await db
    .select({ line: specialised_grid.line })
    .from(specialised_grid)
    .where(
      of ? eq(specialised_grid.code, of) : department ? eq(specialised_grid.department_code, department) : undefined,
    )
    .orderBy(asc(specialised_grid.line), asc(specialised_grid.code))
    .limit(1);
  return row?.line ?? null;
};

/** `center`: where its label stands, inside its largest part. */
export type SpecialisedProperties = Omit<SpecialisedGrid, 'grids' | 'worker'> & { nGrids: number; center: LngLat };
export type SpecialisedAreas = FeatureCollection<GeoMultiPolygon, SpecialisedProperties>;

type Member = { code: string };
type Shared = Topology<{ area: GeometryCollection<Member> }>;

/** Corners thinner than this go, in square degrees; the same as for base grids, so that the borders lie on theirs. */
const leastCorner = 8e-10;

const round = (degrees: number): number => Math.round(degrees * 1e5) / 1e5;

const rounded = ({ coordinates }: { coordinates: number[][][][] }): GeoMultiPolygon => ({
  type: 'MultiPolygon',
  coordinates: coordinates.map((rings) =>
    rings.map((ring) => ring.map(([lng = 0, lat = 0]): LngLat => [round(lng), round(lat)])),
  ),
});

/** A point inside the largest part of an area. */
const labelPoint = ({ coordinates }: { coordinates: LngLat[][][] }): LngLat => {
  const parts = coordinates.map((rings) => polygon(rings));
  const [largest] = parts.sort((a, b) => area(b) - area(a));
  const [lng = 0, lat = 0] = largest ? pointOnFeature(largest).geometry.coordinates : [];
  return [round(lng), round(lat)];
};

/** Outlines of one line (专业网格面): each the union of its base grids, cut to the caller's territory. */
export const specialisedAreas = async (
  connection: Connection,
  scope: Scope,
  ask: LineAsk,
): Promise<SpecialisedAreas> => {
  const line = await lineOf(connection, ask);
  const grids = line === null ? [] : await readGrids(connection, scope, eq(specialised_grid.line, line));
  if (grids.length === 0) return { type: 'FeatureCollection', features: [] };
  const outlines = await readOutlines(connection, scope, 'grid');
  const features = outlines.flatMap(({ code, geometry }): Feature<AnyGeometry, Member>[] =>
    geometry ? [{ type: 'Feature', properties: { code }, geometry }] : [],
  );
  const collection: FeatureCollection<AnyGeometry, Member> = { type: 'FeatureCollection', features };
  const shared = topology({ area: collection }, 1e6) as unknown as Shared;
  const thinned = simplify(presimplify(shared), leastCorner) as unknown as Shared;
  const byCode = new Map(thinned.objects.area.geometries.map((member) => [(member.properties as Member).code, member]));
  return {
    type: 'FeatureCollection',
    features: grids.flatMap(
      ({ grids: members, worker: _, ...words }): Feature<GeoMultiPolygon, SpecialisedProperties>[] => {
        const areas = members.flatMap((code) => byCode.get(code) ?? []) as (Polygon | MultiPolygon)[];
        if (areas.length === 0) return [];
        const geometry = rounded(merge(thinned, areas) as { coordinates: number[][][][] });
        return [
          { type: 'Feature', properties: { ...words, nGrids: members.length, center: labelPoint(geometry) }, geometry },
        ];
      },
    ),
  };
};

/** One specialised grid of the caller's territory, its worker masked; no worker where the caller gets aggregates only. */
export const readSpecialised = async (connection: Connection, scope: Scope, code: string): Promise<SpecialisedGrid> => {
  const [grid] = await readGrids(connection, scope, eq(specialised_grid.code, code));
  if (!grid) throw new Problem('not_found', `No specialised grid ${code} in your territory.`, { code });
  const names = await maskedNames(connection.db, scope, grid.worker ? [grid.worker] : []);
  return { ...grid, worker: names.get(grid.worker ?? '') ?? null };
};

/** A line over a base grid that must be covered, with the specialised grid that does. */
export type CoverLine = Omit<SpecialisedGrid, 'grids'>;
/** `missing`: lines laid over the installation that leave this base grid uncovered. */
export type Cover = { grid: string; lines: CoverLine[]; missing: string[] };

/** Every specialised grid over a base grid of the caller's territory (多网合一), and the lines that leave it out. */
export const readCover = async (connection: Connection, scope: Scope, grid: string): Promise<Cover> => {
  const { db } = connection;
  const [own] = await db
    .select({ code: division.code })
    .from(division)
    .where(and(eq(division.code, grid), inScope(scope)));
  if (!own) throw new Problem('not_found', `No base grid ${grid} in your territory.`, { grid });
  const member = db
    .select({ code: specialised_grid_member.specialised_grid_code })
    .from(specialised_grid_member)
    .where(eq(specialised_grid_member.grid_code, grid));
  const over = await readGrids(connection, scope, inArray(specialised_grid.code, member));
  const laid = await db
    .selectDistinct({ line: specialised_grid.line })
    .from(specialised_grid)
    .orderBy(asc(specialised_grid.line));
  const names = await maskedNames(
    db,
    scope,
    over.flatMap(({ worker }) => worker ?? []),
  );
  return {
    grid,
    lines: over.map(({ grids: _, worker, ...line }) => ({ ...line, worker: names.get(worker ?? '') ?? null })),
    missing: laid.map(({ line }) => line).filter((line) => !over.some((row) => row.line === line)),
  };
};
