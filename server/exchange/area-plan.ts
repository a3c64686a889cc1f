import {
  area as areaOf,
  bbox as bboxOf,
  centroid,
  featureCollection,
  pointOnFeature,
  polygon,
  union,
} from '@turf/turf';
import { type DivisionLevel, divisionLevels } from '@/data/model/division';
import type { Area, Bbox, LngLat } from '@/data/model/geo';
import { Problem } from '@/data/model/problem';
import { isInArea } from '../division/locate';
import type { AreaRecord } from './area-file';
import type { AreaMapping, Mapping } from './mapping';

export type Shape = { geometry: Area; bbox: Bbox; lng: number; lat: number; area_sqm: number };

/** Row of table `division`. Outline null: above the installation's root. */
export type DivisionPlan = {
  code: string;
  parent_code: string | null;
  level: number;
  path: string;
  name: string;
  name_en: string;
  sort: number;
} & { [K in keyof Shape]: Shape[K] | null };

/** Row of table `block`: the one block of a grid. */
export type BlockPlan = { code: string; grid_code: string; name: string; name_en: string; land_use: string } & Shape;

export type AreaPlan = { root: string; rootPath: string; divisions: DivisionPlan[]; blocks: BlockPlan[]; land: Area };

const feature = (geometry: Area) => ({ type: 'Feature' as const, properties: {}, geometry });

/** One outline over several; a single one stays as it is. */
export const unite = (areas: readonly Area[]): Area => {
  const [first] = areas;
  if (!first) throw new Problem('invalid', 'An area without outlines cannot be drawn.');
  const whole = areas.length === 1 ? null : union(featureCollection(areas.map(feature)));
  return (whole?.geometry as Area | undefined) ?? first;
};

/** A position inside the largest part, where a label may stand. */
const labelAt = (geometry: Area): LngLat => {
  const parts = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  const [largest] = parts.map((rings) => polygon(rings)).sort((a, b) => areaOf(b) - areaOf(a));
  if (!largest) throw new Problem('invalid', 'An area without parts has no place.');
  const middle = centroid(largest).geometry.coordinates as LngLat;
  return isInArea(geometry, middle) ? middle : (pointOnFeature(largest).geometry.coordinates as LngLat);
};

/** What a row keeps of an outline: with its extent, label position and area in square metres. */
export const shapeOf = (geometry: Area): Shape => {
  const [lng, lat] = labelAt(geometry);
  return { geometry, bbox: bboxOf(geometry).slice(0, 4) as Bbox, lng, lat, area_sqm: areaOf(geometry) };
};

const rankOf = (level: DivisionLevel): number => divisionLevels.indexOf(level) + 1;
const noShape = { geometry: null, bbox: null, lng: null, lat: null, area_sqm: null };

/** Nodes of the file's levels by code; two features may share all but the last. */
const groupNodes = (records: readonly AreaRecord[], mapping: AreaMapping, top: { code: string; path: string }) => {
  const nodes = new Map<string, { level: DivisionLevel; parent: string; path: string; name: string; areas: Area[] }>();
  for (const { row, keys, geometry } of records) {
    let parent = top;
    for (const { level, code, name } of keys) {
      const node = nodes.get(code) ?? { level, parent: parent.code, path: `${parent.path}${code}/`, name, areas: [] };
      if (node.level !== level || node.parent !== parent.code || mapping.above.some((above) => above.code === code))
        throw new Problem(
          'invalid',
          `Feature ${row}: code ${code} already stands for another division; codes must be unique.`,
        );
      node.areas.push(geometry);
      nodes.set(code, node);
      parent = { code, path: node.path };
    }
  }
  return nodes;
};

const planAbove = ({ installation, areas }: Mapping & { areas: AreaMapping }, whole: Shape): DivisionPlan[] => {
  const rootRank = rankOf(installation.root);
  let parent: { code: string; path: string } | null = null;
  return areas.above.map(({ level, code, name, nameEn }) => {
    const path: string = `${parent?.path ?? '/'}${code}/`;
    const parent_code: string | null = parent?.code ?? null;
    parent = { code, path };
    const shape = rankOf(level) < rootRank ? noShape : whole;
    return { code, parent_code, level: rankOf(level), path, name, name_en: nameEn ?? name, sort: 0, ...shape };
  });
};

/** Rows of the division tree, the blocks and the ground, from the areas of a file. */
export const planAreas = (mapping: Mapping & { areas: AreaMapping }, records: readonly AreaRecord[]): AreaPlan => {
  const land = unite(records.map(({ geometry }) => geometry));
  const above = planAbove(mapping, shapeOf(land));
  const top = above.at(-1);
  const root = above.find(({ level }) => level === rankOf(mapping.installation.root));
  if (!top || !root) throw new Problem('invalid', 'The mapping names no division above the areas.');
  const nodes = [...groupNodes(records, mapping.areas, top)].sort(([, a], [, b]) => (a.path < b.path ? -1 : 1));
  const below = nodes.map(([code, { level, parent, path, name, areas }], sort): DivisionPlan & Shape => ({
    code,
    parent_code: parent,
    level: rankOf(level),
    path,
    name,
    name_en: name,
    sort,
    ...shapeOf(unite(areas)),
  }));
  const blocks = below.flatMap(({ code, level, name, name_en, geometry, bbox, lng, lat, area_sqm }) =>
    level === rankOf('grid')
      ? [
          {
            code: `${code}-1`,
            grid_code: code,
            name,
            name_en,
            land_use: mapping.areas.landUse,
            geometry,
            bbox,
            lng,
            lat,
            area_sqm,
          },
        ]
      : [],
  );
  return { root: root.code, rootPath: root.path, divisions: [...above, ...below], blocks, land };
};
