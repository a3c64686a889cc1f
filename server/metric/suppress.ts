import type { Cell } from '@/data/model/answer';

/** Empties a cell that tells of too few people. */
export const withhold = (cell: Cell): Cell => ({
  at: cell.at,
  value: null,
  numerator: null,
  denominator: null,
  n: null,
  withheld: 'small',
});

type Parts = Pick<Cell, 'numerator' | 'denominator'>;

/** People a figure speaks of: those counted, or those it is divided by. */
const peopleIn = (parts: Parts | undefined, isDivided: boolean): number =>
  (isDivided ? parts?.denominator : parts?.numerator) ?? 0;

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

type Floor = {
  leastN: number;
  /** The metric divides by people instead of counting them. */
  isDivided: boolean;
  /** Names the figure a cell's line adds up to. */
  parentOf: (dimension: string, code: string) => string;
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

/** Cells of fewer than `leastN` people, and those that would give them away by subtraction from a known sum. */
const hiddenAmong = (
  cells: readonly Cell[],
  people: (cell: Cell) => number,
  { leastN, parentOf }: Floor,
): Set<Cell> => {
  const hidden = new Set(cells.filter((cell) => people(cell) > 0 && people(cell) < leastN));
  const dimensions = Object.keys(cells[0]?.at ?? {});
  for (let before = -1; before !== hidden.size; ) {
    before = hidden.size;
    for (const dimension of dimensions)
      for (const line of linesOf(cells, dimension, parentOf)) hideMore(line, hidden, people, leastN);
  }
  return hidden;
};

/**
 * Withholds cells of fewer than `leastN` people. A line whose sum is known must not give a withheld cell away: while
 * what is withheld in it is one cell, or together too few people, its smallest other cell goes too. Zero is shown.
 * Comparisons are held to the same floor, each by itself.
 */
export const suppress = (cells: readonly Cell[], floor: Floor): Cell[] => {
  const hidden = hiddenAmong(cells, (cell) => peopleIn(cell, floor.isDivided), floor);
  const bases = (['previous', 'lastYear'] as const).map((operator) => ({
    operator,
    hidden: hiddenAmong(cells, (cell) => peopleIn(cell[operator], floor.isDivided), floor),
  }));
  return cells.map((cell) => {
    if (hidden.has(cell)) return withhold(cell);
    const kept = { ...cell };
    for (const base of bases) if (base.hidden.has(cell)) delete kept[base.operator];
    return kept;
  });
};
