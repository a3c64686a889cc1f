import { z } from 'zod';
import { DivisionCode, DivisionLevel, divisionLevels } from '@/data/model/division';
import { Problem, type ProblemCode } from '@/data/model/problem';
import { isAggregateOnly, type Scope } from '@/data/model/scope';
import type { Connection } from '../db/client';
import { readBaseFeatures, readBlocks, readOutlines } from '../division/store';
import { scopeOf } from '../trpc/http';
import { baseCollection } from './base';
import { borderCollection, outlineCollection } from './outline';
import { sendPayload } from './payload';
import { keptMap, keptPayload, keptTile } from './shared';

const status: Record<ProblemCode, number> = {
  not_found: 404,
  not_allowed: 403,
  invalid: 400,
  conflict: 409,
  withheld: 403,
  stale: 412,
  busy: 429,
  unavailable: 503,
};

const answer = async (work: () => Promise<Response>): Promise<Response> => {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Problem)
      return Response.json({ code: error.code, message: error.message }, { status: status[error.code] });
    throw error;
  }
};

const parse = <T>(schema: z.ZodType<T>, input: unknown): T => {
  const result = schema.safeParse(input);
  if (!result.success) throw new Problem('invalid', z.prettifyError(result.error));
  return result.data;
};

/** Finest level of the caller's territory that has outlines; null = none has. */
const finestOutlines = async (connection: Connection, scope: Scope) => {
  for (const level of divisionLevels.toReversed()) {
    const outlines = await readOutlines(connection, scope, level);
    if (outlines.some(({ geometry }) => geometry !== null)) return { level, outlines };
  }
  return null;
};

type Part = (connection: Connection, scope: Scope, query: Record<string, string>) => Promise<unknown>;

const parts: Record<string, Part> = {
  base: async (connection, scope, query) => {
    parse(z.strictObject({}), query);
    return baseCollection(await readBaseFeatures(connection, scope));
  },
  divisions: async (connection, scope, query) => {
    const { level } = parse(z.strictObject({ level: DivisionLevel }), query);
    return outlineCollection(await readOutlines(connection, scope, level), level);
  },
  borders: async (connection, scope, query) => {
    parse(z.strictObject({}), query);
    const finest = await finestOutlines(connection, scope);
    if (!finest) return { type: 'FeatureCollection', features: [] };
    return borderCollection(finest.outlines, finest.level, await (await keptMap(connection)).places);
  },
  blocks: async (connection, scope, query) => {
    const { grid } = parse(z.strictObject({ grid: DivisionCode.optional() }), query);
    return outlineCollection(await readBlocks(connection, scope, grid ?? null), 'block');
  },
};

/** GET /api/map/{base | divisions?level= | borders | blocks?grid=}: GeoJSON of the caller's territory. */
export const handleMap = (request: Request, part: string): Promise<Response> =>
  answer(async () => {
    const build = parts[part];
    if (!build) throw new Problem('not_found', `There is no map part "${part}".`);
    const { scope, connection } = await scopeOf(request);
    const { screen: _, ...query } = Object.fromEntries(new URL(request.url).searchParams);
    const kept = await keptMap(connection);
    const key = [part, scope.path, JSON.stringify(query)].join('|');
    return sendPayload(request, await keptPayload(kept, key, () => build(connection, scope, query)), { quality: 10 });
  });

const minZoom = 13;
const maxZoom = 16;
const TileAddress = z
  .object({ z: z.coerce.number().int().min(minZoom).max(maxZoom), x: z.coerce.number(), y: z.coerce.number() })
  .refine(({ z: zoom, x, y }) => [x, y].every((i) => Number.isInteger(i) && i >= 0 && i < 2 ** zoom), {
    message: 'x and y must be whole numbers from 0 to 2^z − 1.',
  });

/** GET /api/tiles/building/{z}/{x}/{y}: MVT of buildings, z 13–16; 204 where the caller's territory has none. */
export const handleBuildingTile = (request: Request, address: { z: string; x: string; y: string }): Promise<Response> =>
  answer(async () => {
    const tile = parse(TileAddress, { ...address, y: address.y.replace(/\.(mvt|pbf)$/, '') });
    const { scope, connection } = await scopeOf(request);
    const found = await keptTile(connection, { ...tile, path: scope.path, withNames: !isAggregateOnly(scope) });
    if (found === 'empty')
      return new Response(null, { status: 204, headers: { 'cache-control': 'private, max-age=60' } });
    return sendPayload(request, found, { quality: 5, maxAge: 60 });
  });
