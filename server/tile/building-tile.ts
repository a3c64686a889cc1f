import { bboxClip, polygon } from '@turf/turf';
import { fromGeojsonVt } from 'vt-pbf';
import type { BuildingIndex } from './building-index';
import { steps } from './mercator';

const extent = 4096;
/** Ground beyond the tile edge that is drawn too, so that walls cut at the edge stay hidden. */
const buffer = 64;

type Ring = [number, number][];

/** Signed area of an open ring in tile units; positive = clockwise on screen, as MVT asks of outer rings. */
const signedArea = (ring: Ring): number =>
  ring.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = ring[(i + 1) % ring.length] ?? [x, y];
    return sum + x * nextY - nextX * y;
  }, 0) / 2;

const closeClockwise = (ring: Ring): Ring => {
  const wound = signedArea(ring) < 0 ? ring.toReversed() : ring;
  const first = wound[0];
  return first ? [...wound, first] : [];
};

const clipRing = (ring: Ring): Ring => {
  const [low, high] = [-buffer, extent + buffer];
  if (ring.every(([x, y]) => x >= low && x <= high && y >= low && y <= high)) return closeClockwise(ring);
  const first = ring[0];
  if (!first) return [];
  const clipped = bboxClip(polygon([[...ring, first]]), [low, low, high, high]).geometry.coordinates[0] as
    | Ring
    | undefined;
  return clipped ? closeClockwise(clipped.slice(0, -1).map(([x, y]) => [Math.round(x), Math.round(y)])) : [];
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

/**
 * One tile of buildings as MVT, layer `building`. `allowed[place]` = 1 where the caller may look.
 * Null when no building of the caller's territory touches the tile.
 */
export const encodeBuildingTile = (
  index: BuildingIndex,
  tile: { z: number; x: number; y: number },
  allowed: Uint8Array,
  withNames: boolean,
): Uint8Array | null => {
  const size = 2 ** -tile.z;
  const pad = (buffer / extent) * size;
  const [west, north] = [tile.x * size - pad, tile.y * size - pad];
  const found = index.tree?.search(west, north, west + size + 2 * pad, north + size + 2 * pad, (i) =>
    Boolean(allowed[index.place[i] ?? 0]),
  );
  const features = (found ?? [])
    .sort((a, b) => a - b)
    .flatMap((i) => {
      const ring = clipRing(readRing(index, i, tile));
      if (ring.length < 4) return [];
      return [{ type: 3 as const, geometry: [ring], tags: tagsOf(index, i, withNames) }];
    });
  if (features.length === 0) return null;
  return fromGeojsonVt({ building: { features } }, { version: 2, extent });
};

const tagsOf = (index: BuildingIndex, i: number, withNames: boolean) => {
  const place = index.places[index.place[i] ?? 0];
  return {
    code: index.codes[i] ?? '',
    storeys: index.storeys[i] ?? 1,
    houseType: index.houseTypes[i] ?? '',
    community: place?.community ?? null,
    grid: place?.grid ?? null,
    block: index.blocks[i] ?? null,
    ...(withNames ? { name: index.names[i] ?? '', nameEn: index.namesEn[i] ?? '' } : {}),
  };
};
