import type { Answer, Cell } from '@/data/model/answer';
import type { ChartOption, ChartTheme } from './chart';

/** One whole local hour against its normal band; null band = nothing to compare with yet. */
export type HourPoint = { hour: number; value: number; band: Cell['band'] | null; cell: Cell };

/** Bucket of an instant as answers name it: `2026-07-15T16:00` local. */
const bucketOf = (at: Date, timeZone: string): string =>
  new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    hourCycle: 'h23',
  })
    .format(at)
    .replace(/\D+(\d\d)\D*$/, 'T$1:00');

/** The last 24 whole hours of an answer by hour; the running one is not whole and left out. */
export const hourPoints = (answer: Answer, timeZone: string): HourPoint[] => {
  const running = bucketOf(new Date(answer.to), timeZone);
  return answer.cells
    .flatMap((cell) => (cell.at.hour && cell.at.hour < running ? [{ key: cell.at.hour, cell }] : []))
    .sort((a, b) => a.key.localeCompare(b.key))
    .slice(-24)
    .map(({ key, cell }) => ({
      hour: Number(key.slice(11, 13)),
      value: cell.value ?? 0,
      band: cell.band ?? null,
      cell,
    }));
};

export type HourVerdict = { point: HourPoint; stands: 'above' | 'below' | 'within' };

/** One event alone, where there are mostly none, stands out by chance. */
const leastTold = 2;

const standsOf = ({ value, band }: HourPoint): HourVerdict['stands'] =>
  !band ? 'within' : value > band.high && value >= leastTold ? 'above' : value < band.low ? 'below' : 'within';

/** The last whole hour and where it stands to its band; null without one. */
export const lastHour = (points: readonly HourPoint[]): HourVerdict | null => {
  const point = points.at(-1);
  if (!point) return null;
  return { point, stands: standsOf(point) };
};

/** The whole numbers inside a band (events are counted), or its limits where it holds none. */
export const bandLimits = ({ low, high }: { low: number; high: number }): { low: string; high: string } =>
  Math.ceil(low) <= Math.floor(high)
    ? { low: String(Math.ceil(low)), high: String(Math.floor(high)) }
    : { low: low.toFixed(1), high: high.toFixed(1) };

/** Round step so that the axis has two steps up to the top; whole numbers, since events are counted. */
export const axisOf = (top: number): { max: number; step: number } => {
  const half = Math.max(1, Math.ceil(top / 2));
  const size = 10 ** Math.floor(Math.log10(half));
  const step = [1, 2, 3, 4, 5, 10].map((n) => n * size).find((candidate) => candidate >= half) ?? half;
  return { max: step * 2, step };
};

/** Room round the plot in em of the tick font; the drawing above it uses the same. */
export const hourFrame = { left: 2, right: 0.4, top: 2.5, bottom: 1.6 };

type Drawn = { theme: ChartTheme; em: number };

const line = { type: 'line', symbol: 'none', silent: true, z: 3 } as const;

/** Normal band as a stack of two areas, the lower one unseen, and its middle dashed. */
const bandSeries = (points: readonly HourPoint[], { theme, em }: Drawn) => [
  { ...line, stack: 'band', lineStyle: { opacity: 0 }, data: points.map(({ band }) => band?.low ?? null) },
  {
    ...line,
    stack: 'band',
    lineStyle: { opacity: 0 },
    areaStyle: { color: theme.color('line-2'), opacity: 0.42 },
    data: points.map(({ band }) => (band ? band.high - band.low : null)),
  },
  {
    ...line,
    lineStyle: { color: theme.color('text-3'), width: em / 16, type: 'dashed' },
    data: points.map(({ band }) => band?.mid ?? null),
  },
];

/** The line of values; a point at every hour above its band, in the alert hue, and at the last one. */
const valueSeries = (points: readonly HourPoint[], { theme, em }: Drawn) => {
  const last = points.length - 1;
  const pointAt = (point: HourPoint, i: number) => {
    const isAbove = standsOf(point) === 'above';
    if (!isAbove && i !== last) return null;
    return { value: point.value, itemStyle: { color: theme.color(isAbove ? 'worse' : 'text-1') } };
  };
  return [
    {
      ...line,
      lineStyle: { color: theme.color('text-1'), width: em / 7 },
      data: points.map(({ value }) => value),
    },
    {
      ...line,
      symbol: 'circle',
      symbolSize: em * 0.7,
      showAllSymbol: true,
      lineStyle: { opacity: 0 },
      itemStyle: { borderColor: theme.color('surface-1'), borderWidth: em / 8 },
      data: points.map(pointAt),
    },
  ];
};

/** Hours named: every sixth, every twelfth where that is too narrow. */
const hourAxis = (points: readonly HourPoint[], label: object, em: number, width: number) => {
  const step = (width / 24) * 6 > em * 5.5 ? 6 : 12;
  return {
    type: 'category',
    boundaryGap: false,
    data: points.map(({ hour }) => `${String(hour).padStart(2, '0')}:00`),
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: {
      ...label,
      margin: em * 0.4,
      interval: (index: number) => (points[index]?.hour ?? 1) % step === 0,
      alignMaxLabel: 'right',
    },
  };
};

/** Height of the plot in em below which only the ends of its axis are told. */
const leastForSteps = 3;

/** Line of 24 hours over its normal band: the hours above the band as points in the hue of what is worse than normal, nothing else coloured. */
export const hoursOption =
  (points: readonly HourPoint[]) =>
  (theme: ChartTheme, size: { width: number; height: number }): ChartOption => {
    const em = theme.px('fs-tick');
    const axis = axisOf(Math.max(1, ...points.flatMap(({ value, band }) => [value, band?.high ?? 0])));
    const label = { color: theme.color('text-3'), fontSize: em, lineHeight: em * 1.2, fontFamily: theme.font };
    const { left, right, top, bottom } = hourFrame;
    const hasSteps = size.height - (top + bottom) * em >= leastForSteps * em;
    return {
      grid: { left: left * em, right: right * em, top: top * em, bottom: bottom * em },
      xAxis: hourAxis(points, label, em, size.width),
      yAxis: {
        type: 'value',
        min: 0,
        max: axis.max,
        interval: hasSteps ? axis.step : axis.max,
        axisLabel: { ...label, margin: em * 0.5 },
        splitLine: { lineStyle: { color: theme.color('line-1'), width: Math.max(1, em / 22) } },
      },
      series: [...bandSeries(points, { theme, em }), ...valueSeries(points, { theme, em })],
    };
  };
