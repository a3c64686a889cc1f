import { z } from 'zod';
import { ErrandIssue, ErrandMove } from '@/data/model/errand';
import { At } from '@/data/model/moment';
import type { Role } from '@/data/model/scope';
import { byRole, inScope } from '../trpc/guard';
import { router } from '../trpc/init';
import { batchById, issueErrands, listBatches, moveErrand, myErrands, voidErrands } from './store';

const Id = z.object({ id: z.uuid() });

const desks: readonly Role[] = ['R2', 'R3', 'R4'];
const worker = byRole('R5');

/** Errands beside events (巡查、核查、督察): desks issue them, grids do them on their phones. */
export const errandRouter = router({
  list: inScope.input(z.object({ at: At })).query(({ ctx, input }) => listBatches(ctx.connection, ctx.scope, input.at)),
  byId: inScope.input(Id.extend({ at: At })).query(async ({ ctx, input }) => ({
    ...(await batchById(ctx.connection, ctx.scope, input.id, input.at)),
    /** Whether the caller may take back what is left; never in the past. */
    mayVoid: input.at === null && ctx.scope.screen !== 'big' && desks.includes(ctx.scope.role),
  })),
  issue: byRole(...desks)
    .input(ErrandIssue)
    .mutation(async ({ ctx, input }) => {
      await issueErrands(ctx.connection, ctx.scope, input);
      return batchById(ctx.connection, ctx.scope, input.id, null);
    }),
  void: byRole(...desks)
    .input(Id)
    .mutation(({ ctx, input }) => voidErrands(ctx.connection, ctx.scope, input.id)),
  mine: worker.query(async ({ ctx }) => ({
    errands: await myErrands(ctx.connection, ctx.scope),
    asOf: new Date().toISOString(),
  })),
  move: worker.input(ErrandMove).mutation(({ ctx, input }) => moveErrand(ctx.connection, ctx.scope, input)),
});
