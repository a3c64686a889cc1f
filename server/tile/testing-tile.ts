import { decodeTile } from '@maplibre/mlt';
import { joinCode } from '@/data/model/serial';
import type { Ring } from './mlt';

export type TileBuilding = { code: string; ring: Ring; properties: Record<string, unknown> };

/** Buildings of a tile as the map library reads them; rings closed, in tile units. */
export const readTile = (tile: Uint8Array): TileBuilding[] =>
  (decodeTile(tile)[0]?.getFeatures() ?? []).map(({ geometry, properties }) => ({
    code: joinCode({ stem: String(properties?.stem), serial: Number(properties?.serial) }),
    ring: (geometry.coordinates[0] ?? []).map(({ x, y }): [number, number] => [x, y]),
    properties: properties ?? {},
  }));
