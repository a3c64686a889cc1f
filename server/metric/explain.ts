import { z } from 'zod';
import { Fact, listedFacts } from '@/data/metrics/metric';
import { personResident } from '@/data/metrics/place';
import { Ask } from '@/data/model/ask';
import { isAggregateOnly } from '@/data/model/scope';
import { type AskContext, checkAllowed, compileInput, countedBy, metricFor } from './answer';
import { compile } from './compile';

/** How an answer was counted. */
export const Explained = z.object({
  fact: Fact,
  /** Whether the caller may list the rows behind it one by one. */
  isListed: z.boolean(),
  /** The question over the facts as they stood, its values apart. */
  sql: z.string(),
  params: z.record(z.string(), z.string()),
});
export type Explained = z.infer<typeof Explained>;

/**
 * The SQL behind an answer before small cells are withheld, told by the history of every event; `answer` reads those
 * that stand as they are by shorter ways to the same rows. People by hexagon are counted by block and folded afterwards:
 * theirs is the SQL by block. Throws what `answer` throws.
 */
export const explain = async (context: AskContext, question: z.input<typeof Ask>): Promise<Explained> => {
  const asked = Ask.parse(question);
  const metric = await metricFor(context, asked);
  const ask = { ...asked, dimensions: countedBy(metric, asked.dimensions), operators: [] };
  checkAllowed(metric, ask, context);
  const input = compileInput(context, ask);
  const { sql, params } = compile(metric, input, personResident);
  return {
    fact: metric.fact,
    isListed: listedFacts.includes(metric.fact) && !isAggregateOnly(context.scope),
    sql,
    params,
  };
};
