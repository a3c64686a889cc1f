import type { LngLat } from '@/data/model/geo';

const tilePx = 512;
const mercator = (latitude: number): number => Math.asinh(Math.tan((latitude * Math.PI) / 180)) / (2 * Math.PI);

/** Px from one position to another at a zoom, right and down. */
export const pixelsBetween = ([fromLng, fromLat]: LngLat, [lng, lat]: LngLat, zoom: number): [number, number] => {
  const world = tilePx * 2 ** zoom;
  return [((lng - fromLng) / 360) * world, (mercator(fromLat) - mercator(lat)) * world];
};

/** The position so many px right of and below another at a zoom. */
export const positionAt = ([lng, lat]: LngLat, [right, down]: readonly [number, number], zoom: number): LngLat => {
  const world = tilePx * 2 ** zoom;
  const y = mercator(lat) - down / world;
  return [lng + (right / world) * 360, (Math.atan(Math.sinh(y * 2 * Math.PI)) * 180) / Math.PI];
};
