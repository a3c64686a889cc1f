import { z } from 'zod';
import { DivisionCode, DivisionLevel, divisionLevels, eraOf } from '@/data/model/division';
import { Problem } from '@/data/model/problem';
import { isAggregateOnly, type Scope } from '@/data/model/scope';
import { assetAreas } from '../asset/store';
import type { Connection } from '../db/client';
import { readInstallation } from '../dictionary/store';
import { specialisedAreas } from '../division/cover';
import { readBaseFeatures, readBlocks, readOutlines } from '../division/store';
import { readerOf } from '../trpc/http';
import { answer, parse } from '../trpc/plain';
import { baseCollection } from './base';
import { borderCollection, outlineCollection, roundGeometry } from './outline';
import { sendPayload } from './payload';
import { PointsQuery, pointPack } from './points';
import { keptBuildings, keptMap, keptPayload, keptTile } from './shared';

/** Finest level of the caller's territory that has outlines; null = none has. */
const finestOutlines = async (connection: Connection, scope: Scope, at: Date | null) => {
  for (const level of divisionLevels.toReversed()) {
    const outlines = await readOutlines(connection, scope, level, at);
    if (outlines.some(({ geometry }) => geometry !== null)) return { level, outlines };
  }
  return null;
};

/** Boundaries of which instant; left out = of now. */
const At = z.iso
  .datetime({ offset: true })
  .optional()
  .transform((at) => (at === undefined ? null : new Date(at)));

type Part = (connection: Connection, scope: Scope, query: Record<string, string>) => Promise<unknown>;

const parts: Record<string, Part> = {
  base: async (connection, scope, query) => {
    parse(z.strictObject({}), query);
    return baseCollection(await readBaseFeatures(connection, scope));
  },
  divisions: async (connection, scope, query) => {
    const { level, at } = parse(z.strictObject({ level: DivisionLevel, at: At }), query);
    return outlineCollection(await readOutlines(connection, scope, level, at), level);
  },
  borders: async (connection, scope, query) => {
    const { at } = parse(z.strictObject({ at: At }), query);
    const finest = await finestOutlines(connection, scope, at);
    if (!finest) return { type: 'FeatureCollection', features: [] };
    return borderCollection(finest.outlines, finest.level, await (await keptMap(connection)).places);
  },
  blocks: async (connection, scope, query) => {
    const { grid } = parse(z.strictObject({ grid: DivisionCode.optional() }), query);
    return outlineCollection(await readBlocks(connection, scope, grid ?? null), 'block');
  },
  'asset-areas': async (connection, scope, query) => {
    parse(z.strictObject({}), query);
    const areas = await assetAreas(connection, scope);
    return {
      type: 'FeatureCollection',
      features: areas.map(({ geometry, ...properties }) => ({
        type: 'Feature',
        properties,
        geometry: roundGeometry(geometry),
      })),
    };
  },
  specialised: async (connection, scope, query) => {
    const Word = DivisionCode.optional();
    return specialisedAreas(
      connection,
      scope,
      parse(z.strictObject({ line: Word, of: Word, department: Word }), query),
    );
  },
  points: async (connection, scope, query) => {
    return pointPack(connection, scope, parse(PointsQuery, query).layer);
  },
};

/**
 * GET /api/map/{base | divisions?level=&at= | borders?at= | blocks?grid= | asset-areas | specialised?line=}: GeoJSON of the
 * caller's territory; the line of specialised grids also by one of them (`of=`) or by its `department=`.
 * GET /api/map/points?layer=: a pack of points.
 */
export const handleMap = (request: Request, part: string): Promise<Response> =>
  answer(async () => {
    const build = Object.hasOwn(parts, part) ? parts[part] : undefined;
    if (!build) throw new Problem('not_found', `There is no map part "${part}".`);
    const { scope, connection } = await readerOf(request);
    const { screen: _, ...query } = Object.fromEntries(new URL(request.url).searchParams);
    // One payload an era, however often its instants are asked for.
    const at = At.safeParse(query.at).success
      ? eraOf(query.at ?? null, (await readInstallation(connection.db)).recuts ?? [])
      : query.at;
    if (at === null) delete query.at;
    else if (at !== undefined) query.at = at;
    const kept = await keptMap(connection);
    void keptBuildings(connection, kept).catch(() => undefined);
    const audience = part === 'points' && isAggregateOnly(scope) ? 'aggregate' : 'all';
    const key = [part, scope.path, audience, JSON.stringify(query)].join('|');
    return sendPayload(request, await keptPayload(kept, key, () => build(connection, scope, query)), { quality: 10 });
  });

const maxZoom = 16;
/** Farthest zoom of tiles: of everything, and of one community alone, whose few thousand buildings are little. */
const minZoom = { all: 13, within: 11 };

const TileAddress = z
  .object({
    z: z.coerce.number().int().max(maxZoom),
    x: z.coerce.number().int().min(0),
    y: z.coerce.number().int().min(0),
    within: DivisionCode.nullable(),
  })
  .refine(({ z: zoom, within }) => zoom >= (within === null ? minZoom.all : minZoom.within), {
    message: `z must be ${minZoom.all} to ${maxZoom}, or ${minZoom.within} to ${maxZoom} with "within".`,
  })
  .refine(({ z: zoom, x, y }) => x < 2 ** zoom && y < 2 ** zoom, { message: 'x and y must be below 2^z.' });

/** Path that a tile is cut to: the caller's territory, or a division inside it. */
const tilePath = async (connection: Connection, scope: Scope, within: string | null): Promise<string> => {
  if (within === null) return scope.path;
  const path = (await (await keptMap(connection)).places).get(within)?.path;
  if (!path?.startsWith(scope.path)) throw new Problem('not_allowed', `Division ${within} is not in your territory.`);
  return path;
};

/**
 * GET /api/tiles/building/{z}/{x}/{y}?within=: MLT of buildings, z 13–16; of one division below the caller's own from
 * z 11. 204 where there are none.
 */
export const handleBuildingTile = (request: Request, address: { z: string; x: string; y: string }): Promise<Response> =>
  answer(async () => {
    const within = new URL(request.url).searchParams.get('within');
    const tile = parse(TileAddress, { ...address, within });
    const { scope, connection } = await readerOf(request);
    const path = await tilePath(connection, scope, within);
    const found = await keptTile(connection, { ...tile, path, withNames: !isAggregateOnly(scope) });
    if (found === 'empty')
      return new Response(null, { status: 204, headers: { 'cache-control': 'private, max-age=60' } });
    return sendPayload(request, found, { quality: 5, maxAge: 60 });
  });
