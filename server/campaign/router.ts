import { z } from 'zod';
import { CampaignDraft, CampaignMove } from '@/data/model/campaign';
import { At } from '@/data/model/moment';
import type { Role } from '@/data/model/scope';
import { byRole, inScope } from '../trpc/guard';
import { router } from '../trpc/init';
import { listCampaigns, moveCampaign, openCampaign, readCampaign } from './store';

const leaders: readonly Role[] = ['R2', 'R3', 'R4'];

/** Campaigns over key areas (重点地区排查整治): who leads, where, from when to when, and what came of it. */
export const campaignRouter = router({
  list: inScope
    .input(z.object({ at: At }))
    .query(({ ctx, input }) => listCampaigns(ctx.connection, ctx.scope, input.at)),
  byId: inScope.input(z.object({ id: z.uuid(), at: At })).query(async ({ ctx, input }) => ({
    ...(await readCampaign(ctx.connection.db, ctx.scope, input.id, input.at)),
    /** Whether the caller may move it; never in the past. */
    mayMove: input.at === null && ctx.scope.screen !== 'big' && leaders.includes(ctx.scope.role),
  })),
  open: byRole(...leaders)
    .input(CampaignDraft)
    .mutation(({ ctx, input }) => openCampaign(ctx.connection, ctx.scope, input)),
  move: byRole(...leaders)
    .input(CampaignMove)
    .mutation(({ ctx, input }) => moveCampaign(ctx.connection, ctx.scope, input)),
});
