import { eq, gt, isNull, or } from 'drizzle-orm';
import Flatbush from 'flatbush';
import { type Area, cornersOf, type LngLat } from '@/data/model/geo';
import type { Connection, Executor } from '../db/client';
import { beyondScope } from '../db/scoped';
import { type Installation, readInstallation } from '../dictionary/store';
import { keptByAreas } from './kept';
import { block, division } from './table';

/** Where a position falls (落格入块). `block` null: its grid has no block there. `path` is that of the deepest division. */
export type Place = {
  subdistrict: string | null;
  community: string | null;
  grid: string | null;
  block: string | null;
  path: string;
};

const isInRing = (ring: LngLat[], [x, y]: LngLat): boolean => {
  let isInside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi, yi] = ring[i] ?? [0, 0];
    const [xj, yj] = ring[j] ?? [0, 0];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) isInside = !isInside;
  }
  return isInside;
};

/** Whether a position lies in an area, by even-odd ray cast: of areas that share an edge, one alone holds a point of it. */
export const isInArea = (area: Area, position: LngLat): boolean => {
  const polygons = area.type === 'Polygon' ? [area.coordinates] : area.coordinates;
  return polygons.some((rings) => rings.reduce((isInside, ring) => isInside !== isInRing(ring, position), false));
};

/** Finds the area that holds a position; null = none does. */
export const areaFinder = <T extends { geometry: Area }>(areas: readonly T[]): ((position: LngLat) => T | null) => {
  if (areas.length === 0) return () => null;
  const index = new Flatbush(areas.length);
  for (const { geometry } of areas) {
    const points = cornersOf(geometry);
    const xs = points.map(([x]) => x);
    const ys = points.map(([, y]) => y);
    const least = (values: number[]) => values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
    const most = (values: number[]) => values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
    index.add(least(xs), least(ys), most(xs), most(ys));
  }
  index.finish();
  return (position) => {
    const [x, y] = position;
    const hit = index.search(x, y, x, y).find((i) => {
      const area = areas[i];
      return area !== undefined && isInArea(area.geometry, position);
    });
    return hit === undefined ? null : (areas[hit] ?? null);
  };
};

export type Locator = (position: LngLat) => Place | null;

/** Deepest levels first: base grids, then the divisions above them where an installation has no grids. */
const placingLevels = [6, 5, 4];

const loadLocator = async ({ db }: Connection): Promise<Locator> => {
  const nodes = await db
    .select({ code: division.code, level: division.level, path: division.path, geometry: division.geometry })
    .from(division)
    .where(or(isNull(division.valid_to), gt(division.valid_to, new Date())));
  const byCode = new Map(nodes.map((node) => [node.code, node]));
  const blocks = (
    await db.select({ code: block.code, grid: block.grid_code, geometry: block.geometry }).from(block)
  ).filter(({ grid }) => byCode.has(grid));
  const finders = placingLevels.map((level) =>
    areaFinder(nodes.flatMap((n) => (n.level === level && n.geometry ? [{ ...n, geometry: n.geometry }] : []))),
  );
  const findBlock = areaFinder(blocks);
  return (position) => {
    const cell = findBlock(position);
    const grid = cell && byCode.get(cell.grid);
    const found = grid ?? finders.reduce<{ path: string } | null>((hit, find) => hit ?? find(position), null);
    if (!found) return null;
    const codes = found.path.split('/').filter(Boolean);
    const at = (level: number) => codes.find((code) => byCode.get(code)?.level === level) ?? null;
    return {
      subdistrict: at(4),
      community: at(5),
      grid: at(6),
      block: grid ? (cell?.code ?? null) : null,
      path: found.path,
    };
  };
};

const locators = keptByAreas((connection) => {
  const locator = loadLocator(connection);
  locator.catch(() => locators.forget(connection));
  return locator;
});

/** Locator over the outlines of this database, kept in the process; `installation` where the caller has read it. */
export const locatorOf = async (asked: Connection, installation?: Installation): Promise<Locator> => {
  // Kept for all: borders, which everybody sees.
  const connection = beyondScope(asked);
  return locators.of(connection, installation ?? (await readInstallation(connection.db)));
};

/** Path of the deepest division a record is placed in; null = it is placed in none. */
export const pathOf = async (
  db: Executor,
  place: { grid_code: string | null; community_code: string | null; subdistrict_code: string | null },
): Promise<string | null> => {
  const code = place.grid_code ?? place.community_code ?? place.subdistrict_code;
  if (code === null) return null;
  const [row] = await db.select({ path: division.path }).from(division).where(eq(division.code, code));
  return row?.path ?? null;
};
