import type { Geometry as AnyGeometry, Feature, FeatureCollection, MultiLineString } from 'geojson';
import { feature, mesh } from 'topojson-client';
import { topology } from 'topojson-server';
import { presimplify, simplify } from 'topojson-simplify';
import type { GeometryCollection, GeometryObject, Topology } from 'topojson-specification';
import type { DivisionLevel } from '@/data/model/division';
import type { Area } from '@/data/model/geo';

/** A division with its outline, as it is read for the map. Null geometry = it has none. */
export type Outline = {
  code: string;
  name: string;
  nameEn: string;
  center: [number, number] | null;
  geometry: Area | null;
};

/** What a drawn area carries; blocks add their area, for densities. */
export type OutlineProperties = Omit<Outline, 'geometry'> & { areaSqm?: number };

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
 * Least area, in square degrees, of a corner that stays when borders are thinned: about 3 m off the line for grids and
 * blocks, 6 m above them. Neighbours share their border as one line and keep it, so no sliver opens between them.
 */
const leastCorner: Partial<Record<DivisionLevel | 'block', number>> = { grid: 8e-10, block: 8e-10 };
const leastCornerElse = 3e-9;

type Thinned = Topology<{ area: GeometryCollection<OutlineProperties> }>;

const thin = (outlines: (Outline & { areaSqm?: number })[], level: DivisionLevel | 'block'): Thinned => {
  const features = outlines.flatMap(({ geometry, code, name, nameEn, center, areaSqm }) =>
    geometry
      ? [
          {
            type: 'Feature' as const,
            properties: { code, name, nameEn, center, areaSqm },
            geometry: geometry as AnyGeometry,
          },
        ]
      : [],
  );
  const collection: FeatureCollection = { type: 'FeatureCollection', features };
  const shared = topology({ area: collection }, 1e6) as unknown as Thinned;
  return simplify(presimplify(shared), leastCorner[level] ?? leastCornerElse) as unknown as Thinned;
};

/** Outlines as GeoJSON, thinned and rounded; those without an outline are left out. */
export const outlineCollection = (
  outlines: (Outline & { areaSqm?: number })[],
  level: DivisionLevel | 'block',
): FeatureCollection<Area, OutlineProperties> => {
  const thinned = thin(outlines, level);
  const collection = feature(thinned, thinned.objects.area) as unknown as FeatureCollection<Area, OutlineProperties>;
  return {
    type: 'FeatureCollection',
    features: collection.features.map(({ geometry, properties: { center, ...words } }) => ({
      type: 'Feature',
      properties: { ...words, center: center && [round(center[0]), round(center[1])] },
      geometry: roundGeometry(geometry),
    })),
  };
};

/** Rank of the border between two divisions by the level at which their paths part. */
const rankBetween = (left: string, right: string, levels: ReadonlyMap<string, number>): BorderRank => {
  const others = right.split('/');
  const parted = left.split('/').find((code, i) => code !== others[i]);
  const level = levels.get(parted ?? '') ?? 6;
  return level <= 4 ? 2 : level === 5 ? 3 : 4;
};

export type Borders = FeatureCollection<MultiLineString, { rank: BorderRank }>;

/**
 * Every border of the finest level once, at the highest rank it has: no line is drawn twice, so dashes stay dashes.
 * `divisions` tells the path and level (1 province … 6 grid) of every code.
 */
export const borderCollection = (
  outlines: Outline[],
  level: DivisionLevel,
  divisions: ReadonlyMap<string, { path: string; level: number }>,
): Borders => {
  const thinned = thin(outlines, level);
  const levels = new Map([...divisions].map(([code, division]) => [code, division.level]));
  const pathOf = ({ properties }: GeometryObject) => divisions.get((properties as OutlineProperties).code)?.path ?? '';
  const lineOf = (rank: BorderRank): Feature<MultiLineString, { rank: BorderRank }> => ({
    type: 'Feature',
    properties: { rank },
    geometry: roundGeometry(
      mesh(thinned, thinned.objects.area, (a, b) =>
        a === b ? rank === 1 : rank === rankBetween(pathOf(a), pathOf(b), levels),
      ),
    ),
  });
  const features = ([1, 2, 3, 4] as const).map(lineOf).filter(({ geometry }) => geometry.coordinates.length > 0);
  return { type: 'FeatureCollection', features };
};
