import type { Answer, Cell } from '@/data/model/answer';

/** A place or post of a roster: its share on duty, and who is missing. */
export type RosterRow = { code: string; cell: Cell; gone: Cell; missing: number };

/** Posts of fewer rostered workers than this are told together on a wall: one absent of two is a person. */
const leastRostered = 5;

/** Rows of enough workers, and those too small to be told each. */
export const bySize = (rows: readonly RosterRow[]): { told: RosterRow[]; small: RosterRow[] } => {
  const isSmall = ({ cell }: RosterRow) => (cell.denominator ?? 0) < leastRostered;
  return { told: rows.filter((row) => !isSmall(row)), small: rows.filter(isSmall) };
};

/** Places or posts, the least attended first, of equal ones that with the most missing; one nobody is missing of has 0. */
export const worstFirst = (share: Answer, absent: Answer): RosterRow[] => {
  const dimension = share.dimensions[0] ?? '';
  const goneOf = new Map(absent.cells.map((cell) => [cell.at[dimension], cell]));
  return share.cells
    .map((cell) => {
      const code = cell.at[dimension] ?? '';
      const gone = goneOf.get(code) ?? { at: cell.at, value: 0, numerator: 0, denominator: 1, n: 0 };
      return { code, cell, gone, missing: gone.value ?? 0 };
    })
    .sort((a, b) => (a.cell.value ?? 1) - (b.cell.value ?? 1) || b.missing - a.missing || (a.code < b.code ? -1 : 1));
};
