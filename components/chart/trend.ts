import { type Answer, type Cell, isCutOff } from '@/data/model/answer';
import type { Bucket } from '@/data/model/bucket';
import { bucketAt } from './bucket';
import type { ChartOption, ChartTheme } from './chart';

/** One bucket of a trend; null = no such value, never zero. */
export type TrendPoint = {
  bucket: string;
  cell: Cell;
  value: number | null;
  lastYear: number | null;
  band: { low: number; high: number } | null;
  /** Beyond the upper edge of the normal band; a running bucket only counts up. */
  isAbove: boolean;
  /** The period ends or begins inside it: its count is not that of a whole bucket. */
  isRunning: boolean;
};

/** Buckets of an answer in time order. */
export const trendPoints = (answer: Answer, bucket: Bucket, timeZone: string): TrendPoint[] => {
  const running = bucketAt(new Date(answer.to), bucket, timeZone);
  // A bucket nobody reported in last year has no row to compare with: its count is zero once any other bucket has one.
  const none = answer.cells.some(({ lastYear }) => lastYear) ? 0 : null;
  return answer.cells
    .flatMap((cell) => {
      const code = cell.at[bucket];
      if (!code) return [];
      const band = cell.band ? { low: cell.band.low, high: cell.band.high } : null;
      return [
        {
          bucket: code,
          cell,
          value: cell.value,
          lastYear: cell.lastYear?.value ?? none,
          band,
          isAbove: band !== null && cell.value !== null && cell.value > band.high,
          isRunning: code === running || isCutOff(answer, cell),
        },
      ];
    })
    .sort((a, b) => (a.bucket < b.bucket ? -1 : 1));
};

/** The bucket furthest above normal by ratio to the band's upper edge; null on a normal stretch. */
export const peakOf = (points: readonly TrendPoint[]): TrendPoint | null =>
  points
    .filter(({ isAbove }) => isAbove)
    .reduce<TrendPoint | null>((best, point) => {
      const excess = ({ value, band }: TrendPoint) => (value ?? 0) - (band?.high ?? 0);
      return best && excess(best) >= excess(point) ? best : point;
    }, null);

type TrendWords = { value: string; lastYear: string; band: string };

const lineOf = (name: string, data: (number | null)[], color: string, extra: object = {}) => ({
  name,
  type: 'line',
  data,
  symbol: 'none',
  lineStyle: { color, width: 2 },
  itemStyle: { color },
  emphasis: { disabled: true },
  ...extra,
});

const bandSeries = (points: readonly TrendPoint[], words: TrendWords, theme: ChartTheme) => {
  const hidden = { stack: 'band', silent: true, tooltip: { show: false }, lineStyle: { opacity: 0 } };
  const low = points.map(({ band }) => band?.low ?? null);
  const spread = points.map(({ band }) => (band ? band.high - band.low : null));
  return [
    lineOf('low', low, theme.color('line-2'), hidden),
    lineOf(words.band, spread, theme.color('line-2'), { ...hidden, areaStyle: { opacity: 0.26 } }),
  ];
};

const valueSeries = (points: readonly TrendPoint[], words: TrendWords, theme: ChartTheme) => {
  const settled = points.map(({ value, isRunning }) => (isRunning ? null : value));
  const isBeside = (i: number) => [i - 1, i, i + 1].some((at) => points[at]?.isRunning);
  const running = points.map(({ value }, i) => (isBeside(i) ? value : null));
  const hasOne = settled.filter((value) => value !== null).length < 2;
  const color = theme.color('text-1');
  return [
    lineOf(words.value, settled, color, {
      z: 5,
      symbol: hasOne ? 'circle' : 'none',
      markPoint: {
        symbol: 'circle',
        symbolSize: 7,
        silent: true,
        label: { show: false },
        itemStyle: { color: theme.color('worse') },
        data: points
          .filter(({ isAbove }) => isAbove)
          .map(({ bucket, value }) => ({ name: bucket, coord: [bucket, value] })),
      },
    }),
    lineOf('running', running, color, { z: 5, lineStyle: { color, width: 2, type: [3, 4] }, silent: true }),
  ];
};

const tooltipOf = (points: readonly TrendPoint[], wordsOf: (point: TrendPoint) => string, theme: ChartTheme) => ({
  trigger: 'axis',
  confine: true,
  backgroundColor: theme.color('surface-3'),
  borderColor: theme.color('line-2'),
  textStyle: { color: theme.color('text-1'), fontSize: theme.px('fs-caption'), fontFamily: theme.font },
  axisPointer: { lineStyle: { color: theme.color('line-2') } },
  formatter: (items: { dataIndex: number }[]) => {
    const point = points[items[0]?.dataIndex ?? -1];
    return point ? wordsOf(point) : '';
  },
});

const axesOf = (points: readonly TrendPoint[], labelOf: (bucket: string) => string, theme: ChartTheme) => {
  const text = { color: theme.color('text-3'), fontSize: theme.px('fs-tick'), fontFamily: theme.font };
  const line = { lineStyle: { color: theme.color('line-1') } };
  return {
    xAxis: {
      type: 'category',
      boundaryGap: false,
      data: points.map(({ bucket }) => bucket),
      axisLine: line,
      axisTick: { show: false },
      axisLabel: { ...text, formatter: labelOf, hideOverlap: true, showMaxLabel: true, showMinLabel: true },
    },
    yAxis: { type: 'value', min: 0, minInterval: 1, splitNumber: 3, splitLine: line, axisLabel: text },
  };
};

const lastYearSeries = (points: readonly TrendPoint[], words: TrendWords, theme: ChartTheme) => {
  const color = theme.color('text-3');
  const data = points.map(({ lastYear }) => lastYear);
  return lineOf(words.lastYear, data, color, { lineStyle: { color, width: 1, type: [5, 4] } });
};

/** Pure: points → ECharts option. Zero-based, band behind, last year thin, running bucket dashed. */
export const trendOption = (
  points: readonly TrendPoint[],
  words: TrendWords,
  labelOf: (bucket: string) => string,
  wordsOf: (point: TrendPoint) => string,
  theme: ChartTheme,
): ChartOption => ({
  grid: { left: 4, right: 10, top: 10, bottom: 2, containLabel: true },
  ...axesOf(points, labelOf, theme),
  tooltip: tooltipOf(points, wordsOf, theme),
  series: [
    ...(points.some(({ band }) => band) ? bandSeries(points, words, theme) : []),
    ...(points.some(({ lastYear }) => lastYear !== null) ? [lastYearSeries(points, words, theme)] : []),
    ...valueSeries(points, words, theme),
  ],
});
