import { metrics } from '@/data/metrics/index';
import { faultsOf, listedMetric, OwnDraft } from '@/data/metrics/own';
import { Ask, WhyAsk } from '@/data/model/ask';
import { BrushAsk } from '@/data/model/brush';
import { byRole, inScope } from '../trpc/guard';
import { type Context, router } from '../trpc/init';
import { answerCached } from './cache';
import { buildCube } from './cube';
import { explain } from './explain';
import { lineage } from './lineage';
import { newestOwn } from './own';
import { preview } from './own-preview';
import { replica } from './replica';
import { RowsAsk, rowsBehind } from './rows';
import { readSpan } from './span';
import { appendOwn, readOwn } from './store';
import { why } from './why';

const contextOf = async ({ scope, connection }: Context) => ({
  facts: await replica().ready(),
  db: connection.db,
  scope,
});

/** Posts that make indicators. */
const maker = byRole('R2', 'R9');

/** The newest of the customer's indicators; a wall is not told who made them. */
const ownTold = async ({ connection, scope }: Context) =>
  newestOwn(await readOwn(connection.db)).map(({ actor, ...draft }) => ({
    draft,
    metric: listedMetric({ ...draft, actor: scope.screen === 'big' ? '' : actor }),
  }));

export const metricRouter = router({
  /** One question to the catalogue; batches travel over the batch link. */
  ask: inScope.input(Ask).query(async ({ ctx, input }) => answerCached(await contextOf(ctx), input)),
  /** What changed a figure against the period before: categories, areas, sources, and all three together. */
  why: inScope.input(WhyAsk).query(async ({ ctx, input }) => why(await contextOf(ctx), input)),
  /** How a question is counted: its SQL and values, and whether rows behind it may be listed. */
  explain: inScope.input(Ask).query(async ({ ctx, input }) => explain(await contextOf(ctx), input)),
  /** Rows behind one cell of an answer, at most 500; not for walls, never persons. */
  rows: inScope
    .input(RowsAsk)
    .query(async ({ ctx, input }) => rowsBehind({ ...(await contextOf(ctx)), scope: ctx.scope }, input)),
  /** Which imports and sources the rows of one cell came from; not for walls. */
  lineage: inScope
    .input(RowsAsk)
    .query(async ({ ctx, input }) => lineage({ ...(await contextOf(ctx)), scope: ctx.scope }, input)),
  /** Sums by the bins of one chart and of those that follow its brush. */
  brush: inScope.input(BrushAsk).query(async ({ ctx, input }) => buildCube(await contextOf(ctx), input)),
  /** First and last instant an event was reported at; null = there is none. */
  span: inScope.query(async ({ ctx }) => readSpan((await contextOf(ctx)).facts)),
  /** Every metric with its meaning, formula and dimensions, the customer's own last. */
  catalogue: inScope.query(async ({ ctx }) => [...metrics, ...(await ownTold(ctx)).map(({ metric }) => metric)]),
  /** The customer's indicators as they stand, as the catalogue lists them and as they were entered. */
  own: inScope.query(({ ctx }) => ownTold(ctx)),
  /** What is wrong with an indicator as it stands in the form; what it would answer, once nothing is. */
  check: maker.input(OwnDraft).query(async ({ ctx, input }) => {
    const faults = faultsOf(input);
    return { faults, answer: faults.length > 0 ? null : await preview(await contextOf(ctx), input) };
  }),
  /** Appends a version of an indicator, to be asked at once. */
  define: maker
    .input(OwnDraft)
    .mutation(({ ctx, input }) => appendOwn(ctx.connection.db, ctx.scope, input, new Date())),
});
