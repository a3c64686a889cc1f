import { z } from 'zod';
import { type Fact, listedFacts } from '@/data/metrics/metric';
import type { Cell } from '@/data/model/answer';
import { Ask } from '@/data/model/ask';
import { Problem } from '@/data/model/problem';
import { isAggregateOnly, type Scope } from '@/data/model/scope';
import { type AskContext, answerParsed, compileInput, metricFor } from './answer';
import { maxCells } from './assemble';
import { compileRows } from './compile';

/** A row behind a figure. Null position = it has no place. */
export const FigureRow = z.object({
  id: z.string(),
  lng: z.number().nullable(),
  lat: z.number().nullable(),
  /** What the row adds to each part of the figure. */
  numerator: z.number(),
  denominator: z.number(),
});
export type FigureRow = z.infer<typeof FigureRow>;

/** A question and the cell of its answer. */
export const RowsAsk = Ask.extend({ at: z.record(z.string(), z.string().max(60)).default({}) });

/** Rows the asked cells count; what an answer withholds is not told by its rows either. */
export const toldRows = async (context: AskContext, { at, ...ask }: z.output<typeof RowsAsk>): Promise<number> => {
  const { cells } = await answerParsed(context, { ...ask, operators: [], limit: maxCells });
  const isAsked = (cell: Cell) => ask.dimensions.every((key) => at[key] === undefined || cell.at[key] === at[key]);
  const asked = cells.filter(isAsked);
  if (asked.some(({ withheld }) => withheld))
    throw new Problem('withheld', 'Too few stand behind this figure: ask for a larger area or a longer period.');
  return asked.reduce((sum, { n }) => sum + (n ?? 0), 0);
};

/** Rows a caller may list at once. */
const mostListed = 500;

/** Rows behind one cell, newest ids first, at most `limit`; `total` = rows in all. Throws `withheld` for a withheld cell. */
export const rowsBehind = async (
  context: AskContext & { scope: Scope },
  question: z.input<typeof RowsAsk>,
  limit = mostListed,
): Promise<{ fact: Fact; total: number; rows: FigureRow[] }> => {
  if (isAggregateOnly(context.scope)) throw new Problem('not_allowed', 'This screen shows aggregates alone.');
  const ask = RowsAsk.parse(question);
  const metric = await metricFor(context, ask);
  if (!listedFacts.includes(metric.fact)) throw new Problem('not_allowed', `Rows of ${metric.fact} are not shown.`);
  await toldRows(context, ask);
  const { sql, params } = compileRows(metric, { ...compileInput(context, ask), operators: [] }, ask.at, limit);
  const rows = await context.facts.query(sql, params);
  const total = z.number().catch(0).parse(rows[0]?.total);
  return { fact: metric.fact, total, rows: z.array(FigureRow).parse(rows) };
};
