import { z } from 'zod';
import { DivisionCode } from '@/data/model/division';
import { LngLat } from '@/data/model/geo';
import { inScope } from '../trpc/guard';
import { router } from '../trpc/init';
import { readCover, readSpecialised } from './cover';
import { readBlocks, readCovering, readTree } from './store';

export const divisionRouter = router({
  tree: inScope.query(({ ctx }) => readTree(ctx.connection, ctx.scope)),
  blocks: inScope
    .input(z.object({ grid: DivisionCode }))
    .query(({ ctx, input }) => readBlocks(ctx.connection, ctx.scope, input.grid)),
  covering: inScope
    .input(z.object({ position: LngLat }))
    .query(({ ctx, input }) => readCovering(ctx.connection, ctx.scope, input.position)),
  cover: inScope
    .input(z.object({ grid: DivisionCode }))
    .query(({ ctx, input }) => readCover(ctx.connection, ctx.scope, input.grid)),
  specialised: inScope
    .input(z.object({ code: DivisionCode }))
    .query(({ ctx, input }) => readSpecialised(ctx.connection, ctx.scope, input.code)),
});
