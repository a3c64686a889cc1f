import earcut from 'earcut';
import type { LngLat } from '@/data/model/geo';

type Feature<G> = { geometry: { coordinates: G }; properties: Record<string, unknown> };
type Collection<G> = { features: Feature<G>[] };

/** Splits a double into two floats, as deck.gl does for positions from accessors. */
const split = (value: number, into: Float32Array, low: Float32Array, at: number): void => {
  into[at] = value;
  low[at] = value - Math.fround(value);
};

/** GeoJSON text to the attributes of a point layer, one accessor call a row and attribute. */
export const pointsFromRows = (text: string): number => {
  const { features } = JSON.parse(text) as Collection<LngLat>;
  const accessors = {
    getPosition: ({ geometry }: Feature<LngLat>) => geometry.coordinates,
    getFillColor: ({ properties }: Feature<LngLat>) =>
      properties.entityType === '1' ? [185, 196, 205, 255] : [142, 155, 167, 255],
    getRadius: () => 3,
  };
  const n = features.length;
  const [high, low] = [new Float32Array(3 * n), new Float32Array(3 * n)];
  const [colours, radii] = [new Uint8ClampedArray(4 * n), new Float32Array(n)];
  for (const [i, feature] of features.entries()) {
    const [lng, lat] = accessors.getPosition(feature);
    split(lng, high, low, 3 * i);
    split(lat, high, low, 3 * i + 1);
    colours.set(accessors.getFillColor(feature), 4 * i);
    radii[i] = accessors.getRadius();
  }
  return high.length + low.length + colours.length + radii.length;
};

/** GeoJSON text to the attributes of extruded polygons: corners, roof triangles and heights. */
export const prismsFromRows = (text: string): number => {
  const { features } = JSON.parse(text) as Collection<LngLat[][]>;
  const [high, low, heights, colours, indices]: number[][] = [[], [], [], [], []];
  for (const { geometry, properties } of features) {
    const ring = geometry.coordinates[0] ?? [];
    const first = (high?.length ?? 0) / 2;
    const flat = ring.flat();
    for (const value of flat) {
      high?.push(Math.fround(value));
      low?.push(value - Math.fround(value));
    }
    for (const corner of earcut(flat)) indices?.push(first + corner);
    for (let i = 0; i < ring.length; i++) {
      heights?.push(3 * Number(properties.storeys));
      colours?.push(59, 72, 82, 255);
    }
  }
  const arrays = [high, low, heights].map((list) => new Float32Array(list ?? []));
  return arrays.length + new Uint8ClampedArray(colours ?? []).length + new Uint32Array(indices ?? []).length;
};
