import { z } from 'zod';
import { orderPoints, type PointRow, packPoints } from '@/data/model/points';
import { isAggregateOnly, type Scope } from '@/data/model/scope';
import { assetMapPoints } from '../asset/store';
import type { Connection } from '../db/client';
import { entityPoints } from '../entity/store';

type PointLayer = { read: (connection: Connection, scope: Scope) => Promise<PointRow[]>; columns: readonly string[] };

/** What can be had as points, by name: who reads it and which columns travel. A layer's own module cuts it to the scope. */
const pointLayers = {
  asset: { read: assetMapPoints, columns: ['assetGroup', 'assetType'] },
  entity: { read: entityPoints, columns: ['entityType', 'industry', 'from', 'until'] },
} satisfies Record<string, PointLayer>;

export const PointsQuery = z.strictObject({
  layer: z.enum(Object.keys(pointLayers) as [keyof typeof pointLayers]),
});
type PointLayerKey = z.infer<typeof PointsQuery>['layer'];

/** Steps a degree is cut into for a wall: about 100 m, so that no point stands at a door. */
const wallSteps = 1000;

const coarse = (degrees: number): number => Math.round(degrees * wallSteps) / wallSteps;

const orderedRows = async (connection: Connection, scope: Scope, layer: PointLayerKey): Promise<PointRow[]> => {
  const rows: PointRow[] = await pointLayers[layer].read(connection, scope);
  const placed = isAggregateOnly(scope)
    ? rows.map((row) => ({ ...row, lng: coarse(row.lng), lat: coarse(row.lat) }))
    : rows;
  return orderPoints(placed.toSorted((a, b) => (a.id < b.id ? -1 : 1)));
};

/** Points of a layer as typed arrays; a wall and an aggregate role get places rounded to 100 m, and no ids. */
export const pointPack = async (connection: Connection, scope: Scope, layer: PointLayerKey): Promise<Uint8Array> =>
  packPoints(await orderedRows(connection, scope, layer), pointLayers[layer].columns, !isAggregateOnly(scope));
