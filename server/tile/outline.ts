import type { Feature, FeatureCollection, Geometry as AnyGeometry, MultiLineString } from 'geojson';
import { feature, mesh } from 'topojson-client';
import { topology } from 'topojson-server';
import { presimplify, simplify } from 'topojson-simplify';
import type { GeometryCollection, GeometryObject, Topology } from 'topojson-specification';
import type { DivisionLevel } from '@/data/model/division';
import type { Area, Bbox } from '@/data/model/geo';

/** A division with its outline, as the map needs it. Path = codes of all ancestors and itself, `/44/4403/DP/`. */
export type Outline = {
  code: string;
  path: string;
  level: DivisionLevel;
  name: string;
  nameEn: string;
  center: [number, number] | null;
  bbox: Bbox | null;
  geometry: Area | null;
};

export type OutlineProperties = Omit<Outline, 'geometry' | 'level' | 'path'>;

/** Ranks of a border: 1 edge of the territory · 2 between sub-districts · 3 between communities · 4 between grids. */
export type BorderRank = 1 | 2 | 3 | 4;

const round = (degrees: number) => Math.round(degrees * 1e5) / 1e5;

/** Coordinates to 5 decimals (1 m), neighbouring repeats dropped. */
export const roundGeometry = <G extends { coordinates: unknown }>(geometry: G): G => {
  const walk = (node: unknown): unknown => {
    if (!Array.isArray(node)) return node;
    if (typeof node[0] === 'number') return [round(node[0]), round(Number(node[1]))];
    const children = node.map(walk);
    const isLine = Array.isArray(children[0]) && typeof children[0][0] === 'number';
    if (!isLine || children.length <= 4) return children;
    return children.filter((at, i) => i === 0 || String(at) !== String(children[i - 1]));
  };
  return { ...geometry, coordinates: walk(geometry.coordinates) } as G;
};

/**
 * Least area, in square degrees, of the corner that stays when shared borders are thinned: about 3 m off the line at
 * grid level, 8 m above it. Neighbours keep the very same line, so no sliver opens between them.
 */
const leastCorner = (level: DivisionLevel) => (level === 'grid' ? 8e-10 : 3e-9);

type Named = Topology<{ area: GeometryCollection<OutlineProperties & { path: string }> }>;

const topologyOf = (outlines: Outline[], leastArea: number): Named => {
  const features = outlines.flatMap(({ geometry, level: _, ...properties }) =>
    geometry ? [{ type: 'Feature' as const, properties, geometry: geometry as AnyGeometry }] : [],
  );
  const collection: FeatureCollection = { type: 'FeatureCollection', features };
  const shared = topology({ area: collection }, 1e6) as unknown as Named;
  return simplify(presimplify(shared), leastArea) as unknown as Named;
};

/** Outlines of one level as GeoJSON, thinned and rounded; those without an outline are left out. */
export const outlineCollection = (
  outlines: Outline[],
  level: DivisionLevel,
): FeatureCollection<Area, OutlineProperties> => {
  const own = outlines.filter((outline) => outline.level === level);
  const thinned = topologyOf(own, leastCorner(level));
  const collection = feature(thinned, thinned.objects.area) as unknown as FeatureCollection<Area, OutlineProperties>;
  return {
    type: 'FeatureCollection',
    features: collection.features.map(({ geometry, properties: { code, name, nameEn, center, bbox } }) => ({
      type: 'Feature',
      properties: { code, name, nameEn, center, bbox },
      geometry: roundGeometry(geometry),
    })),
  };
};

const depth: Partial<Record<DivisionLevel, number>> = { subdistrict: 2, community: 3, grid: 4 };

/** Rank of the border between two divisions: the level at which their paths part. */
const rankBetween = (a: string, b: string, levelOf: Map<string, DivisionLevel>): BorderRank => {
  const [left, right] = [a.split('/'), b.split('/')];
  const parted = left.find((code, i) => code !== right[i]);
  const level = parted === undefined ? undefined : levelOf.get(parted);
  return (level ? (depth[level] ?? 2) : 4) as BorderRank;
};

/**
 * Every border once, at the highest rank it has, from the finest level that has outlines: no line is drawn twice, so
 * dashes stay dashes.
 */
export const borderCollection = (
  outlines: Outline[],
): FeatureCollection<MultiLineString, { rank: BorderRank; level: DivisionLevel }> => {
  const finest = (['grid', 'community', 'subdistrict', 'district'] as const).find((level) =>
    outlines.some((outline) => outline.level === level && outline.geometry),
  );
  if (!finest) return { type: 'FeatureCollection', features: [] };
  const levelOf = new Map(outlines.map(({ code, level }) => [code, level]));
  const thinned = topologyOf(
    outlines.filter(({ level }) => level === finest),
    leastCorner(finest),
  );
  const pathOf = (object: GeometryObject) => (object.properties as { path: string }).path;
  const lineOf = (rank: BorderRank): Feature<MultiLineString, { rank: BorderRank; level: DivisionLevel }> => ({
    type: 'Feature',
    properties: { rank, level: finest },
    geometry: roundGeometry(
      mesh(thinned, thinned.objects.area, (a, b) =>
        a === b ? rank === 1 : rank === rankBetween(pathOf(a), pathOf(b), levelOf),
      ),
    ),
  });
  const features = ([1, 2, 3, 4] as const).map(lineOf).filter(({ geometry }) => geometry.coordinates.length > 0);
  return { type: 'FeatureCollection', features };
};
