import { noCode } from '@/data/metrics/dimensions';
import type { Answer, Cell } from '@/data/model/answer';
import { isByChance, leastCompared } from '@/data/model/format';

/** Places named as those that changed most: the same in words and on the map. */
const nNamed = 5;
/** Change of a count by one dimension against the interval before, in percent; null = nothing to compare with, or too little. */
export const changesOf = (answer: Pick<Answer, 'cells'>, dimension: string): Map<string, number | null> =>
  new Map(
    answer.cells.map(({ at, value, previous }) => {
      const base = previous?.value ?? null;
      const isKnown = value !== null && base !== null && base >= leastCompared;
      return [at[dimension] ?? noCode, isKnown ? ((value - base) / base) * 100 : null];
    }),
  );

/** Codes of a dimension whose change against the interval before chance explains (偶然波动). */
export const changedByChance = (
  answer: Pick<Answer, 'kind' | 'unit' | 'cells'>,
  dimension: string,
): ReadonlySet<string> =>
  new Set(answer.cells.filter((cell) => isByChance(answer, cell, 'previous')).map(({ at }) => at[dimension] ?? noCode));

/** The places that changed most beyond what chance explains, by percent, the largest change first. */
export const largestChanges = (
  changes: ReadonlyMap<string, number | null>,
  byChance: ReadonlySet<string>,
): { code: string; percent: number }[] =>
  [...changes]
    .flatMap(([code, percent]) => {
      const isTold = percent !== null && percent !== 0 && code !== noCode && !byChance.has(code);
      return isTold ? [{ code, percent }] : [];
    })
    .sort((a, b) => Math.abs(b.percent) - Math.abs(a.percent) || (a.code < b.code ? -1 : 1))
    .slice(0, nNamed);

/** A change in words: `+40%`, `−26%`, with decimals `+40.0%`. */
export const changeWords = (percent: number, decimals = 0): string => `${signedWords(percent, decimals)}%`;

/** Change of a share against the interval before, in points; null where either rests on fewer cases than `least`. */
export const changeInPoints = ({ value, n, previous }: Cell, least: number): number | null =>
  value === null || previous?.value == null || (n ?? 0) < least || previous.denominator < least
    ? null
    : (value - previous.value) * 100;

/** Change of a stock against a year ago or the like, in percent; null = nothing to compare. */
export const changeInPercent = ({ value, previous }: Cell): number | null =>
  value === null || !previous?.value ? null : ((value - previous.value) / previous.value) * 100;

/** A change without its unit: `+13`, `−10`, `0`. */
export const signedWords = (value: number, decimals = 0): string => {
  const size = Math.abs(value).toFixed(decimals);
  return `${Number(size) === 0 ? '' : value > 0 ? '+' : '−'}${size}`;
};

const mostDecimals = 2;

/** Words of a value beside classes: one decimal, two where rounding alone would carry it over a limit into the next class. */
export const wordsInClass =
  (limits: readonly number[], words: (value: number, decimals: number) => string) =>
  (value: number): string => {
    const classAt = (at: number) => limits.filter((limit) => limit <= at).length;
    let decimals = 1;
    while (decimals < mostDecimals && classAt(Number(value.toFixed(decimals))) !== classAt(value)) decimals += 1;
    return words(value, decimals);
  };

/** Limits of the change of a period against the one before, percent, the same at all times; the class round nought is the midpoint. */
export const trendLimits: readonly number[] = [-60, -30, -10, 10, 30, 60];
export const trendWords = wordsInClass(trendLimits, changeWords);
