import { z } from 'zod';
import { CareAsk, CareCallOut, CareEnrolment, CareLook, CareReveal, CareVisited } from '@/data/model/care';
import { At } from '@/data/model/moment';
import type { Role } from '@/data/model/scope';
import { byRole, inScope } from '../trpc/guard';
import { router } from '../trpc/init';
import { callOut, confirmCall, listOpenCalls, readCalls } from './call';
import { countDue, listCare, readCare, revealCare, seenGroups } from './store';
import { endCare, enrol, tellVisit } from './visit';

/** Posts that call the homes a warning covers. */
const callers: readonly Role[] = ['R2', 'R3', 'R4'];

/** Persons in care and service categories (关爱与服务对象): looked at for a purpose, each look kept in the audit. */
export const careRouter = router({
  /** Groups whose persons the caller may be told of; none = the register is closed to the post. */
  groups: inScope.query(({ ctx }) => seenGroups(ctx.connection.db, ctx.scope)),
  list: byRole('R2', 'R3', 'R4', 'R5')
    .input(CareAsk)
    .query(({ ctx, input }) => listCare(ctx.connection, ctx.scope, input)),
  byId: byRole('R2', 'R3', 'R4', 'R5')
    .input(CareLook)
    .query(({ ctx, input }) => readCare(ctx.connection, ctx.scope, input.id, input.purpose)),
  due: byRole('R4', 'R5').query(({ ctx }) => countDue(ctx.connection, ctx.scope)),
  reveal: byRole('R5')
    .input(CareReveal)
    .mutation(({ ctx, input }) => revealCare(ctx.connection, ctx.scope, input)),
  visit: byRole('R4', 'R5')
    .input(CareVisited)
    .mutation(({ ctx, input }) => tellVisit(ctx.connection, ctx.scope, input)),
  enrol: byRole('R4')
    .input(CareEnrolment)
    .mutation(({ ctx, input }) => enrol(ctx.connection, ctx.scope, input)),
  /** How the homes called for a warning answered: figures alone, for every screen. */
  calls: inScope.input(z.object({ alert: z.string().max(40), at: At })).query(async ({ ctx, input }) => ({
    ...(await readCalls(ctx.connection, ctx.scope, input.alert, input.at)),
    mayCall: input.at === null && ctx.scope.screen !== 'big' && callers.includes(ctx.scope.role),
  })),
  callOut: byRole(...callers)
    .input(CareCallOut)
    .mutation(({ ctx, input }) => callOut(ctx.connection, ctx.scope, input)),
  openCalls: byRole('R5').query(({ ctx }) => listOpenCalls(ctx.connection, ctx.scope)),
  confirm: byRole('R5')
    .input(z.object({ alert: z.string().max(40), dwelling: z.string().max(40) }))
    .mutation(({ ctx, input }) => confirmCall(ctx.connection, ctx.scope, input)),
  end: byRole('R4')
    .input(CareLook.pick({ id: true }))
    .mutation(({ ctx, input }) => endCare(ctx.connection, ctx.scope, input.id)),
});
