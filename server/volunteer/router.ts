import { z } from 'zod';
import { At } from '@/data/model/moment';
import type { Role } from '@/data/model/scope';
import { TurnMove, VolunteerCallDraft, VolunteerJoin } from '@/data/model/volunteer';
import { byRole, inScope } from '../trpc/guard';
import { router } from '../trpc/init';
import { endPass, issuePass } from './pass';
import {
  callById,
  cancelCall,
  comingCalls,
  joinTeam,
  leaveTeam,
  listCalls,
  listTeams,
  moveTurn,
  openCall,
  teamById,
} from './store';

const Asked = z.object({ at: At });
const CallId = z.object({ id: z.uuid() });
const Id = z.object({ id: z.string().regex(/^[\w-]{1,60}$/) });

const desks: readonly Role[] = ['R2', 'R3', 'R4'];
const desk = byRole(...desks);
/** Who records what volunteers do, beside themselves: the grid worker at the place, and the desk. */
const recorder = byRole('R2', 'R3', 'R4', 'R5');

/** Volunteers (志愿服务): teams by division, calls, who came and for how long. They are no staff and count nowhere as such. */
export const volunteerRouter = router({
  teams: inScope.input(Asked).query(({ ctx, input }) => listTeams(ctx.connection, ctx.scope, input.at)),
  team: inScope.input(Id).query(async ({ ctx, input }) => ({
    ...(await teamById(ctx.connection, ctx.scope, input.id)),
    mayKeep: ctx.scope.screen !== 'big' && desks.includes(ctx.scope.role),
  })),
  join: desk.input(VolunteerJoin).mutation(({ ctx, input }) => joinTeam(ctx.connection, ctx.scope, input)),
  leave: desk.input(Id).mutation(({ ctx, input }) => leaveTeam(ctx.connection, ctx.scope, input.id)),
  issuePass: desk.input(Id).mutation(({ ctx, input }) => issuePass(ctx.connection, ctx.scope, input.id)),
  endPass: desk.input(Id).mutation(({ ctx, input }) => endPass(ctx.connection, ctx.scope, input.id)),
  list: inScope.input(Asked).query(({ ctx, input }) => listCalls(ctx.connection, ctx.scope, input.at)),
  byId: inScope.input(CallId.extend({ at: At })).query(async ({ ctx, input }) => ({
    ...(await callById(ctx.connection, ctx.scope, input.id, input.at)),
    mayCancel: input.at === null && ctx.scope.screen !== 'big' && desks.includes(ctx.scope.role),
  })),
  coming: recorder.query(({ ctx }) => comingCalls(ctx.connection, ctx.scope)),
  open: desk.input(VolunteerCallDraft).mutation(async ({ ctx, input }) => {
    await openCall(ctx.connection, ctx.scope, input);
    return { id: input.id };
  }),
  cancel: desk.input(CallId).mutation(({ ctx, input }) => cancelCall(ctx.connection, ctx.scope, input.id)),
  move: recorder.input(TurnMove).mutation(({ ctx, input }) => moveTurn(ctx.connection, ctx.scope, input)),
});
