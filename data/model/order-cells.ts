import type { Answer, Cell } from './answer';
import type { Ranking } from './asked';

/**
 * Cells of an answer as a table lists them: ranked where a ranking is given, else along time where one dimension is time,
 * else the largest first; withheld last, and in no ranking cut short.
 */
export const orderCells = (
  answer: Answer,
  split: readonly string[],
  timeKeys: readonly string[],
  ranking: Ranking | null,
): Cell[] => {
  const time = ranking ? undefined : split.find((dimension) => timeKeys.includes(dimension));
  const last = ranking?.direction === 'asc' ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  const sign = ranking?.direction === 'asc' ? -1 : 1;
  const codeOf = ({ at }: Cell) => split.map((dimension) => at[dimension] ?? '').join('|');
  const limit = ranking?.limit ?? null;
  const cells = limit === null ? answer.cells : answer.cells.filter(({ value }) => value !== null);
  const ordered = cells.toSorted((a, b) => {
    const inTime = time ? (a.at[time] ?? '').localeCompare(b.at[time] ?? '') : 0;
    const bySize = sign * ((b.value ?? last) - (a.value ?? last));
    return inTime || (Number.isNaN(bySize) ? 0 : bySize) || codeOf(a).localeCompare(codeOf(b));
  });
  return limit === null ? ordered : ordered.slice(0, limit);
};
