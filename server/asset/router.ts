import { z } from 'zod';
import { nNearest, responderTypes } from '@/data/model/asset';
import { Bbox, LngLat } from '@/data/model/geo';
import { Selection } from '@/data/model/view';
import { inScope } from '../trpc/guard';
import { router } from '../trpc/init';
import { findNearest } from './nearest';
import { listAssetPoints, readAsset } from './store';
import { readTarget } from './target';

const Code = z.string().max(20);

/** Around a point, or around a selection; around the most severe open event when neither is given. */
const Nearest = z.object({
  position: LngLat.nullable().default(null),
  selection: Selection.nullable().default(null),
  /** Instant the event looked at stood at; null = now. The register of assets keeps no history. */
  at: z.iso.datetime({ offset: true }).nullable().default(null),
  radiusMetres: z.number().min(100).max(20_000).default(5_000),
  groups: z.array(Code).max(10).default(['force', 'base']),
  types: z
    .array(Code)
    .min(1)
    .max(60)
    .default([...responderTypes]),
  limit: z.number().int().min(1).max(20).default(nNearest),
});

export const assetRouter = router({
  points: inScope
    .input(
      z.object({
        /** Null = the whole territory. */
        bbox: Bbox.nullable().default(null),
        groups: z.array(Code).max(10).default([]),
        types: z.array(Code).max(60).default([]),
        budget: z.number().int().min(1).max(20_000).default(5_000),
      }),
    )
    .query(({ ctx, input }) => listAssetPoints(ctx.connection, ctx.scope, input)),
  byId: inScope
    .input(z.object({ id: z.string().max(40) }))
    .query(({ ctx, input }) => readAsset(ctx.connection, ctx.scope, input.id)),
  nearest: inScope.input(Nearest).query(async ({ ctx: { connection, scope }, input: { position, ...query } }) => {
    const at = query.at === null ? null : new Date(query.at);
    const target = position
      ? { selection: null, position }
      : await readTarget(connection, scope, { selection: query.selection, at });
    const { radiusMetres } = query;
    if (!target) return { target, radiusMetres, rows: [] };
    const rows = await findNearest(connection, scope, { ...query, position: target.position });
    return { target, radiusMetres, rows };
  }),
});
