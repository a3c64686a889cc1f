import type { Answer, Cell } from '@/data/model/answer';

/** A place whose figure left its previous interval furthest behind. */
export type Focus = { code: string; cell: Cell; value: number; previous: number };

/** Rises smaller than this many standard deviations of a count are noise. */
const minimumScore = 2;

/** Score of a rise between two counts, in standard deviations of their difference (both Poisson). */
export const riseScore = (value: number, previous: number): number =>
  (value - previous) / Math.sqrt(Math.max(1, value + previous));

/**
 * The place that rose most against the interval before, by standard deviations rather than percent, so that
 * "from 1 to 3" never wins. Null when nothing left the range of chance.
 */
export const pickFocus = (answer: Answer, dimension: string): Focus | null => {
  const scored = answer.cells.flatMap((cell) => {
    const code = cell.at[dimension];
    const value = cell.value;
    const previous = cell.previous?.value;
    if (!code || value === null || previous === null || previous === undefined) return [];
    return [{ code, cell, value, previous, score: riseScore(value, previous) }];
  });
  const best = scored.reduce<(typeof scored)[number] | null>(
    (top, one) => (top && top.score >= one.score ? top : one),
    null,
  );
  return best && best.score >= minimumScore ? best : null;
};

/** A part of a change: what a code added, and its share of all that rose. */
export type Contribution = { code: string; cell: Cell; delta: number; share: number };

/** What made the rise: cells by their gain over the previous interval, largest first; shares are of the summed gains. */
export const contributions = (cells: readonly Cell[], dimension: string): Contribution[] => {
  const gains = cells.flatMap((cell) => {
    const code = cell.at[dimension];
    return code && cell.value !== null ? [{ code, cell, delta: cell.value - (cell.previous?.value ?? 0) }] : [];
  });
  const total = gains.reduce((sum, { delta }) => sum + Math.max(0, delta), 0);
  return gains
    .filter(({ delta }) => delta > 0)
    .map((gain) => ({ ...gain, share: gain.delta / total }))
    .sort((a, b) => b.delta - a.delta);
};

/** The cells of one place. */
export const cellsAt = (answer: Answer, dimension: string, code: string): Cell[] =>
  answer.cells.filter((cell) => cell.at[dimension] === code);
