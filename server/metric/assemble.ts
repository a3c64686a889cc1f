import { z } from 'zod';
import { type DimensionKey, isPlace } from '@/data/metrics/dimensions';
import type { Metric } from '@/data/metrics/metric';
import { type Cell, type Comparison, scaleOf } from '@/data/model/answer';
import { Problem } from '@/data/model/problem';
import { quantile } from '@/data/model/quantile';
import type { Shift } from './period';
import { bandBucket, bandWeeks, moveBucket } from './shift';

/** A row as DuckDB returns it; see `Compiled`. */
export const PartRow = z.object({
  part: z.enum(['now', 'previous', 'lastYear', 'band']),
  at: z.array(z.string()),
  numerator: z.number(),
  denominator: z.number(),
  n: z.number(),
  residents: z.number().nullable(),
  series: z.array(z.number()).nullable(),
});
export type PartRow = z.infer<typeof PartRow>;

type Sums = { numerator: number; denominator: number; n: number };

export type AssembleInput = {
  metric: Metric;
  dimensions: readonly DimensionKey[];
  rows: readonly PartRow[];
  /** Shift of each comparison that was counted. */
  shifts: Partial<Record<'previous' | 'lastYear', Shift>>;
  hasBand: boolean;
  /** Codes every cell of which must be there, by dimension; a missing one keeps the codes that came. */
  complete: Partial<Record<DimensionKey, readonly string[]>>;
};

const keyOf = (at: readonly string[]): string => at.join('\u001f');

const round = (value: number): number => Number(value.toPrecision(12));

const isAdditive = ({ kind }: Metric): boolean => kind === 'count' || kind === 'sum';

/** Value of the parts: null on a zero denominator. */
const ratioOf = (metric: Metric, { numerator, denominator }: Sums): number | null => {
  if (isAdditive(metric)) return round(numerator);
  if (denominator === 0) return null;
  return (round(numerator) / round(denominator)) * scaleOf(metric.unit);
};

/** A comparison's value is null on a zero base: a change against it means nothing. */
const comparisonOf = (metric: Metric, sums: Sums): Comparison => {
  const numerator = round(sums.numerator);
  if (isAdditive(metric)) return { value: numerator === 0 ? null : numerator, numerator, denominator: 1 };
  return { value: ratioOf(metric, sums), numerator, denominator: round(sums.denominator) };
};

/** Percentiles over the eight weeks; weeks without a row count as zero. */
const bandOf = (series: readonly number[]): NonNullable<Cell['band']> => {
  const zeros = Array<number>(Math.max(0, bandWeeks - series.length)).fill(0);
  const sorted = [...zeros, ...series].sort((a, b) => a - b);
  return { low: round(quantile(sorted, 0.1)), mid: round(quantile(sorted, 0.5)), high: round(quantile(sorted, 0.9)) };
};

/** Sums of one part by codes, and its residents by the codes of place. */
const indexPart = (rows: readonly PartRow[], part: PartRow['part']) => ({
  sums: new Map(rows.filter((row) => row.part === part && row.residents === null).map((row) => [keyOf(row.at), row])),
  residents: new Map(
    rows.flatMap((row) => (row.part === part && row.residents !== null ? [[keyOf(row.at), row.residents]] : [])),
  ),
});

/** Cells one question may have; more are neither read nor drawn by anybody. */
export const maxCells = 20_000;

/** Refuses a question of too many cells, naming what makes it so large. */
export const checkSize = (dimensions: readonly DimensionKey[], n: number, sizes: readonly number[] = []): void => {
  if (n <= maxCells) return;
  const factors = dimensions.map((key, index) => `${key}${sizes[index] === undefined ? '' : ` ${sizes[index]}`}`);
  throw new Problem(
    'invalid',
    `More than ${maxCells} cells (${factors.join(' × ')}): take a shorter period, a smaller division or fewer dimensions.`,
  );
};

/** Every combination of the codes of each dimension. */
const combine = (lists: readonly (readonly string[])[]): string[][] =>
  lists.reduce<string[][]>((all, list) => all.flatMap((at) => list.map((code) => [...at, code])), [[]]);

/** Codes of the cells: those that came, and all that were to be complete. */
const codesOf = ({ dimensions, complete }: AssembleInput, found: readonly string[][]): string[][] => {
  if (dimensions.length === 0) return [[]];
  if (dimensions.every((key) => !complete[key])) return [...found];
  const lists = dimensions.map((key, index) => [
    ...new Set([...(complete[key] ?? []), ...found.map((at) => at[index] ?? '')]),
  ]);
  const sizes = lists.map(({ length }) => length);
  checkSize(
    dimensions,
    sizes.reduce((product, size) => product * size, 1),
    sizes,
  );
  return combine(lists);
};

/** Cells of an answer from the rows of its parts. */
export const assemble = (input: AssembleInput): Cell[] => {
  const { metric, dimensions, rows } = input;
  const parts = {
    now: indexPart(rows, 'now'),
    previous: indexPart(rows, 'previous'),
    lastYear: indexPart(rows, 'lastYear'),
  };
  const bands = indexPart(rows, 'band').sums;
  const sumsAt = (part: keyof typeof parts, at: readonly string[]): Sums => {
    const sums = parts[part].sums.get(keyOf(at)) ?? { numerator: 0, denominator: 0, n: 0 };
    if (metric.denominator !== 'residents') return sums;
    const place = at.filter((_, index) => isPlace(dimensions[index] ?? 'level'));
    return { ...sums, denominator: parts[part].residents.get(keyOf(place)) ?? 0 };
  };
  const found = [...parts.now.sums.values()].map(({ at }) => at);
  return codesOf(input, found).map((codes) => {
    const sums = sumsAt('now', codes);
    const cell: Cell = {
      at: Object.fromEntries(dimensions.map((key, index) => [key, codes[index] ?? ''])),
      value: ratioOf(metric, sums),
      numerator: round(sums.numerator),
      denominator: isAdditive(metric) ? 1 : round(sums.denominator),
      n: sums.n,
    };
    for (const operator of ['previous', 'lastYear'] as const) {
      const shift = input.shifts[operator];
      if (!shift) continue;
      const base = codes.map((code, index) => moveBucket(dimensions[index] ?? 'level', code, shift));
      cell[operator] = comparisonOf(metric, sumsAt(operator, base));
    }
    if (input.hasBand) {
      const week = codes.map((code, index) =>
        ['hour', 'day'].includes(dimensions[index] ?? '') ? bandBucket(code) : code,
      );
      cell.band = bandOf(bands.get(keyOf(week))?.series ?? []);
    }
    return cell;
  });
};
