import { COORDINATE_SYSTEM } from '@deck.gl/core';
import { type Points, readPoints, stepsPerDegree } from '@/data/model/points';
import { screenOf } from './geo-query';
import type { MapSize } from './layer';

const load = async (path: string, size: MapSize, signal: AbortSignal): Promise<Response> => {
  const response = await fetch(`/api/map/${path}`, { headers: { 'x-screen': screenOf[size] }, signal });
  if (!response.ok) throw new Error(`/api/map/${path} answered ${response.status}.`);
  return response;
};

/** Asks for the points of a server layer (`entity` …) as typed arrays. */
export const pointsQuery = (layer: string, size: MapSize) => ({
  queryKey: ['map', 'points', layer, screenOf[size]] as const,
  queryFn: async ({ signal }: { signal: AbortSignal }): Promise<Points> =>
    readPoints(await (await load(`points?layer=${layer}`, size, signal)).arrayBuffer()),
  staleTime: Number.POSITIVE_INFINITY,
});

/** Asks for the ids of the same points in the same order; off on walls, which are told of no single record. */
export const pointIdsQuery = (layer: string, size: MapSize) => ({
  queryKey: ['map', 'point-ids', layer, screenOf[size]] as const,
  queryFn: async ({ signal }: { signal: AbortSignal }): Promise<string[]> =>
    (await load(`points?layer=${layer}&part=ids`, size, signal)).json(),
  staleTime: Number.POSITIVE_INFINITY,
  enabled: size !== 'wall',
});

/**
 * Points as deck.gl draws them without an accessor: `data` for a point layer, and where its offsets count from. Rows
 * that `isShown` refuses are left out; `indices` tells which row a picked index is.
 */
export const pointAttributes = (points: Points, isShown: (row: number) => boolean = () => true) => {
  const positions = new Float32Array(points.n * 3);
  const indices = new Uint32Array(points.n);
  let length = 0;
  for (let row = 0; row < points.n; row++) {
    if (!isShown(row)) continue;
    positions[3 * length] = (points.east[row] ?? 0) / stepsPerDegree;
    positions[3 * length + 1] = (points.north[row] ?? 0) / stepsPerDegree;
    indices[length++] = row;
  }
  return {
    data: { length, attributes: { getPosition: { value: positions.subarray(0, 3 * length), size: 3 } } },
    indices: indices.subarray(0, length),
    coordinateSystem: COORDINATE_SYSTEM.LNGLAT_OFFSETS,
    coordinateOrigin: [...points.origin, 0] as [number, number, number],
  };
};
