import { z } from 'zod';
import { Bbox } from '@/data/model/geo';
import { inScope } from '../trpc/guard';
import { router } from '../trpc/init';
import { listAssetPoints } from './store';

const Code = z.string().max(20);

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
});
