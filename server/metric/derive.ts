import { bucketDimensions, type DimensionKey } from '@/data/metrics/dimensions';
import type { Metric } from '@/data/metrics/metric';
import { type Cell, scaleOf } from '@/data/model/answer';
import { isPerHead, type Operator, type PerHead, perHead } from '@/data/model/ask';
import { Problem } from '@/data/model/problem';
import { bucketsOf, cutBucketsOf } from './complete';
import type { Interval } from './period';

/** What an operator works on: cells as they may be shown, all of them, none cut off. */
export type DeriveInput = {
  metric: Metric;
  dimensions: readonly DimensionKey[];
  operators: readonly Operator[];
  interval: Interval;
  timeZone: string;
  /** What the withheld cells add up to; null = not to be told. */
  withheldTotal: number | null;
  /** People of the cell's place at the clock, as they may be shown, by the operator that asks; null = withheld. */
  peopleOf?: Partial<Record<PerHead, (cell: Cell) => number | null>>;
};

type Bucket = (typeof bucketDimensions)[number];
type Parts = { numerator: number; denominator: number };

/** Buckets a moving average runs over: a day, a week, a month, a quarter. */
const movingBuckets: Record<Bucket, number> = { hour: 24, day: 7, week: 4, month: 3 };

const isAdditive = ({ kind }: Metric): boolean => kind === 'count' || kind === 'sum';

const round = (value: number): number => Number(value.toPrecision(12));

const refuse = (metric: Metric, what: string): never => {
  throw new Problem('invalid', `${metric.key} ${what}.`);
};

/** Share of each cell in the whole, the withheld ones included; null where the whole is zero or not to be told. */
const addShares = ({ metric, dimensions, withheldTotal }: DeriveInput, cells: readonly Cell[]): Cell[] => {
  if (!isAdditive(metric) || dimensions.some((key) => metric.by?.[key])) refuse(metric, 'has no shares of a whole');
  const whole = cells.reduce((sum, { numerator }) => sum + (numerator ?? 0), withheldTotal ?? 0);
  const isTold = withheldTotal !== null && whole !== 0;
  return cells.map((cell) => ({
    ...cell,
    share: isTold && cell.numerator !== null ? round(cell.numerator / whole) : null,
  }));
};

/** Place by value, the greatest first; equal values share a place and leave the next ones free. */
const addRanks = (cells: readonly Cell[]): Cell[] => {
  const values = cells.flatMap(({ value }) => (value === null ? [] : [value]));
  const places = new Map<number, number>();
  for (const [index, value] of values.toSorted((a, b) => b - a).entries())
    if (!places.has(value)) places.set(value, index + 1);
  return cells.map((cell) => ({ ...cell, rank: cell.value === null ? null : (places.get(cell.value) ?? null) }));
};

/** The buckets of the interval in their order, and which of them it covers from end to end. */
const runOf = ({ metric, dimensions, interval, timeZone }: DeriveInput) => {
  const [key, ...more] = bucketDimensions.filter((bucket) => dimensions.includes(bucket));
  const { from } = interval;
  if (!key || more.length > 0 || !from || metric.by?.[key] || metric.denominator === 'residents')
    return refuse(metric, 'runs on over time only by one bucket of a period with a beginning');
  const codes = bucketsOf(key, interval, timeZone);
  const cut = new Set(cutBucketsOf(key, interval, timeZone));
  return { key, codes, isWhole: codes.map((code) => !cut.has(code)), width: movingBuckets[key] };
};

/** The parts of one run of buckets; a bucket without a row is zero, null = withheld. */
const partsOf = (cells: ReadonlyMap<string, Cell>, codes: readonly string[]): (Parts | null)[] =>
  codes.map((code) => {
    const { numerator, denominator } = cells.get(code) ?? { numerator: 0, denominator: 0 };
    return numerator === null || denominator === null ? null : { numerator, denominator };
  });

/** Both parts summed; null when one of them is withheld. */
const sumOf = (parts: readonly (Parts | null)[]): Parts | null => {
  const sum = { numerator: 0, denominator: 0 };
  for (const part of parts) {
    if (part === null) return null;
    sum.numerator += part.numerator;
    sum.denominator += part.denominator;
  }
  return sum;
};

/** Value of summed parts: counts divided by `n` buckets, ratios of their sums; null on a zero base. */
const ratioOf = (metric: Metric, sum: Parts | null, n: number): number | null => {
  if (sum === null) return null;
  if (isAdditive(metric)) return round(sum.numerator / n);
  return sum.denominator === 0 ? null : round((sum.numerator / sum.denominator) * scaleOf(metric.unit));
};

/** What is counted by the people of the same place; only what may be told of both is told. */
const addPerHead = ({ metric, peopleOf }: DeriveInput, cells: readonly Cell[], operator: PerHead): Cell[] => {
  const of = peopleOf?.[operator] ?? refuse(metric, 'is not told per head');
  return cells.map((cell) => {
    const people = of(cell);
    const isTold = cell.numerator !== null && people !== null && people > 0;
    return { ...cell, [operator]: isTold ? round(((cell.numerator ?? 0) / people) * perHead[operator]) : null };
  });
};

type Running = 'cumulative' | 'moving';

/** Runs over the buckets of each combination of the other dimensions. */
const addRunning = (input: DeriveInput, cells: readonly Cell[], operator: Running): Cell[] => {
  const { key, codes, isWhole, width } = runOf(input);
  const lineOf = ({ at }: Cell) => JSON.stringify({ ...at, [key]: undefined });
  const lines = new Map<string, Map<string, Cell>>();
  for (const cell of cells) {
    const line = lines.get(lineOf(cell)) ?? new Map<string, Cell>();
    lines.set(lineOf(cell), line.set(cell.at[key] ?? '', cell));
  }
  const values = new Map<Cell, number | null>();
  for (const line of lines.values()) {
    const parts = partsOf(line, codes);
    for (const [index, code] of codes.entries()) {
      const cell = line.get(code);
      if (!cell) continue;
      const first = operator === 'cumulative' ? 0 : index + 1 - width;
      const isFull = operator === 'cumulative' || (first >= 0 && !isWhole.slice(first, index + 1).includes(false));
      const n = operator === 'cumulative' ? 1 : width;
      values.set(cell, isFull ? ratioOf(input.metric, sumOf(parts.slice(first, index + 1)), n) : null);
    }
  }
  return cells.map((cell) => ({ ...cell, [operator]: values.get(cell) ?? null }));
};

/**
 * Adds what operators tell of the cells themselves: share, rank, cumulative value, moving average, rates per head. Of a ratio the parts
 * are added up and divided last. Throws `invalid` where the metric does not add up that way.
 */
export const derive = (input: DeriveInput, cells: readonly Cell[]): readonly Cell[] =>
  input.operators.reduce<readonly Cell[]>((all, operator) => {
    if (operator === 'share') return addShares(input, all);
    if (operator === 'rank') return addRanks(all);
    if (isPerHead(operator)) return addPerHead(input, all, operator);
    return operator === 'cumulative' || operator === 'moving' ? addRunning(input, all, operator) : all;
  }, cells);
