import type { Answer, Cell } from '@/data/model/answer';
import type { ChartOption, ChartTheme } from './chart';

/** A full hour of the local day: due, and on duty; null = it is still to come. */
export type DutyPoint = { hour: number; due: number; onDuty: number | null; cells: { due?: Cell; onDuty?: Cell } };

/** The 24 full hours of the day the answers are about. An hour past without a cell had nobody. */
export const dutyPoints = (due: Answer, onDuty: Answer, nowHour: number): DutyPoint[] => {
  const byHour = ({ cells }: Answer) => new Map(cells.map((cell) => [Number(cell.at.hour?.slice(11, 13)), cell]));
  const [dueAt, onDutyAt] = [byHour(due), byHour(onDuty)];
  return Array.from({ length: 24 }, (_, hour) => {
    const cells = { due: dueAt.get(hour), onDuty: onDutyAt.get(hour) };
    return { hour, due: cells.due?.value ?? 0, onDuty: hour <= nowHour ? (cells.onDuty?.value ?? 0) : null, cells };
  });
};

/** Up to five round steps, the top of the axis little above that of the data; whole numbers, since workers are counted. */
export const dutyAxis = (top: number): { max: number; step: number } => {
  const least = Math.max(1, top / 5);
  const size = 10 ** Math.floor(Math.log10(least));
  const step = Math.ceil([1, 2, 5, 10].map((n) => n * size).find((candidate) => candidate >= least) ?? least);
  return { step, max: Math.max(1, Math.ceil(top / step)) * step };
};

/** The clock on the axis: hours of the local day with their fraction, and its words. */
export type DutyNow = { hour: number; words: string };

type Stair = [number, number][];

/** Stairs of the day cut at the clock: what is due up to it, what is still due, who was on duty. A value holds for its hour. */
export const dutyStairs = (points: readonly DutyPoint[], now: number): Record<'past' | 'coming' | 'onDuty', Stair> => {
  const due = points.map((point): [number, number] => [point.hour, point.due]);
  const onDuty = points.flatMap((point): Stair => (point.onDuty === null ? [] : [[point.hour, point.onDuty]]));
  const upTo = (stair: Stair, end: number): Stair => {
    const own = stair.filter(([hour]) => hour <= end);
    const last = own.at(-1);
    return last ? [...own, [end, last[1]]] : [];
  };
  const past = upTo(due, now);
  const after = due.filter(([hour]) => hour > now);
  const end = due.at(-1);
  const coming: Stair = [...past.slice(-1), ...after, ...(end ? [[24, end[1]] as [number, number]] : [])];
  return { past, coming, onDuty: upTo(onDuty, now) };
};

/** Room round the plot in em of the tick font. */
const frame = { left: 2.6, right: 0.6, top: 1.6, bottom: 1.6 };

/** Hours from an edge of the day within which the words of the clock run inwards. */
const nearEdge = 4;

const clockLine = ({ hour, words }: DutyNow, theme: ChartTheme) => {
  const em = theme.px('fs-tick');
  return {
    silent: true,
    symbol: 'none',
    data: [
      {
        xAxis: hour,
        lineStyle: { color: theme.color('accent'), width: Math.max(1, em / 12), type: 'solid' },
        label: {
          ...{ show: true, position: 'end', formatter: words, distance: em * 0.3, fontFamily: theme.font },
          ...{ color: theme.color('text-1'), fontSize: theme.px('fs-caption') },
          align: hour < nearEdge ? 'left' : hour > 24 - nearEdge ? 'right' : 'center',
        },
      },
    ],
  };
};

/**
 * Due as a stepped area, firm up to the clock, dashed and faint for the hours to come; on duty as a line that ends at the
 * clock, which stands as a line of its own. Nothing is coloured.
 */
export const dutyHoursOption =
  (points: readonly DutyPoint[], now: DutyNow) =>
  (theme: ChartTheme, size: { width: number }): ChartOption => {
    const em = theme.px('fs-tick');
    const axis = dutyAxis(Math.max(1, ...points.flatMap(({ due, onDuty }) => [due, onDuty ?? 0])));
    const label = { color: theme.color('text-3'), fontSize: em, lineHeight: em * 1.2, fontFamily: theme.font };
    const interval = (size.width / 24) * 6 > em * 5.5 ? 6 : 12;
    const line = { type: 'line', symbol: 'none', silent: true, step: 'end' } as const;
    const { past, coming, onDuty } = dutyStairs(points, now.hour);
    const due = (data: Stair, opacity: number, type: 'solid' | 'dashed') => ({
      ...{ ...line, data, areaStyle: { color: theme.color('line-2'), opacity } },
      lineStyle: { color: theme.color('text-3'), width: em / 14, type },
    });
    return {
      grid: { left: frame.left * em, right: frame.right * em, top: frame.top * em, bottom: frame.bottom * em },
      xAxis: {
        ...{ type: 'value', min: 0, max: 24, interval },
        ...{ axisLine: { show: false }, axisTick: { show: false }, splitLine: { show: false } },
        axisLabel: {
          ...{ ...label, margin: em * 0.4, showMaxLabel: false },
          formatter: (hour: number) => `${String(hour).padStart(2, '0')}:00`,
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
        due(past, 0.4, 'solid'),
        due(coming, 0.14, 'dashed'),
        {
          ...{ ...line, z: 3, data: onDuty, markLine: clockLine(now, theme) },
          lineStyle: { color: theme.color('text-1'), width: em / 7 },
        },
      ],
    };
  };
