import { z } from 'zod';
import { DivisionCode } from '@/data/model/division';
import { LngLat } from '@/data/model/geo';
import { RecutProposal } from '@/data/model/recut';
import { byRole, inScope } from '../trpc/guard';
import { router } from '../trpc/init';
import { readCover, readSpecialised } from './cover';
import { adoptRecut, previewRecut } from './recut';
import { readBlocks, readCovering, readEnded, readTree } from './store';

const Instant = z.iso
  .datetime({ offset: true })
  .nullable()
  .default(null)
  .transform((at) => (at === null ? null : new Date(at)));

export const divisionRouter = router({
  /** The tree as it was at an instant; left out = now. */
  tree: inScope
    .input(z.object({ at: Instant }).optional())
    .query(({ ctx, input }) => readTree(ctx.connection, ctx.scope, input?.at ?? null)),
  /** Divisions that have ended, with what became of them. */
  ended: inScope.query(({ ctx }) => readEnded(ctx.connection, ctx.scope)),
  recutPreview: byRole('R2')
    .input(RecutProposal)
    .mutation(({ ctx, input }) => previewRecut(ctx.connection, ctx.scope, input)),
  recutAdopt: byRole('R2')
    .input(RecutProposal)
    .mutation(({ ctx, input }) => adoptRecut(ctx.connection, ctx.scope, input)),
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
