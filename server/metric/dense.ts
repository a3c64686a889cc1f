import { z } from 'zod';
import { type DimensionKey, noCode } from '@/data/metrics/dimensions';
import { Problem } from '@/data/model/problem';

/** Sums in all charts of an index together; more are neither built nor sent. */
const maxSums = 600_000;
/** Rows they may be read from. */
export const maxPairs = 4 * maxSums;

/** A row of `compileCube` with a side that is read as text. */
export const TextPair = z.object({
  chart: z.number(),
  a: z.number().or(z.nan()),
  b: z.number().or(z.nan()),
  n: z.number(),
  a_text: z.string().nullable(),
  b_text: z.string().nullable(),
});

/** Rows of both queries of `compileCube`: the columns `chart`, `a`, `b`, `n` of the one, the rows of the other. */
export type Pairs = { numbers: readonly Float64Array[]; texts: readonly z.infer<typeof TextPair>[] };

/** Sums of one chart as `Cube` has them. */
export type Dense = { dimension: DimensionKey; codes: string[]; sums: Float64Array };

const checkSums = (n: number): void => {
  if (n > maxSums)
    throw new Problem('invalid', `An index of more than ${maxSums} sums: take a shorter period or coarser bins.`);
};

const { compare } = new Intl.Collator('en', { numeric: true });

/** Half of the small numbers there are. */
const half = 2 ** 15;

/** Bins of a dimension in the order they are met; a small number is read as text once. */
const createBins = (textOf: (n: number) => string) => {
  const codes: string[] = [];
  const byText = new Map<string, number>();
  const byNumber = new Int32Array(2 * half).fill(-1);
  const placeOf = (text: string): number => {
    const known = byText.get(text);
    if (known !== undefined) return known;
    byText.set(text, codes.length);
    return codes.push(text) - 1;
  };
  /** NaN = it has no number, and the text tells. */
  const find = (n: number, text: string | null = null): number => {
    if (Number.isNaN(n)) return placeOf(text ?? noCode);
    const known = byNumber[n + half] ?? -1;
    if (known >= 0) return known;
    const place = placeOf(textOf(n));
    byNumber[n + half] = place;
    return place;
  };
  return { codes, find, byNumber };
};
type Bins = ReturnType<typeof createBins>;

/** Codes of bins that hold anything and those there are anyway, in order, and where each bin stands among them. */
const orderBins = ({ codes }: Bins, held: Uint8Array, complete: readonly string[]) => {
  const ordered = [...new Set([...complete, ...codes.filter((_, bin) => held[bin])])].sort(compare);
  const ranks = new Map(ordered.map((code, rank) => [code, rank]));
  return { codes: ordered, ranks: codes.map((code) => ranks.get(code) ?? 0) };
};

/** Where each number of a column stands among the bins of its row. */
const placesOf = (numbers: Float64Array, binsOf: (row: number) => Bins): Int32Array => {
  const places = new Int32Array(numbers.length);
  for (let row = 0; row < numbers.length; row += 1) {
    const n = numbers[row] ?? 0;
    const { byNumber, find } = binsOf(row);
    const known = byNumber[n + half];
    places[row] = known === undefined || known < 0 ? find(n) : known;
  }
  return places;
};

const nothing = new Float64Array();

/** Rows added up by their bins as met: bin `i` of the active chart and `j` of its own at `i * n + j`. */
const addUp = ({ numbers, texts }: Pairs, active: Bins, own: readonly Bins[]): Float64Array[] => {
  const [charts = nothing, a = nothing, b = nothing, n = nothing] = numbers;
  const rows = placesOf(a, () => active);
  const columns = placesOf(b, (row) => own[charts[row] ?? 0] ?? active);
  const told = texts.map((pair) => ({
    ...pair,
    row: active.find(pair.a, pair.a_text),
    column: own[pair.chart]?.find(pair.b, pair.b_text) ?? 0,
  }));
  checkSums(own.reduce((sum, { codes }) => sum + codes.length * active.codes.length, 0));
  const widths = own.map(({ codes }) => codes.length);
  const sums = widths.map((width) => new Float64Array(width * active.codes.length));
  const add = (chart: number, row: number, column: number, sum: number) => {
    const of = sums[chart] ?? nothing;
    const at = row * (widths[chart] ?? 0) + column;
    of[at] = (of[at] ?? 0) + sum;
  };
  for (let at = 0; at < n.length; at += 1) add(charts[at] ?? 0, rows[at] ?? 0, columns[at] ?? 0, n[at] ?? 0);
  for (const { chart, row, column, n: sum } of told) add(chart, row, column, sum);
  return sums;
};

type Ordered = ReturnType<typeof orderBins>;

/** Sums in the order of the codes of both sides. */
const place = (sums: Float64Array, active: Ordered, own: Ordered): Float64Array => {
  const placed = new Float64Array(active.codes.length * own.codes.length);
  const { ranks } = own;
  for (let row = 0, at = 0; row < active.ranks.length; row += 1) {
    const from = (active.ranks[row] ?? 0) * own.codes.length;
    for (let column = 0; column < ranks.length; column += 1, at += 1) {
      const sum = sums[at] ?? 0;
      if (sum !== 0) placed[from + (ranks[column] ?? 0)] = sum;
    }
  }
  return placed;
};

type Filled = {
  pairs: Pairs;
  /** The active dimension and those of the charts. */
  dimensions: readonly DimensionKey[];
  textOf: (key: DimensionKey) => (n: number) => string;
  /** Codes a dimension has whether or not a row carries them. */
  complete: (key: DimensionKey) => readonly string[];
};

/** Sums of every chart by its bins and those of the active one, zeros included. */
export const fillCharts = ({ pairs, dimensions, textOf, complete }: Filled): { active: string[]; charts: Dense[] } => {
  const [key, ...others] = dimensions as readonly [DimensionKey, ...DimensionKey[]];
  const most = Math.max(pairs.numbers[0]?.length ?? 0, pairs.texts.length);
  if (most > maxPairs) checkSums(most);
  const active = createBins(textOf(key));
  const own = others.map((other) => createBins(textOf(other)));
  const sums = addUp(pairs, active, own);
  const held = new Uint8Array(active.codes.length);
  const ownHeld = sums.map((of, chart) => {
    const inChart = new Uint8Array(own[chart]?.codes.length ?? 0);
    for (let row = 0, at = 0; row < held.length; row += 1)
      for (let column = 0; column < inChart.length; column += 1, at += 1)
        if (of[at] !== 0) {
          held[row] = 1;
          inChart[column] = 1;
        }
    return inChart;
  });
  const axis = orderBins(active, held, complete(key));
  const charts = own.map((bins, chart) => {
    const dimension = others[chart] ?? key;
    return { dimension, ...orderBins(bins, ownHeld[chart] ?? new Uint8Array(), complete(dimension)) };
  });
  checkSums(charts.reduce((sum, { codes }) => sum + codes.length * axis.codes.length, 0));
  return {
    active: axis.codes,
    charts: charts.map(({ dimension, codes, ranks }, chart) => ({
      dimension,
      codes,
      sums: place(sums[chart] ?? nothing, axis, { codes, ranks }),
    })),
  };
};
