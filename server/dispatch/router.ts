import { z } from 'zod';
import { RoutePeriod, RuleDraft, WhatIfChange } from '@/data/model/dispatch';
import { mayKeep } from '../dictionary/dated';
import { byRole, inScope } from '../trpc/guard';
import { router } from '../trpc/init';
import { replayRoutes } from './replay';
import { changeRule, listRules, ruleHistory, withdrawRule } from './rulebook';
import { assignRoute, returnEvent, routesOf, suggestRoute } from './store';
import { whatIf } from './what-if';

const Code = z.string().regex(/^[\w-]{1,60}$/);
const EventId = z.string().max(40);

/** Who works on cases, and so is told of the workers they go to. */
const worker = byRole('R2', 'R3', 'R4', 'R5', 'R6');
/** Who sends events. */
const sender = byRole('R2', 'R3', 'R4');
/** Who keeps the rules: the store decides, as a commander does in a demo alone. */
const keeper = byRole('R2', 'R9');
/** Who asks what was decided, and what would have been; figures alone. */
const student = byRole('R2', 'R7', 'R8', 'R9');

const Assignment = z.object({
  id: EventId,
  version: z.number().int().min(1),
  /** The suggestion as it was seen; else another, with the reason. */
  isAccepted: z.boolean(),
  department: z.string().min(1).max(20),
  worker: Code.nullable().default(null),
  note: z.string().trim().max(400).default(''),
});

export const dispatchRouter = router({
  rules: inScope.query(({ ctx }) => listRules(ctx.connection)),
  rights: inScope.query(async ({ ctx }) => ({ isKeeper: await mayKeep(ctx.connection.db, ctx.scope) })),
  ruleHistory: inScope
    .input(z.object({ category: Code }))
    .query(({ ctx, input }) => ruleHistory(ctx.connection, input.category)),
  changeRule: keeper.input(RuleDraft).mutation(({ ctx, input }) => changeRule(ctx.connection, ctx.scope, input)),
  withdrawRule: keeper
    .input(RuleDraft.pick({ category: true, seen: true, note: true }))
    .mutation(({ ctx, input }) => withdrawRule(ctx.connection, ctx.scope, input)),
  routes: worker
    .input(z.object({ id: EventId, at: z.iso.datetime({ offset: true }).nullable().default(null) }))
    .query(({ ctx, input: { id, at } }) => routesOf(ctx.connection, ctx.scope, id, at === null ? null : new Date(at))),
  suggest: sender
    .input(z.object({ id: EventId }))
    .query(({ ctx, input }) => suggestRoute(ctx.connection, ctx.scope, input.id)),
  /** What a desk needs of an event: what is on record, and at the newest instant whom it may be sent to. */
  desk: worker
    .input(z.object({ id: EventId, at: z.iso.datetime({ offset: true }).nullable().default(null) }))
    .query(async ({ ctx: { connection, scope }, input: { id, at } }) => ({
      routes: id === '' ? [] : await routesOf(connection, scope, id, at === null ? null : new Date(at)),
      suggested: id === '' || at !== null ? null : await suggestRoute(connection, scope, id),
    })),
  return: sender
    .input(Assignment.pick({ id: true, version: true }).extend({ note: z.string().trim().min(2).max(400) }))
    .mutation(({ ctx, input }) => returnEvent(ctx.connection, ctx.scope, input)),
  assign: sender.input(Assignment).mutation(({ ctx, input }) => assignRoute(ctx.connection, ctx.scope, input)),
  replay: student
    .input(z.object({ period: RoutePeriod }))
    .query(({ ctx, input }) => replayRoutes(ctx.connection, ctx.scope, input.period)),
  whatIf: student
    .input(z.object({ period: RoutePeriod, changes: z.array(WhatIfChange).min(1).max(20) }))
    .query(({ ctx, input }) => whatIf(ctx.connection, ctx.scope, input.period, input.changes)),
});
