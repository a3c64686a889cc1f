import { timeDimensions } from '@/data/metrics/dimensions';
import type { Answer, Cell } from '@/data/model/answer';
import type { ChartOption, ChartTheme } from './chart';

/** Values of one line or one set of bars, in the order of the categories; null = withheld or no such value. */
export type ExploreSeries = { code: string; values: (number | null)[] };
export type Explored = {
  categories: string[];
  series: ExploreSeries[];
  /** Categories and series there are beyond those drawn. */
  nCategoriesLeft: number;
  nSeriesLeft: number;
  isTime: boolean;
};

const mostCategories = 30;
const mostSeries = 4;

const isTimeKey = (key: string): boolean => (timeDimensions as readonly string[]).includes(key);
const weightOf = (cells: readonly Cell[]): number => cells.reduce((sum, { n, value }) => sum + (n ?? value ?? 0), 0);

const groupCells = (cells: readonly Cell[], key: string): Map<string, Cell[]> => {
  const groups = new Map<string, Cell[]>();
  for (const cell of cells) {
    const code = cell.at[key] ?? '';
    groups.set(code, [...(groups.get(code) ?? []), cell]);
  }
  return groups;
};

/** Codes of a group in drawing order: time as it runs, all else the largest first. */
const ordered = (groups: ReadonlyMap<string, Cell[]>, isTime: boolean): string[] =>
  isTime
    ? [...groups.keys()].sort()
    : [...groups]
        .sort(([a, x], [b, y]) => (y[0]?.value ?? -1) - (x[0]?.value ?? -1) || (a < b ? -1 : 1))
        .map(([code]) => code);

/** What a chart of an answer shows: the first dimension along the axis, the second as up to four series. */
export const explore = (answer: Answer): Explored => {
  const [first, second] = answer.dimensions;
  if (first === undefined) return { categories: [], series: [], nCategoriesLeft: 0, nSeriesLeft: 0, isTime: false };
  const isTime = isTimeKey(first);
  const groups = groupCells(answer.cells, first);
  const all = second
    ? ordered(new Map([...groups].map(([code, cells]) => [code, [{ at: {}, value: weightOf(cells) } as Cell]])), isTime)
    : ordered(groups, isTime);
  const categories = isTime ? all.slice(-mostCategories * 4) : all.slice(0, mostCategories);
  const bySecond = second ? groupCells(answer.cells, second) : new Map([['', answer.cells]]);
  const codes = [...bySecond].sort(([, a], [, b]) => weightOf(b) - weightOf(a)).map(([code]) => code);
  const series = codes.slice(0, mostSeries).map((code) => {
    const cells = new Map((bySecond.get(code) ?? []).map((cell) => [cell.at[first] ?? '', cell.value]));
    return { code, values: categories.map((category) => cells.get(category) ?? null) };
  });
  return {
    categories,
    series,
    nCategoriesLeft: all.length - categories.length,
    nSeriesLeft: codes.length - series.length,
    isTime,
  };
};

export type ExploreWords = {
  category: (code: string) => string;
  series: (code: string) => string;
  value: (value: number) => string;
};

/** Colours of the series, text colour first: one series needs no hue. */
export const exploreTones = (nSeries: number): string[] =>
  nSeries === 1 ? ['text-2'] : ['cat-1', 'cat-2', 'cat-3', 'cat-4'].slice(0, nSeries);

const tooltipOf = (theme: ChartTheme, words: ExploreWords) => ({
  trigger: 'axis',
  confine: true,
  backgroundColor: theme.color('surface-3'),
  borderColor: theme.color('line-2'),
  textStyle: { color: theme.color('text-1'), fontSize: theme.px('fs-caption'), fontFamily: theme.font },
  axisPointer: { type: 'line', lineStyle: { color: theme.color('line-2') } },
  valueFormatter: (value: unknown) => (typeof value === 'number' ? words.value(value) : '—'),
});

/** Pure: bars from zero for places and kinds, lines for time. */
export const exploreOption = (
  { categories, series, isTime }: Explored,
  words: ExploreWords,
  theme: ChartTheme,
): ChartOption => {
  const text = { color: theme.color('text-3'), fontSize: theme.px('fs-tick'), fontFamily: theme.font };
  const line = { lineStyle: { color: theme.color('line-1') } };
  const tones = exploreTones(series.length);
  return {
    grid: { left: 4, right: 12, top: 12, bottom: 2, containLabel: true },
    tooltip: tooltipOf(theme, words),
    xAxis: {
      type: 'category',
      data: categories.map(words.category),
      boundaryGap: !isTime,
      axisLine: line,
      axisTick: { show: false },
      axisLabel: {
        ...text,
        hideOverlap: true,
        interval: isTime ? 'auto' : 0,
        rotate: categories.length > 8 && !isTime ? 40 : 0,
      },
    },
    yAxis: {
      type: 'value',
      min: 0,
      splitNumber: 3,
      splitLine: line,
      axisLabel: { ...text, formatter: words.value },
    },
    series: series.map(({ code, values }, i) => {
      const color = theme.color(tones[i] ?? 'text-2');
      return {
        name: words.series(code),
        type: isTime ? 'line' : 'bar',
        data: values,
        symbol: isTime && values.filter((value) => value !== null).length > 1 ? 'none' : 'circle',
        barMaxWidth: 28,
        itemStyle: { color },
        lineStyle: { color, width: 2 },
        emphasis: { disabled: true },
      };
    }),
  };
};
