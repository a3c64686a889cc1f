import { z } from 'zod';
import { At } from '@/data/model/moment';
import { MusterDraft } from '@/data/model/muster';
import type { Role } from '@/data/model/scope';
import { departmentOf } from '../access/rules';
import { byRole, inScope } from '../trpc/guard';
import { router } from '../trpc/init';
import { answerMuster, callRoll, closeMuster, listMusters, openCalls, readMuster } from './store';

const Id = z.object({ id: z.uuid() });

/** Duty desks. */
const desks: readonly Role[] = ['R2', 'R3', 'R4'];
/** Who answers on a phone. */
const called = byRole('R5', 'R6');

/** Roll calls (点名): the duty desk calls who is on the roster, they answer on their phones. */
export const musterRouter = router({
  list: inScope.input(z.object({ at: At })).query(({ ctx, input }) => listMusters(ctx.connection, ctx.scope, input.at)),
  byId: inScope.input(Id.extend({ at: At })).query(async ({ ctx, input }) => ({
    ...(await readMuster(ctx.connection.db, ctx.scope, input.id, input.at)),
    /** Whether the caller may close it; never in the past. */
    mayClose: input.at === null && ctx.scope.screen !== 'big' && desks.includes(ctx.scope.role),
  })),
  open: byRole(...desks)
    .input(MusterDraft)
    .mutation(({ ctx, input }) => callRoll(ctx.connection, ctx.scope, input)),
  close: byRole(...desks)
    .input(Id)
    .mutation(({ ctx, input }) => closeMuster(ctx.connection, ctx.scope, input.id)),
  mine: called
    .input(z.object({ department: z.string().max(20).nullable().default(null) }))
    .query(({ ctx, input }) => openCalls(ctx.connection, ctx.scope, departmentOf(ctx.scope, input.department))),
  answer: called
    .input(Id.extend({ worker: z.string().regex(/^[\w-]{1,40}$/) }))
    .mutation(({ ctx, input }) => answerMuster(ctx.connection, ctx.scope, input)),
});
