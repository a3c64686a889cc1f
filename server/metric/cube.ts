import { z } from 'zod';
import type { DimensionKey } from '@/data/metrics/dimensions';
import type { Metric } from '@/data/metrics/metric';
import { personResident } from '@/data/metrics/place';
import type { Cell } from '@/data/model/answer';
import { Ask } from '@/data/model/ask';
import { BrushAsk, type Cube, packSums } from '@/data/model/brush';
import { Problem } from '@/data/model/problem';
import { type AskContext, checkAllowed, checkPlace, compileInput, metricFor, readRows } from './answer';
import { isCareAsk } from './care';
import { compile } from './compile';
import { type Bounds, boundsSql, compileCube, metBy } from './compile-cube';
import { completeCodes } from './complete';
import { guard, type PlacedInput } from './guard';

const BinRow = z.object({
  chart: z.number().int(),
  code: z.string(),
  bins: z.array(z.number().int()),
  sums: z.array(z.number()),
});
type BinRow = z.infer<typeof BinRow>;

/** Sums in all charts of an index together; more are neither built nor sent. */
const maxSums = 400_000;

const checkSums = (n: number): void => {
  if (n > maxSums)
    throw new Problem('invalid', `An index of more than ${maxSums} sums: take a shorter period or coarser bins.`);
};

/**
 * Only what adds up over the bins of a brush can be brushed: counts and sums of rows that stand in one bin each. People
 * are told by whole answers alone, whose hidden sums a running one would uncover.
 */
const checkBrushable = (metric: Metric, dimensions: readonly DimensionKey[]): void => {
  const isAdditive = metric.kind === 'count' || metric.kind === 'sum';
  if (!isAdditive || metric.leastN > 0 || dimensions.some((key) => metric.by?.[key]))
    throw new Problem('invalid', `${metric.key} does not add up over ${dimensions.join(', ')}: it has no brush.`);
};

const inOrder = (codes: Iterable<string>): string[] =>
  [...new Set(codes)].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));

type Built = { context: AskContext; metric: Metric; ask: z.output<typeof BrushAsk>; input: PlacedInput };

/** Sums of one chart as `Cube` has them. */
type Dense = { dimension: DimensionKey; codes: string[]; sums: Float64Array };

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
      read: (compiled, asked) => readRows(context, compiled, asked),
    },
    cells,
  );
  for (const [index, { withheld }] of shown.cells.entries()) if (withheld) chart.sums[index] = Number.NaN;
};

const placesOf = (found: readonly string[], codes: readonly string[]): Uint32Array => {
  const places = new Map(codes.map((code, place) => [code, place]));
  return Uint32Array.from(found, (code) => places.get(code) ?? 0);
};

/** One number a pair of bins, zeros included. */
const fillChart = (
  dimension: DimensionKey,
  rows: readonly BinRow[],
  codes: string[],
  axis: Uint32Array,
  nAxis: number,
) => {
  const n = codes.length;
  const sums = new Float64Array(nAxis * n);
  const own = placesOf(
    rows.map(({ code }) => code),
    codes,
  );
  rows.forEach(({ bins, sums: read }, row) => {
    bins.forEach((bin, index) => {
      const at = (axis[bin] ?? 0) * n + (own[row] ?? 0);
      sums[at] = (sums[at] ?? 0) + (read[index] ?? 0);
    });
  });
  return { dimension, codes, sums };
};

const BoundsRow = z.object({
  firstAt: z.number().nullable(),
  lastAt: z.number().nullable(),
  settledAt: z.number().nullable(),
});

/**
 * Rows of the index. Conditions that all events meet are left out, which halves the work; where one has come in meanwhile
 * that does not meet them, it is counted again with all of them.
 */
const readBins = async ({ facts }: AskContext, metric: Metric, input: PlacedInput, dimensions: DimensionKey[]) => {
  const bounds = async (): Promise<Bounds> => BoundsRow.parse((await facts.query(boundsSql(metric, input)))[0]);
  const asked = { ...input, dimensions, maxRows: maxSums };
  const count = async (known: Bounds | null) => {
    const { sql, params, interval } = compileCube(metric, asked, known);
    return { interval, rows: z.array(BinRow).parse(await facts.query(sql, params)) };
  };
  if (metric.fact !== 'event') return count(null);
  const before = await bounds();
  const counted = await count(before);
  const [was, is] = [metBy(metric, before, counted.interval), metBy(metric, await bounds(), counted.interval)];
  return JSON.stringify(was) === JSON.stringify(is) ? counted : count(null);
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
  const input = compileInput(context, Ask.parse({ metric: metric.key, question: ask.question }));
  checkPlace(metric, input);
  const { rows, interval } = await readBins(context, metric, input, dimensions);
  const { divisions } = context.facts.meta();
  const where = { path: input.path, divisions, interval, timeZone: input.timeZone };
  const ofChart = (chart: number) => rows.filter((row) => row.chart === chart);
  const codesOf = (key: DimensionKey, found: readonly BinRow[]) =>
    inOrder([...(completeCodes(key, where) ?? []), ...found.map(({ code }) => code)]);
  const axis = ofChart(0).sort((a, b) => (a.bins[0] ?? 0) - (b.bins[0] ?? 0));
  const active = codesOf(ask.active, axis);
  const places = placesOf(
    axis.map(({ code }) => code),
    active,
  );
  const coded = ask.others
    .map((key, index) => ({ key, found: ofChart(index + 1) }))
    .map((each) => ({ ...each, codes: codesOf(each.key, each.found) }));
  checkSums(coded.reduce((sum, { codes }) => sum + codes.length * active.length, 0));
  const charts = coded.map(({ key, found, codes }) => fillChart(key, found, codes, places, active.length));
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
