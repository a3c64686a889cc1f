import { COORDINATE_SYSTEM } from '@deck.gl/core';
import { type Points, pointOffsets, readPoints } from '@/data/model/points';
import { screenOf } from './geo-query';
import type { MapSize } from './layer';

/** Asks for the points of a server layer (`entity` …) as typed arrays; a wall is told no ids of them. */
export const pointsQuery = (layer: string, size: MapSize) => ({
  queryKey: ['map', 'points', layer, screenOf[size]] as const,
  queryFn: async ({ signal }: { signal: AbortSignal }): Promise<Points> => {
    const path = `/api/map/points?layer=${layer}`;
    const response = await fetch(path, { headers: { 'x-screen': screenOf[size] }, signal });
    if (!response.ok) throw new Error(`${path} answered ${response.status}.`);
    return readPoints(await response.arrayBuffer());
  },
  staleTime: Number.POSITIVE_INFINITY,
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
