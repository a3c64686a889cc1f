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

/** Three or four round steps up to the top; whole numbers, since workers are counted. */
export const dutyAxis = (top: number): { max: number; step: number } => {
  const least = Math.max(1, top / 4);
  const size = 10 ** Math.floor(Math.log10(least));
  const step = Math.ceil([1, 2, 5, 10].map((n) => n * size).find((candidate) => candidate >= least) ?? least);
  return { step, max: Math.max(1, Math.ceil(top / step)) * step };
};

/** Room round the plot in em of the tick font. */
const frame = { left: 2.6, right: 0.6, top: 0.6, bottom: 1.6 };

/** Due as a stepped area, later hours included; on duty as a line up to the clock. Nothing is coloured. */
export const dutyHoursOption =
  (points: readonly DutyPoint[]) =>
  (theme: ChartTheme, size: { width: number }): ChartOption => {
    const em = theme.px('fs-tick');
    const axis = dutyAxis(Math.max(1, ...points.flatMap(({ due, onDuty }) => [due, onDuty ?? 0])));
    const label = { color: theme.color('text-3'), fontSize: em, lineHeight: em * 1.2, fontFamily: theme.font };
    const step = (size.width / 24) * 6 > em * 5.5 ? 6 : 12;
    const line = { type: 'line', symbol: 'none', silent: true } as const;
    return {
      grid: { left: frame.left * em, right: frame.right * em, top: frame.top * em, bottom: frame.bottom * em },
      xAxis: {
        type: 'category',
        boundaryGap: false,
        data: points.map(({ hour }) => `${String(hour).padStart(2, '0')}:00`),
        axisLine: { show: false },
        axisTick: { show: false },
        axisLabel: { ...label, margin: em * 0.4, interval: (index: number) => index % step === 0 },
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
        {
          ...line,
          step: 'end',
          lineStyle: { color: theme.color('text-3'), width: em / 14, type: 'dashed' },
          areaStyle: { color: theme.color('line-2'), opacity: 0.3 },
          data: points.map(({ due }) => due),
        },
        {
          ...line,
          step: 'end',
          z: 3,
          lineStyle: { color: theme.color('text-1'), width: em / 7 },
          data: points.map(({ onDuty }) => onDuty),
        },
      ],
    };
  };
