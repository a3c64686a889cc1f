import { type Cube, type CubeChart, readSums } from './brush';

/** Bins `[from, to)` of the active chart, in the order it shows them. */
export type Brush = { from: number; to: number };

/** Running sums of one chart along the active one: row `i` holds the bins before the `i`-th, `n` numbers a row. */
export type BrushIndex = {
  n: number;
  nActive: number;
  sums: Float64Array;
  /** Running number of withheld sums; null = none is. */
  withheld: Uint32Array | null;
};

/** The index of one chart of a cube. `order` = bins of the active chart as it shows them; one without a row counts zero. */
export const buildBrushIndex = (cube: Cube, chart: CubeChart, order: readonly string[] = cube.codes): BrushIndex => {
  const read = readSums(chart.sums);
  const n = chart.codes.length;
  const rows = new Map(cube.codes.map((code, row) => [code, row]));
  const sums = new Float64Array((order.length + 1) * n);
  const withheld = read.some(Number.isNaN) ? new Uint32Array(sums.length) : null;
  order.forEach((code, i) => {
    const row = rows.get(code);
    for (let j = 0; j < n; j += 1) {
      const sum = row === undefined ? 0 : (read[row * n + j] ?? 0);
      const at = i * n + j;
      sums[at + n] = (sums[at] ?? 0) + (Number.isNaN(sum) ? 0 : sum);
      if (withheld) withheld[at + n] = (withheld[at] ?? 0) + Number(Number.isNaN(sum));
    }
  });
  return { n, nActive: order.length, sums, withheld };
};

/** What a brush leaves of each bin of a chart: one subtraction a bin. NaN = it holds a withheld sum. */
export const readBrush = (
  { n, nActive, sums, withheld }: BrushIndex,
  { from, to }: Brush,
  into: Float64Array = new Float64Array(n),
): Float64Array => {
  const low = Math.min(Math.max(from, 0), nActive) * n;
  const high = Math.max(Math.min(to, nActive) * n, low);
  for (let j = 0; j < n; j += 1) into[j] = (sums[high + j] ?? 0) - (sums[low + j] ?? 0);
  if (withheld)
    for (let j = 0; j < n; j += 1) if ((withheld[high + j] ?? 0) > (withheld[low + j] ?? 0)) into[j] = Number.NaN;
  return into;
};

/** What a brush of several stretches, none of which meet, leaves of each bin of a chart. */
export const readBrushes = (index: BrushIndex, brushes: readonly Brush[]): Float64Array => {
  const [first = { from: 0, to: 0 }, ...rest] = brushes;
  const sums = readBrush(index, first);
  const into = new Float64Array(index.n);
  for (const brush of rest) {
    readBrush(index, brush, into);
    for (let j = 0; j < index.n; j += 1) sums[j] = (sums[j] ?? 0) + (into[j] ?? 0);
  }
  return sums;
};
