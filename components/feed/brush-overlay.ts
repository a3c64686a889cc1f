import type { DimensionKey } from '@/data/metrics/dimensions';
import { type Answer, type Cell, scaleOf } from '@/data/model/answer';
import { type Brush, type BrushIndex, readBrushes } from '@/data/model/brush-index';

/** Local dates under the hand, half-open. */
export type BrushDays = { from: string; until: string };
/** Bins under the hand: a stretch of days, or rows by their codes. */
export type BrushBins = BrushDays | readonly string[];

/** Index of one chart that follows: its own codes, and those of the chart under the hand. */
export type BrushChart = { codes: string[]; index: BrushIndex; active: string[] };

const placeIn = (days: readonly string[], day: string): number => {
  const place = days.findIndex((code) => code >= day);
  return place < 0 ? days.length : place;
};

const cellOf = (answer: Answer, at: Cell['at'], sum: number, base: Cell | undefined): Cell => {
  if (base && base.value === null && base.withheld) return base;
  if (Number.isNaN(sum)) return { at, value: null, numerator: null, denominator: null, n: null, withheld: 'small' };
  const denominator = answer.kind === 'rate' ? (base?.denominator ?? 0) : 1;
  const value = denominator === 0 ? null : (sum / denominator) * scaleOf(answer.unit);
  return { at, value, numerator: sum, denominator, n: sum };
};

/** Bins under the hand where they lie in the index. */
const stretchesOf = (active: readonly string[], bins: BrushBins): Brush[] =>
  'from' in bins
    ? [{ from: placeIn(active, bins.from), to: placeIn(active, bins.until) }]
    : bins.map((code) => active.indexOf(code)).flatMap((row) => (row < 0 ? [] : [{ from: row, to: row + 1 }]));

const isSame = (a: Cell, b: Cell): boolean =>
  a.at === b.at && a.value === b.value && a.numerator === b.numerator && a.withheld === b.withheld;

/** What the bins under the hand leave of an answer by one dimension, or by none: then of the whole. */
const leftOf = (answer: Answer, chart: BrushChart, dimension: DimensionKey | undefined, bins: BrushBins): Answer => {
  const sums = readBrushes(chart.index, stretchesOf(chart.active, bins));
  if (!dimension) {
    const whole = sums.reduce((a, b) => a + b, 0);
    return { ...answer, cells: [cellOf(answer, {}, whole, answer.cells[0])] };
  }
  const byCode = new Map(chart.codes.map((code, i) => [code, sums[i] ?? 0]));
  const known = new Map(answer.cells.map((cell) => [cell.at[dimension] ?? '', cell]));
  const cells = answer.cells.map((cell) => cellOf(answer, cell.at, byCode.get(cell.at[dimension] ?? '') ?? 0, cell));
  // a bin that the period, or the clause the brush takes the place of, leaves out
  for (const [code, sum] of byCode)
    if (sum > 0 && !known.has(code) && answer.kind === 'count')
      cells.push(cellOf(answer, { [dimension]: code }, sum, undefined));
  return { ...answer, cells };
};

/** What the bins under the hand leave of an answer; a cell that says what it said under the bins before is the same one. */
export const overlaid = (
  answer: Answer,
  chart: BrushChart,
  dimension: DimensionKey | undefined,
  bins: BrushBins,
  before?: Answer,
): Answer => {
  const left = leftOf(answer, chart, dimension, bins);
  const cells = left.cells.map((cell, i) => {
    // the answer itself, shown before there was an index, compares another period
    const was = before === answer ? undefined : before?.cells[i];
    return was && isSame(was, cell) ? was : cell;
  });
  return { ...left, cells };
};
