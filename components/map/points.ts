import { COORDINATE_SYSTEM } from '@deck.gl/core';
import { type Points, pointOffsets, readPoints } from '@/data/model/points';
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
  const { positions, indices } = pointOffsets(points, isShown);
  return {
    data: { length: indices.length, attributes: { getPosition: { value: positions, size: 3 } } },
    indices,
    coordinateSystem: COORDINATE_SYSTEM.LNGLAT_OFFSETS,
    coordinateOrigin: [...points.origin, 0] as [number, number, number],
  };
};
