import type { Cell } from '@/data/model/answer';

/** Empties a cell that counts too few people. */
const withhold = (cell: Cell): Cell => ({
  at: cell.at,
  value: null,
  numerator: null,
  denominator: null,
  n: null,
  withheld: 'small',
});

/** People a cell speaks of: those counted, or those it is divided by. */
const peopleIn = (cell: Cell, isDivided: boolean): number => (isDivided ? cell.denominator : cell.numerator) ?? 0;

/** Cells that add up to one other figure: same codes but for `dimension`, same parent there. */
const linesOf = (cells: readonly Cell[], dimension: string, parentOf: (dimension: string, code: string) => string) => {
  const lines = new Map<string, Cell[]>();
  for (const cell of cells) {
    const key = JSON.stringify({ ...cell.at, [dimension]: parentOf(dimension, cell.at[dimension] ?? '') });
    const line = lines.get(key);
    if (line) line.push(cell);
    else lines.set(key, [cell]);
  }
  return lines.values();
};

/**
 * Withholds cells of fewer than `leastN` people. A line whose sum is known must not give a withheld cell away by
 * subtraction: while what is withheld in it is one cell, or together too few people, its smallest other cell goes too.
 * Zero is shown. `parentOf` names the figure a cell's line adds up to.
 */
export const suppress = (
  cells: readonly Cell[],
  options: { leastN: number; isDivided: boolean; parentOf: (dimension: string, code: string) => string },
): Cell[] => {
  const { leastN, isDivided, parentOf } = options;
  const people = (cell: Cell) => peopleIn(cell, isDivided);
  const hidden = new Set(cells.filter((cell) => people(cell) > 0 && people(cell) < leastN));
  const dimensions = Object.keys(cells[0]?.at ?? {});
  for (let before = -1; before !== hidden.size; ) {
    before = hidden.size;
    for (const dimension of dimensions)
      for (const line of linesOf(cells, dimension, parentOf)) hideMore(line, hidden, people, leastN);
  }
  return cells.map((cell) => (hidden.has(cell) ? withhold(cell) : cell));
};

const hideMore = (line: Cell[], hidden: Set<Cell>, people: (cell: Cell) => number, leastN: number): void => {
  const inLine = line.filter((cell) => hidden.has(cell));
  if (inLine.length === 0) return;
  let sum = inLine.reduce((total, cell) => total + people(cell), 0);
  const others = line.filter((cell) => !hidden.has(cell) && people(cell) > 0).sort((a, b) => people(a) - people(b));
  for (let n = inLine.length; n < 2 || sum < leastN; n += 1) {
    const next = others.shift();
    if (!next) return;
    hidden.add(next);
    sum += people(next);
  }
};
