import { COORDINATE_SYSTEM } from '@deck.gl/core';
import { codeAt, type Points, pointOffsets, readPoints } from '@/data/model/points';
import { filterFields, type View } from '@/data/model/view';
import { screenOf } from './geo-query';
import type { MapSize } from './layer';
import { passesClauses } from './legend-filter';

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

/** Word of a row in a column of a pack; empty when the pack has no such column. */
export const wordAt = (points: Points, column: string, row: number): string =>
  String(codeAt(points, column, row) ?? '');

/** Whether a row of a pack passes the clauses on all that the pack carries. */
export const rowPasses = (points: Points, filters: View['filters']): ((row: number) => boolean) => {
  const carried = filterFields.filter((field) => points.columns.has(field));
  return (row) =>
    passesClauses(filters, Object.fromEntries(carried.map((field) => [field, wordAt(points, field, row)])));
};

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
