import { z } from 'zod';
import { careLeastN } from '@/data/metrics/care';
import { Fact, type Metric } from '@/data/metrics/metric';
import { Problem } from '@/data/model/problem';
import { isAggregateOnly, type Scope } from '@/data/model/scope';
import { Batch, readBatches } from '../exchange/store';
import { type AskContext, compileInput, metricFor } from './answer';
import { isCareAsk } from './care';
import { compileLineage } from './compile';
import { RowsAsk, toldRows } from './rows';

/** Rows of a figure that came the same way. */
const Part = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('batch'), n: z.number(), batch: Batch }),
  /** Reported here, by a channel of list `event-source`; `newestAt`: the last report among them. */
  z.object({ kind: z.literal('live'), n: z.number(), source: z.string(), newestAt: z.iso.datetime() }),
  /** A register kept here, which no file is told apart in. */
  z.object({ kind: z.literal('register'), n: z.number(), fact: Fact }),
  /** Parts of too few rows for who asks, put together. */
  z.object({ kind: z.literal('others'), n: z.number() }),
]);

/** Where the rows of a figure came from. `n` of all parts add up to `total`; all committed before `asOf` is counted. */
export const Lineage = z.object({ total: z.number(), parts: z.array(Part), asOf: z.iso.datetime() });
export type Lineage = z.infer<typeof Lineage>;

const WayRow = z.object({
  batch: z.number().nullable(),
  way: z.string().nullable(),
  n: z.number(),
  newest: z.number(),
});

/** Puts parts of fewer than `least` rows together with as many more as make up that number. */
const foldSmall = (parts: readonly z.output<typeof Part>[], least: number): z.output<typeof Part>[] => {
  const rising = [...parts].sort((a, b) => a.n - b.n);
  let n = 0;
  const kept = rising.filter((part) => {
    if (part.n >= least && (n === 0 || n >= least)) return true;
    n += part.n;
    return false;
  });
  return n === 0 ? [...parts] : [...kept.reverse(), { kind: 'others', n }];
};

const partsOfEvents = async (context: AskContext, metric: Metric, ask: z.output<typeof RowsAsk>) => {
  const input = { ...compileInput(context, ask), operators: [] };
  const { sql, params } = compileLineage(metric, input, ask.at);
  const rows = z.array(WayRow).parse(await context.facts.query(sql, params));
  const batches = await readBatches(
    context.db,
    rows.flatMap(({ batch }) => batch ?? []),
  );
  return rows.map(({ batch: id, way, n, newest }): z.output<typeof Part> => {
    const batch = batches.find((each) => each.id === id);
    if (batch) return { kind: 'batch', n, batch };
    return { kind: 'live', n, source: way ?? 'none', newestAt: new Date(newest).toISOString() };
  });
};

/** What a post that gets aggregates alone is told: no part of too few rows, and none of a category in a small place. */
const cut = (parts: readonly z.output<typeof Part>[], isCare: boolean): z.output<typeof Part>[] =>
  isCare ? foldSmall(parts, Number.POSITIVE_INFINITY) : foldSmall(parts, careLeastN);

/**
 * Which imports and which sources the rows of one cell came from (数据血缘), as many rows as the figure counts. Throws
 * `withheld` for a withheld cell; walls are told nothing.
 */
export const lineage = async (
  context: AskContext & { scope: Scope },
  question: z.input<typeof RowsAsk>,
): Promise<Lineage> => {
  if (context.scope.screen === 'big') throw new Problem('not_allowed', 'A wall is not told where rows came from.');
  const ask = RowsAsk.parse(question);
  const metric = await metricFor(context, ask);
  const total = await toldRows(context, ask);
  const asOf = context.facts.status().asOf.toISOString();
  if (metric.fact !== 'event' || total === 0)
    return { total, parts: total === 0 ? [] : [{ kind: 'register', n: total, fact: metric.fact }], asOf };
  const parts = await partsOfEvents(context, metric, ask);
  const { level } = compileInput(context, ask);
  const care = { metric, dimensions: ask.dimensions, filters: ask.question.filters, isGrid: level === 'grid' };
  return { total, parts: isAggregateOnly(context.scope) ? cut(parts, isCareAsk(care)) : parts, asOf };
};
