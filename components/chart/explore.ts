import type { DimensionKey } from '@/data/metrics/dimensions';
import type { Answer, Cell } from '@/data/model/answer';
import { type Drawn, isTimeKey } from './explore-kind';
import { riseScore } from './focus';
import { topOf } from './multiple';

/** Cells of one line or one set of bars, in the order of the categories; undefined = there is none. */
export type ExploreSeries = { code: string; cells: (Cell | undefined)[] };
export type Explored = {
  categories: string[];
  series: ExploreSeries[];
  /** Categories and series there are beyond those drawn. */
  nCategoriesLeft: number;
  nSeriesLeft: number;
  isTime: boolean;
};

const mostCategories = 30;
const mostBuckets = 400;
const mostSeries = 4;
/** Multiples drawn at most. */
export const mostMultiples = 9;

const weightOf = (cells: readonly Cell[]): number => cells.reduce((sum, { n, value }) => sum + (n ?? value ?? 0), 0);

const groupCells = (cells: readonly Cell[], key: string): Map<string, Cell[]> => {
  const groups = new Map<string, Cell[]>();
  for (const cell of cells) {
    const code = cell.at[key] ?? '';
    const group = groups.get(code);
    if (group) group.push(cell);
    else groups.set(code, [cell]);
  }
  return groups;
};

/** Codes of a dimension in drawing order: time as it runs, all else the largest first. */
export const codesInOrder = (cells: readonly Cell[], key: string): string[] => {
  const groups = groupCells(cells, key);
  if (isTimeKey(key)) return [...groups.keys()].sort();
  const sizeOf = (group: readonly Cell[]) => (group.length === 1 ? (group[0]?.value ?? -1) : weightOf(group));
  return [...groups].sort(([a, x], [b, y]) => sizeOf(y) - sizeOf(x) || (a < b ? -1 : 1)).map(([code]) => code);
};

/** What a cell is drawn as; null = withheld, or not told. */
export const drawnValue = (cell: Cell | undefined, drawn: Drawn): number | null => cell?.[drawn] ?? null;

/** What a chart of cells shows: the first dimension along the axis, the second as up to four series. */
export const explore = (cells: readonly Cell[], [first, second]: readonly DimensionKey[]): Explored => {
  if (first === undefined) return { categories: [], series: [], nCategoriesLeft: 0, nSeriesLeft: 0, isTime: false };
  const isTime = isTimeKey(first);
  const all = codesInOrder(cells, first);
  const categories = isTime ? all.slice(-mostBuckets) : all.slice(0, mostCategories);
  const bySecond = second ? groupCells(cells, second) : new Map([['', [...cells]]]);
  const codes = [...bySecond].sort(([, a], [, b]) => weightOf(b) - weightOf(a)).map(([code]) => code);
  const series = codes.slice(0, mostSeries).map((code) => {
    const own = new Map((bySecond.get(code) ?? []).map((cell) => [cell.at[first] ?? '', cell]));
    return { code, cells: categories.map((category) => own.get(category)) };
  });
  return {
    categories,
    series,
    nCategoriesLeft: all.length - categories.length,
    nSeriesLeft: codes.length - series.length,
    isTime,
  };
};

export type Multiple = { code: string; explored: Explored };

/**
 * Small multiples of an answer by one more dimension, largest first: all with the categories and series of the whole, in
 * their order, so that a place and a colour mean the same in each.
 */
export const multiplesOf = (answer: Answer, split: readonly DimensionKey[], each: DimensionKey): Multiple[] => {
  const whole = explore(answer.cells, split);
  const codes = codesInOrder(answer.cells, each).slice(0, mostMultiples);
  return codes.map((code) => {
    const own = explore(
      answer.cells.filter(({ at }) => at[each] === code),
      split,
    );
    const series = whole.series.map(({ code: name }) => {
      const found = own.series.find((candidate) => candidate.code === name);
      const cells = whole.categories.map((category) => found?.cells[own.categories.indexOf(category)]);
      return { code: name, cells };
    });
    return { code, explored: { ...whole, series } };
  });
};

/** Round end of an axis that several charts share. */
export const sharedTop = (all: readonly Explored[], drawn: Drawn, isStacked: boolean): number =>
  topOf(
    all.flatMap(({ categories, series }) =>
      categories.map((_, i) => {
        const values = series.map(({ cells }) => drawnValue(cells[i], drawn) ?? 0);
        return isStacked ? values.reduce((sum, value) => sum + value, 0) : Math.max(0, ...values);
      }),
    ),
  );

/**
 * A point outside its normal band (异常). `isFar` = further than chance explains. A bucket that still runs counts only up,
 * so it is never called low.
 */
export type Odd = { cell: Cell; code: string; stands: 'above' | 'below'; isFar: boolean };

/** Standard deviations from the edge of the band beyond which chance explains no count. */
const farScore = 2;

export const oddCells = ({ categories, series }: Explored, running: string | null): Odd[] =>
  categories.flatMap((code, i): Odd[] => {
    const cell = series[0]?.cells[i];
    const { band, value } = cell ?? {};
    if (!cell || !band || value === null || value === undefined) return [];
    const isFar = (edge: number) => Math.abs(riseScore(value, edge)) >= farScore;
    if (value > band.high) return [{ cell, code, stands: 'above', isFar: isFar(band.high) }];
    return value < band.low && code !== running ? [{ cell, code, stands: 'below', isFar: isFar(band.low) }] : [];
  });
