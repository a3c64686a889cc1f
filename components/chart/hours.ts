import type { Answer, Cell } from '@/data/model/answer';
import type { ChartOption, ChartTheme } from './chart';

/** One local hour of a day against its normal band; null = not known (an hour to come has no value). */
export type HourPoint = {
  hour: number;
  value: number | null;
  band: { low: number; mid: number; high: number } | null;
  cell: Cell | null;
};

const hourOf = (at: Date, timeZone: string): number =>
  Number(new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' }).format(at));

const dayOf = (at: Date, timeZone: string): string => new Intl.DateTimeFormat('en-CA', { timeZone }).format(at);

/** The 24 hours of the answer's last day. The running hour is not whole: it has no value yet. */
export const hourPoints = (answer: Answer, timeZone: string): HourPoint[] => {
  const to = new Date(answer.to);
  const last = new Date(to.getTime() - 1);
  const isWholeDay = dayOf(to, timeZone) !== dayOf(last, timeZone);
  const running = isWholeDay ? 24 : hourOf(to, timeZone);
  const day = dayOf(last, timeZone);
  const byHour = new Map(
    answer.cells
      .filter((cell) => cell.at.hour?.startsWith(day))
      .map((cell) => [Number(cell.at.hour?.slice(11, 13)), cell]),
  );
  return Array.from({ length: 24 }, (_, hour) => {
    const cell = byHour.get(hour) ?? null;
    return { hour, value: hour < running ? (cell?.value ?? 0) : null, band: cell?.band ?? null, cell };
  });
};

export type HourVerdict = { point: HourPoint; stands: 'above' | 'below' | 'within' };

/** The last whole hour and where it stands to its band; null before the first hour ends. */
export const lastHour = (points: readonly HourPoint[]): HourVerdict | null => {
  const point = points.findLast(({ value }) => value !== null);
  if (!point || point.value === null) return null;
  const { value, band } = point;
  const stands = !band ? 'within' : value > band.high ? 'above' : value < band.low ? 'below' : 'within';
  return { point, stands };
};

/** Round step so that the axis has two steps up to the top; whole numbers, since events are counted. */
export const axisOf = (top: number): { max: number; step: number } => {
  const half = Math.max(1, Math.ceil(top / 2));
  const size = 10 ** Math.floor(Math.log10(half));
  const step = [1, 2, 3, 4, 5, 10].map((n) => n * size).find((candidate) => candidate >= half) ?? half;
  return { max: step * 2, step };
};

/** Room round the plot in em of the tick font; the drawing above it uses the same. */
export const hourFrame = { left: 2, right: 0.4, top: 2.5, bottom: 1.6 };

/** `00:00` `06:00` … under the axis. */
const tickHours = [0, 6, 12, 18, 23];

/** Line of a day over its normal band: the part outside the band in the alert hue, nothing else coloured. */
export const hoursOption =
  (points: readonly HourPoint[]) =>
  (theme: ChartTheme): ChartOption => {
    const em = theme.px('fs-tick');
    const axis = axisOf(Math.max(1, ...points.flatMap(({ value, band }) => [value ?? 0, band?.high ?? 0])));
    const verdict = lastHour(points);
    const isOut = verdict !== null && verdict.stands !== 'within';
    const at = verdict?.point.hour ?? -1;
    const line = { type: 'line', symbol: 'none', silent: true, z: 3 } as const;
    const label = { color: theme.color('text-3'), fontSize: em, fontFamily: theme.font };
    return {
      grid: {
        left: hourFrame.left * em,
        right: hourFrame.right * em,
        top: hourFrame.top * em,
        bottom: hourFrame.bottom * em,
      },
      xAxis: {
        type: 'category',
        boundaryGap: false,
        data: points.map(({ hour }) => `${String(hour).padStart(2, '0')}:00`),
        axisLine: { show: false },
        axisTick: { show: false },
        axisLabel: {
          ...label,
          margin: em * 0.4,
          interval: (index: number) => tickHours.includes(index),
          alignMinLabel: 'left',
          alignMaxLabel: 'right',
          hideOverlap: true,
        },
      },
      yAxis: {
        type: 'value',
        min: 0,
        max: axis.max,
        interval: axis.step,
        axisLabel: { ...label, margin: em * 0.5 },
        splitLine: { lineStyle: { color: theme.color('line-1'), width: Math.max(1, em / 22) } },
      },
      series: [
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
        {
          ...line,
          lineStyle: { color: theme.color('text-1'), width: em / 7 },
          data: points.map(({ value }) => value),
        },
        {
          ...line,
          symbol: 'circle',
          symbolSize: em * 0.7,
          lineStyle: { color: theme.color(isOut ? 'alert-3' : 'text-1'), width: em / 7 },
          itemStyle: {
            color: theme.color(isOut ? 'alert-3' : 'text-1'),
            borderColor: theme.color('surface-1'),
            borderWidth: em / 8,
          },
          showSymbol: true,
          data: points.map(({ hour, value }) => (hour === at || (isOut && hour === at - 1) ? value : null)),
          symbolKeepAspect: true,
        },
      ],
    };
  };
