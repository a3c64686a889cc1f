import { z } from 'zod';
import { At } from '@/data/model/moment';
import { Known } from '@/data/model/view';
import { inScope } from '../trpc/guard';
import { router } from '../trpc/init';
import { abnormalEntities } from './abnormal';
import { entityById } from './card';
import { listEntities } from './list';

const Code = z.string().max(40);

export const entityRouter = router({
  abnormal: inScope
    .input(z.object({ at: At, known: Known.default('now') }))
    .query(({ ctx, input }) => abnormalEntities(ctx.connection, ctx.scope, input)),
  byId: inScope
    .input(z.object({ id: Code, at: At, known: Known.default('now') }))
    .query(({ ctx, input }) => entityById(ctx.connection, ctx.scope, input.id, input)),
  list: inScope
    .input(
      z.object({
        division: Code.nullable().default(null),
        at: At,
        entityTypes: z.array(Code).max(20).default([]),
        industries: z.array(Code).max(40).default([]),
        limit: z.number().int().min(1).max(500).default(100),
        offset: z.number().int().min(0).max(100_000).default(0),
      }),
    )
    .query(({ ctx, input }) => listEntities(ctx.connection, ctx.scope, input)),
});
