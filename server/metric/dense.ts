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
  return { codes, find };
};
type Bins = ReturnType<typeof createBins>;

/** Codes of bins that hold anything and those there are anyway, in order, and where each bin stands among them. */
const orderBins = ({ codes }: Bins, held: Uint8Array, complete: readonly string[]) => {
  const ordered = [...new Set([...complete, ...codes.filter((_, bin) => held[bin])])].sort(compare);
  const ranks = new Map(ordered.map((code, rank) => [code, rank]));
  return { codes: ordered, ranks: codes.map((code) => ranks.get(code) ?? 0) };
};

/** Rows added up by their bins as met: bin `i` of the active chart and `j` of its own at `i * n + j`. */
const addUp = ({ numbers, texts }: Pairs, active: Bins, own: readonly Bins[]): Float64Array[] => {
  const [charts = [], a = [], b = [], n = []] = numbers;
  const size = charts.length + texts.length;
  const places = new Int32Array(2 * size);
  const find = (row: number, [chart, from, to]: [number, number, number], texted?: Pairs['texts'][number]) => {
    places[2 * row] = active.find(from, texted?.a_text);
    places[2 * row + 1] = own[chart]?.find(to, texted?.b_text) ?? 0;
  };
  for (let row = 0; row < charts.length; row += 1) find(row, [charts[row] ?? 0, a[row] ?? 0, b[row] ?? 0]);
  texts.forEach((pair, row) => {
    find(charts.length + row, [pair.chart, pair.a, pair.b], pair);
  });
  checkSums(own.reduce((sum, { codes }) => sum + codes.length * active.codes.length, 0));
  const sums = own.map(({ codes }) => new Float64Array(codes.length * active.codes.length));
  for (let row = 0; row < size; row += 1) {
    const texted = texts[row - charts.length];
    const of = sums[texted?.chart ?? charts[row] ?? 0] ?? new Float64Array();
    const at = ((places[2 * row] ?? 0) * of.length) / active.codes.length + (places[2 * row + 1] ?? 0);
    of[at] = (of[at] ?? 0) + (texted?.n ?? n[row] ?? 0);
  }
  return sums;
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
    const n = own[chart]?.codes.length ?? 0;
    const inChart = new Uint8Array(n);
    of.forEach((sum, at) => {
      if (sum === 0) return;
      held[Math.floor(at / n)] = 1;
      inChart[at % n] = 1;
    });
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
    charts: charts.map(({ dimension, codes, ranks }, chart) => {
      const placed = new Float64Array(axis.codes.length * codes.length);
      const n = ranks.length;
      sums[chart]?.forEach((sum, at) => {
        if (sum !== 0) placed[(axis.ranks[Math.floor(at / n)] ?? 0) * codes.length + (ranks[at % n] ?? 0)] = sum;
      });
      return { dimension, codes, sums: placed };
    }),
  };
};
