import type { Answer, Cell } from '@/data/model/answer';

/** Cells of an answer as a table lists them: along time where one dimension is time, else the largest first; withheld last. */
export const orderCells = (answer: Answer, split: readonly string[], timeKeys: readonly string[]): Cell[] => {
  const time = split.find((dimension) => timeKeys.includes(dimension));
  const codeOf = ({ at }: Cell) => split.map((dimension) => at[dimension] ?? '').join('|');
  return answer.cells.toSorted((a, b) => {
    const inTime = time ? (a.at[time] ?? '').localeCompare(b.at[time] ?? '') : 0;
    const bySize = (b.value ?? Number.NEGATIVE_INFINITY) - (a.value ?? Number.NEGATIVE_INFINITY);
    return inTime || (Number.isNaN(bySize) ? 0 : bySize) || codeOf(a).localeCompare(codeOf(b));
  });
};
