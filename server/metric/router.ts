import { z } from 'zod';
import { metrics } from '@/data/metrics/index';
import { Ask, WhyAsk } from '@/data/model/ask';
import { BrushAsk } from '@/data/model/brush';
import { inScope } from '../trpc/guard';
import { type Context, router } from '../trpc/init';
import { answerCached } from './cache';
import { buildCube } from './cube';
import { explain } from './explain';
import { replica } from './replica';
import { rowsBehind } from './rows';
import { readSpan } from './span';
import { why } from './why';

const contextOf = async ({ scope, connection }: Context) => ({
  facts: await replica().ready(),
  db: connection.db,
  scope,
});

export const metricRouter = router({
  /** One question to the catalogue; batches travel over the batch link. */
  ask: inScope.input(Ask).query(async ({ ctx, input }) => answerCached(await contextOf(ctx), input)),
  /** What changed a figure against the period before: categories, areas, sources, and all three together. */
  why: inScope.input(WhyAsk).query(async ({ ctx, input }) => why(await contextOf(ctx), input)),
  /** How a question is counted: its SQL and values, and whether rows behind it may be listed. */
  explain: inScope.input(Ask).query(async ({ ctx, input }) => explain(await contextOf(ctx), input)),
  /** Rows behind one cell of an answer, at most 500; not for walls, never persons. */
  rows: inScope
    .input(Ask.extend({ at: z.record(z.string(), z.string().max(60)).default({}) }))
    .query(async ({ ctx, input }) => rowsBehind({ ...(await contextOf(ctx)), scope: ctx.scope }, input)),
  /** Sums by the bins of one chart and of those that follow its brush. */
  brush: inScope.input(BrushAsk).query(async ({ ctx, input }) => buildCube(await contextOf(ctx), input)),
  /** First and last instant an event was reported at; null = there is none. */
  span: inScope.query(async ({ ctx }) => readSpan((await contextOf(ctx)).facts)),
  /** Every metric with its meaning, formula and dimensions. */
  catalogue: inScope.query(() => metrics),
});
