import type { Answer, Cell } from '@/data/model/answer';
import { quantile } from '@/data/model/quantile';
import { bucketAt } from './bucket';
import { riseScore } from './focus';

/** A week of a series; null = no such value. `isWhole` false: the week has begun before the period or still runs. */
export type Week = { code: string; cell: Cell; value: number | null; lastYear: number | null; isWhole: boolean };

/** Whole weeks before the last that a comparison needs. */
const fewestBefore = 4;

const codesOf = (answer: Answer): string[] =>
  [...new Set(answer.cells.flatMap((cell) => cell.at.week ?? []))].sort((a, b) => (a < b ? -1 : 1));

/** Codes of the weeks an answer covers whole: neither cut by the begin of its period nor running at its clock. */
const wholeWeeks = (answer: Answer, timeZone: string): Set<string> => {
  const running = bucketAt(new Date(Date.parse(answer.to) - 1), 'week', timeZone);
  const day = answer.from === null ? null : bucketAt(new Date(answer.from), 'day', timeZone);
  return new Set(codesOf(answer).filter((code) => code !== running && (day === null || code >= day)));
};

/** Weeks of an answer by week, in order. */
export const weeksOf = (answer: Answer, timeZone: string): Week[] => {
  const whole = wholeWeeks(answer, timeZone);
  return answer.cells
    .flatMap((cell) => {
      const code = cell.at.week;
      if (!code) return [];
      return [{ code, cell, value: cell.value, lastYear: cell.lastYear?.value ?? null, isWhole: whole.has(code) }];
    })
    .sort((a, b) => (a.code < b.code ? -1 : 1));
};

/** Range a series usually keeps to (常态): 10th to 90th percentile of the whole weeks before the last; null = too few. */
export const usualOf = (weeks: readonly Week[]): { low: number; high: number } | null => {
  const whole = weeks.filter(({ isWhole }) => isWhole).slice(0, -1);
  const sorted = whole.flatMap(({ value }) => value ?? []).sort((a, b) => a - b);
  return sorted.length < fewestBefore ? null : { low: quantile(sorted, 0.1), high: quantile(sorted, 0.9) };
};

/** A row of a matrix over weeks: its code, a value a week, their sum. */
export type MatrixRow = { code: string; values: number[]; total: number };

/** Counts by a dimension and week as rows, largest first; a week without a cell is nought. */
export const matrixOf = (answer: Answer, dimension: string, weeks: readonly string[], most: number): MatrixRow[] => {
  const rows = new Map<string, MatrixRow>();
  for (const { at, value } of answer.cells) {
    const code = at[dimension];
    const i = weeks.indexOf(at.week ?? '');
    if (!code || i < 0 || value === null) continue;
    const row = rows.get(code) ?? { code, values: weeks.map(() => 0), total: 0 };
    row.values[i] = value;
    row.total += value;
    rows.set(code, row);
  }
  return [...rows.values()].sort((a, b) => b.total - a.total).slice(0, most);
};

/** Hours of a day put together on a wall. */
export const hoursStep = 4;

/** Counts by hour of day and week as rows of four hours, from midnight. */
export const hourMatrix = (answer: Answer, weeks: readonly string[]): MatrixRow[] => {
  const hours = matrixOf(answer, 'hourOfDay', weeks, 24);
  return Array.from({ length: 24 / hoursStep }, (_, i) => {
    const from = i * hoursStep;
    const own = hours.filter(({ code }) => Math.floor(Number(code) / hoursStep) === i);
    const values = weeks.map((_, week) => own.reduce((sum, row) => sum + (row.values[week] ?? 0), 0));
    return { code: String(from), values, total: values.reduce((a, b) => a + b, 0) };
  });
};

const nHeatClasses = 5;

/** Whole numbers at which the classes of a matrix begin, none first, in round steps up to its largest count. */
export const heatLimits = (top: number): number[] => {
  const step = Math.ceil(topOf([(top + 1) / nHeatClasses]));
  return [0, ...Array.from({ length: nHeatClasses }, (_, i) => Math.max(1, i * step))].filter(
    (limit, i, all) => limit !== all[i - 1] && limit <= Math.max(1, top),
  );
};

/** Class of a matrix cell, 0 = none. */
export const heatClass = (value: number, limits: readonly number[]): number =>
  Math.max(0, limits.filter((limit) => limit <= value).length - 1);

/** What the last whole week says: the category that left its usual range furthest, and for how long. */
export type TrendFinding = {
  code: string;
  /** Last whole week and the mean of the weeks before, at most eight. */
  value: number;
  mean: number;
  direction: 'up' | 'down';
  /** Whole weeks in a row on that side of the mean, the last one included. */
  nWeeks: number;
};

const minimumScore = 2;
const nBefore = 8;

/** The category whose last whole week stands furthest from its mean, in standard deviations; null = none left the range of chance. */
export const findTrend = (answer: Answer, timeZone: string): TrendFinding | null => {
  const weeks = [...wholeWeeks(answer, timeZone)];
  if (weeks.length <= fewestBefore) return null;
  const scored = matrixOf(answer, 'categoryL1', weeks, 100).map(({ code, values }) => {
    const value = values.at(-1) ?? 0;
    const before = values.slice(0, -1).slice(-nBefore);
    const mean = before.reduce((a, b) => a + b, 0) / before.length;
    const isOff = (x: number) => (value > mean ? x > mean : x < mean);
    const nWeeks = [...values].reverse().findIndex((x) => !isOff(x));
    return { code, value, mean, nWeeks: nWeeks === -1 ? values.length : nWeeks, score: riseScore(value, mean) };
  });
  const best = scored.sort((a, b) => Math.abs(b.score) - Math.abs(a.score))[0];
  if (!best || Math.abs(best.score) < minimumScore) return null;
  const { score, ...finding } = best;
  return { ...finding, direction: score > 0 ? 'up' : 'down' };
};

/** Round top of a zero-based axis. */
export const topOf = (values: readonly (number | null)[]): number => {
  const most = Math.max(0, ...values.map((value) => value ?? 0));
  if (most === 0) return 1;
  const step = 10 ** Math.floor(Math.log10(most));
  return [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].map((n) => n * step).find((limit) => limit >= most) ?? most;
};

/** Ends of a scale. */
export type Axis = { from: number; to: number };

/**
 * Scale of a line over weeks: from nought to a round figure above all, or for a rate held against a target from the tens
 * of percent below all to the whole, where its weeks would else lie on each other.
 */
export const axisOf = (weeks: readonly Week[], target: number | null): Axis => {
  const values = weeks.flatMap(({ value, lastYear }) => [value ?? [], lastYear ?? []].flat());
  if (target === null || target > 1) return { from: 0, to: topOf([...values, target]) };
  const least = Math.min(target, ...values);
  return { from: Math.max(0, Math.ceil(least * 10 - 1) / 10), to: 1 };
};

/** The last whole week as its first and last day; null = none is whole. */
export const lastWeekOf = (weeks: readonly Week[]): { week: Week; to: string } | null => {
  const week = weeks.findLast(({ isWhole }) => isWhole);
  if (!week) return null;
  return { week, to: new Date(Date.parse(week.code) + 6 * 86_400_000).toISOString().slice(0, 10) };
};
