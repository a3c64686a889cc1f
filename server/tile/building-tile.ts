import { bboxClip, polygon } from '@turf/turf';
import { splitCode } from '@/data/model/serial';
import type { BuildingIndex } from './building-index';
import { steps } from './mercator';
import { type Column, encodePolygons, type Ring } from './mlt';

const extent = 4096;
/** How far a building that crosses the tile edge is drawn beyond it, so that the wall it is cut by stays hidden. */
const buffer = 64;

/** Signed area of an open ring in tile units; positive = clockwise on screen, as walls are lit and seen from outside. */
const signedArea = (ring: Ring): number =>
  ring.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = ring[(i + 1) % ring.length] ?? [x, y];
    return sum + x * nextY - nextX * y;
  }, 0) / 2;

const windClockwise = (ring: Ring): Ring => (signedArea(ring) < 0 ? ring.toReversed() : ring);

const clipRing = (ring: Ring): Ring => {
  const [low, high] = [-buffer, extent + buffer];
  if (ring.every(([x, y]) => x >= low && x <= high && y >= low && y <= high)) return ring;
  const first = ring[0];
  if (!first) return [];
  const clipped = bboxClip(polygon([[...ring, first]]), [low, low, high, high]).geometry.coordinates[0] as
    | Ring
    | undefined;
  return (clipped ?? []).slice(0, -1).map(([x, y]) => [Math.round(x), Math.round(y)]);
};

const readRing = (index: BuildingIndex, i: number, tile: { z: number; x: number; y: number }): Ring => {
  const ring: Ring = [];
  const scale = (extent * 2 ** tile.z) / steps;
  for (let corner = index.starts[i] ?? 0; corner < (index.starts[i + 1] ?? 0); corner++) {
    const x = Math.round((index.xy[2 * corner] ?? 0) * scale - tile.x * extent);
    const y = Math.round((index.xy[2 * corner + 1] ?? 0) * scale - tile.y * extent);
    const last = ring.at(-1);
    if (!last || last[0] !== x || last[1] !== y) ring.push([x, y]);
  }
  return ring;
};

const columnsOf = (index: BuildingIndex, rows: readonly number[], withNames: boolean): Column[] => {
  const words = (name: string, wordOf: (i: number) => string | null | undefined): Column => ({
    name,
    words: rows.map((i) => wordOf(i) ?? null),
  });
  const placeOf = (i: number) => index.places[index.place[i] ?? 0];
  const codes = rows.map((i) => splitCode(index.codes[i] ?? ''));
  return [
    { name: 'stem', words: codes.map(({ stem }) => stem) },
    { name: 'serial', serials: codes.map(({ serial }) => serial) },
    { name: 'storeys', numbers: rows.map((i) => index.storeys[i] ?? 1) },
    words('houseType', (i) => index.houseTypes[i]),
    words('community', (i) => placeOf(i)?.community),
    words('grid', (i) => placeOf(i)?.grid),
    words('block', (i) => index.blocks[i]),
    ...(withNames ? [words('name', (i) => index.names[i]), words('nameEn', (i) => index.namesEn[i])] : []),
  ];
};

/**
 * One tile of buildings as MLT, layer `building`, in the order of their codes, which travel as `stem` and `serial`.
 * `allowed[place]` = 1 where the caller may look. Null when no building of the caller's territory touches the tile.
 */
export const encodeBuildingTile = (
  index: BuildingIndex,
  tile: { z: number; x: number; y: number },
  allowed: Uint8Array,
  withNames: boolean,
): Uint8Array | null => {
  const size = 2 ** -tile.z;
  const [west, north] = [tile.x * size, tile.y * size];
  const found = index.tree?.search(west, north, west + size, north + size, (i) =>
    Boolean(allowed[index.place[i] ?? 0]),
  );
  const drawn = (found ?? [])
    .sort((a, b) => a - b)
    .map((i) => ({ i, ring: windClockwise(clipRing(readRing(index, i, tile))) }))
    .filter(({ ring }) => ring.length >= 3);
  if (drawn.length === 0) return null;
  return encodePolygons({
    name: 'building',
    extent,
    rings: drawn.map(({ ring }) => ring),
    columns: columnsOf(
      index,
      drawn.map(({ i }) => i),
      withNames,
    ),
  });
};
