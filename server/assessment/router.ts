import { z } from 'zod';
import { AssessLevel, OfflineDraft, PeriodCode, PlanDraft } from '@/data/model/assessment';
import { isAggregateOnly, type Role, type Scope } from '@/data/model/scope';
import { Known } from '@/data/model/view';
import { replica } from '../metric/replica';
import { byRole, inScope } from '../trpc/guard';
import { type Context, router } from '../trpc/init';
import { appeal } from './appeal';
import { checkLevel, readScores, readSubject } from './score';
import { appendOffline, appendPlan, listAppeals, listOffline, listPlans, readAppeal } from './store';

const planners: readonly Role[] = ['R2', 'R9'];
const scorers: readonly Role[] = ['R2', 'R3'];
const appellants: readonly Role[] = ['R2', 'R3', 'R4'];

const contextOf = async ({ scope, connection }: Context, level: AssessLevel) => {
  checkLevel(level, scope);
  return { facts: await replica().ready(), db: connection.db, scope, connection };
};

const Subject = z.object({
  level: AssessLevel,
  period: PeriodCode,
  subject: z.string().regex(/^[\w-]{1,40}$/),
});

const ScoreAsk = z.object({
  level: AssessLevel,
  period: PeriodCode.nullable().default(null),
  at: z.iso.datetime({ offset: true }).nullable().default(null),
  known: Known.default('now'),
});

/** What the post may do besides reading. */
const rightsOf = ({ role, screen }: Scope) => {
  const is = (allowed: readonly Role[]) => screen !== 'big' && allowed.includes(role);
  return { isPlanner: is(planners), isScorer: is(scorers), isAppellant: is(appellants) };
};

export const assessmentRouter = router({
  /** Scores of a level in a period; workers never on a wall nor for aggregate posts. */
  scores: inScope.input(ScoreAsk).query(async ({ ctx, input }) => readScores(await contextOf(ctx, input.level), input)),
  rights: inScope.query(({ ctx }) => ({ ...rightsOf(ctx.scope), isAggregate: isAggregateOnly(ctx.scope) })),
  plans: inScope
    .input(z.object({ level: AssessLevel }))
    .query(({ ctx, input }) => listPlans(ctx.connection.db, input.level)),
  propose: byRole(...planners)
    .input(PlanDraft)
    .mutation(({ ctx, input }) => appendPlan(ctx.connection, ctx.scope, input)),
  /** Entries by hand of a subject, oldest first. */
  offline: inScope.input(Subject).query(async ({ ctx, input }) => {
    await readSubject(await contextOf(ctx, input.level), input.level, input.subject);
    const entries = await listOffline(ctx.connection.db, input, null);
    return entries.filter(({ subject }) => subject === input.subject);
  }),
  enter: byRole(...scorers)
    .input(OfflineDraft)
    .mutation(async ({ ctx, input }) => {
      const { path } = await readSubject(await contextOf(ctx, input.level), input.level, input.subject);
      await appendOffline(ctx.connection, ctx.scope, input, path);
    }),
  appeals: byRole(...appellants)
    .input(Subject)
    .query(({ ctx, input }) => listAppeals(ctx.connection.db, ctx.scope, input)),
  appealById: byRole(...appellants)
    .input(z.object({ id: z.number().int().min(1) }))
    .query(({ ctx, input }) => readAppeal(ctx.connection.db, ctx.scope, input.id)),
  appeal: byRole(...appellants)
    .input(
      Subject.extend({
        ...{ item: z.string().max(40), reason: z.string().trim().min(2).max(400) },
        ...{ at: ScoreAsk.shape.at, known: Known.default('now') },
      }),
    )
    .mutation(async ({ ctx, input }) => appeal(await contextOf(ctx, input.level), input)),
});
