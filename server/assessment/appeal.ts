import { listedFacts } from '@/data/metrics/metric';
import { Problem } from '@/data/model/problem';
import { answer, metricFor } from '../metric/answer';
import { rowsBehind } from '../metric/rows';
import { askOf, dimensionOf, readPlan, readSubject, type ScoreAsk, type ScoreContext } from './score';
import { appendAppeal } from './store';

/** Rows an appeal pins at most. */
const mostPinned = 20_000;

type AppealDraft = ScoreAsk & { period: string; subject: string; item: string; reason: string };

/**
 * Appeals against an item of a score (申诉): the question, its parts and the ids of its rows are kept as they stand.
 * Rows of people, dwellings and shifts are never listed, so of those the parts alone are kept.
 */
export const appeal = async (context: ScoreContext, draft: AppealDraft): Promise<{ id: number; nRows: number }> => {
  const { level, period, subject, item: key, reason } = draft;
  const { path, at } = await readSubject(context, level, subject);
  const { plan, reading } = await readPlan(context, draft);
  const item = plan.items.find((each) => each.key === key);
  if (item?.kind !== 'online') throw new Problem('not_found', `The plan of ${period} counts no item ${key}.`, { key });
  const ask = { ...askOf(item, level, reading), limit: 5000 };
  const told = await answer(context, ask);
  const dimension = dimensionOf(level);
  const cell = told.cells.find((each) => each.at[dimension] === at);
  const isListed = listedFacts.includes((await metricFor(context, ask)).fact);
  const { rows, total } = isListed
    ? await rowsBehind(context, { ...ask, at: { [dimension]: at } }, mostPinned)
    : { rows: [], total: 0 };
  if (total > rows.length) throw new Problem('invalid', `More than ${mostPinned} rows stand behind it.`);
  const id = await appendAppeal(context.connection, {
    ...{ level, period, subject, path, item: key, reason, question: ask, snapshot: told.snapshot },
    plan_version: plan.version,
    as_of: new Date(told.asOf),
    numerator: cell?.numerator ?? null,
    denominator: cell?.denominator ?? null,
    rows: rows.map((row) => [row.id, row.numerator, row.denominator]),
    actor_id: context.scope.actorId,
  });
  return { id, nRows: rows.length };
};
