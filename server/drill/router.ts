import { z } from 'zod';
import { DrillDraft } from '@/data/model/drill';
import { At } from '@/data/model/moment';
import type { Role } from '@/data/model/scope';
import { byRole, inScope } from '../trpc/guard';
import { router } from '../trpc/init';
import { endDrill, listDrills, openDrill, readDrill } from './store';

const Id = z.object({ id: z.uuid() });

/** Command centres of the district and of a sub-district. */
const leaders: readonly Role[] = ['R2', 'R3'];

/** Drills (应急演练): opened for an area and a time, ended by hand or by the clock, told by their reaction times. */
export const drillRouter = router({
  list: inScope.input(z.object({ at: At })).query(({ ctx, input }) => listDrills(ctx.connection, ctx.scope, input.at)),
  byId: inScope.input(Id.extend({ at: At })).query(async ({ ctx, input }) => ({
    ...(await readDrill(ctx.connection.db, ctx.scope, input.id, input.at)),
    /** Whether the caller may end it; never in the past. */
    mayEnd: input.at === null && ctx.scope.screen !== 'big' && leaders.includes(ctx.scope.role),
    /** Whether the caller's screen may go into it. */
    mayEnter:
      input.at === null && ctx.scope.screen !== 'big' && ['R2', 'R3', 'R4', 'R5', 'R6'].includes(ctx.scope.role),
  })),
  open: byRole(...leaders)
    .input(DrillDraft)
    .mutation(({ ctx, input }) => openDrill(ctx.connection, ctx.scope, input)),
  end: byRole(...leaders)
    .input(Id)
    .mutation(({ ctx, input }) => endDrill(ctx.connection, ctx.scope, input.id)),
});
