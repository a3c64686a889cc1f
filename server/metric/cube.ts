import { z } from 'zod';
import { type DimensionKey, noCode } from '@/data/metrics/dimensions';
import type { Metric } from '@/data/metrics/metric';
import { personResident } from '@/data/metrics/place';
import type { Cell } from '@/data/model/answer';
import { Ask } from '@/data/model/ask';
import { BrushAsk, type Cube, packSums } from '@/data/model/brush';
import { Problem } from '@/data/model/problem';
import { type AskContext, checkAllowed, checkPlace, compileInput, metricFor, readRows } from './answer';
import { isCareAsk } from './care';
import type { CompileInput } from './clause';
import { narrowSql } from './columns';
import { compile } from './compile';
import { compileCube } from './compile-cube';
import { completeCodes } from './complete';
import { type Dense, fillCharts, maxPairs, TextPair } from './dense';
import { guard, type PlacedInput } from './guard';
import { CodeRow, readStanding } from './standing';

/**
 * Only what adds up over the bins of a brush can be brushed: counts and sums of rows that stand in one bin each. People
 * are told by whole answers alone, whose hidden sums a running one would uncover.
 */
const checkBrushable = (metric: Metric, dimensions: readonly DimensionKey[]): void => {
  const isAdditive = metric.kind === 'count' || metric.kind === 'sum';
  if (!isAdditive || metric.leastN > 0 || dimensions.some((key) => metric.by?.[key]))
    throw new Problem('invalid', `${metric.key} does not add up over ${dimensions.join(', ')}: it has no brush.`);
};

type Built = { context: AskContext; metric: Metric; ask: z.output<typeof BrushAsk>; input: PlacedInput };

/** Withholds what an answer by the two dimensions withholds: NaN in its place. */
const guardChart = async ({ context, metric, ask, input }: Built, active: readonly string[], chart: Dense) => {
  const dimensions = [ask.active, chart.dimension];
  const { filters } = ask.question;
  if (!isCareAsk({ metric, dimensions, filters, isGrid: input.level === 'grid' })) return;
  const n = chart.codes.length;
  const cells = Array.from(chart.sums, (sum, index): Cell => {
    const at = { [ask.active]: active[Math.floor(index / n)] ?? '', [chart.dimension]: chart.codes[index % n] ?? '' };
    return { at, value: sum, numerator: sum, denominator: 1, n: sum };
  });
  const pair = { ...input, dimensions };
  const shown = await guard(
    {
      metric,
      ask: Ask.parse({ metric: metric.key, dimensions, question: ask.question }),
      input: pair,
      compiled: compile(metric, pair, personResident),
      facts: context.facts,
      read: (of, asked) => readRows(context, of, asked),
    },
    cells,
  );
  for (const [index, { withheld }] of shown.cells.entries()) if (withheld) chart.sums[index] = Number.NaN;
};

/** Rows of the index and what their small numbers stand for, all at one state of the data. */
const readPairs = ({ facts }: AskContext, metric: Metric, input: CompileInput) =>
  facts.snapshot(async ({ rows, numbers }) => {
    const codes = z.array(CodeRow).parse(await rows('select list, code, n from code'));
    const standing = await readStanding(rows, input, codes);
    const compiled = compileCube({ metric, input, standing, maxRows: maxPairs });
    const [narrow, wide] = [compiled.numbers, compiled.texts];
    const pairs = {
      numbers: narrow ? await numbers(narrow.sql, narrow.params) : [],
      texts: wide ? z.array(TextPair).parse(await rows(wide.sql, wide.params)) : [],
    };
    return { pairs, codes, interval: compiled.interval };
  });

/** Texts of the small numbers a dimension is read in. */
const textsOf = (metric: Metric, key: DimensionKey, codes: readonly CodeRow[]) => {
  const narrow = narrowSql(metric, key);
  if (!narrow) return String;
  if ('textOf' in narrow) return narrow.textOf;
  const texts = new Map(codes.flatMap(({ list, code, n }) => (list === narrow.list ? [[n, code]] : [])));
  return (n: number) => texts.get(n) ?? noCode;
};

/**
 * The index a brush over one chart is answered from: sums by each of its bins and each bin of every other chart, cut to
 * the caller's territory and withheld as an answer by the two dimensions is.
 */
export const buildCube = async (context: AskContext, question: BrushAsk): Promise<Cube> => {
  const ask = BrushAsk.parse(question);
  const metric = await metricFor(context, ask);
  const dimensions = [ask.active, ...ask.others];
  const { watermark } = context.facts.status();
  checkBrushable(metric, dimensions);
  checkAllowed(metric, { dimensions }, context);
  const input = { ...compileInput(context, Ask.parse({ metric: metric.key, question: ask.question })), dimensions };
  checkPlace(metric, input);
  const { pairs, codes, interval } = await readPairs(context, metric, input);
  const { divisions } = context.facts.meta();
  const where = { path: input.path, divisions, interval, timeZone: input.timeZone };
  const { active, charts } = fillCharts({
    pairs,
    textOf: (key) => textsOf(metric, key, codes),
    dimensions,
    complete: (key) => completeCodes(key, where) ?? [],
  });
  for (const chart of charts) await guardChart({ context, metric, ask, input }, active, chart);
  return {
    metric: metric.key,
    active: ask.active,
    codes: active,
    charts: charts.map(({ sums, ...chart }) => ({ ...chart, sums: packSums(sums) })),
    asOf: input.clock.toISOString(),
    snapshot: watermark,
  };
};
