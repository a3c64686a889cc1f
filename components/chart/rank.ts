import { noCode } from '@/data/metrics/dimensions';
import type { Answer, Cell } from '@/data/model/answer';

/** Rows behind a rate or mean below this say little about the place. */
export const smallN = 10;

export type RankRow = {
  code: string;
  cell: Cell;
  /** Place in the order, from 1; null for a withheld value and for what lies in no division. */
  place: number | null;
  /** Length of the bar, 0–1 of the longest; bars start at zero. */
  share: number;
  /** A rate or mean from few rows. */
  isSmall: boolean;
};

/** Cells of one division level, largest first; withheld ones and the remainder without a division last. */
export const rankRows = (answer: Answer, dimension: string): RankRow[] => {
  const isRatio = answer.kind === 'rate' || answer.kind === 'mean';
  const known = answer.cells.flatMap((cell) => {
    const code = cell.at[dimension];
    return code ? [{ code, cell }] : [];
  });
  const top = Math.max(0, ...known.map(({ cell }) => cell.value ?? 0));
  const isRest = (code: string) => code === noCode;
  const ordered = known.sort(
    (a, b) =>
      Number(isRest(a.code)) - Number(isRest(b.code)) ||
      (b.cell.value ?? -1) - (a.cell.value ?? -1) ||
      (a.code < b.code ? -1 : 1),
  );
  return ordered.map(({ code, cell }, i) => ({
    code,
    cell,
    place: isRest(code) || cell.value === null ? null : i + 1,
    share: top > 0 ? Math.max(0, cell.value ?? 0) / top : 0,
    isSmall: isRatio && cell.value !== null && (cell.n ?? 0) < smallN,
  }));
};
