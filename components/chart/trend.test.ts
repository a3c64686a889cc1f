import { describe, expect, it } from 'vitest';
import type { Answer, Cell } from '@/data/model/answer';
import type { ChartTheme } from './chart';
import { peakOf, trendOption, trendPoints } from './trend';

const theme: ChartTheme = { color: (token) => `#${token}`, px: () => 13, font: 'Inter' };

const cell = (day: string, value: number, high = 10): Cell => ({
  at: { day },
  value,
  numerator: value,
  denominator: 1,
  n: value,
  band: { low: 2, mid: 5, high },
  lastYear: { value: value - 1, numerator: value - 1, denominator: 1 },
});

const answer = (cells: Cell[]): Answer => ({
  metric: 'event.reported',
  code: 'K01',
  unit: 'event',
  kind: 'count',
  polarity: 'neutral',
  decimals: 0,
  revision: 1,
  dimensions: ['day'],
  asOf: '2026-11-22T01:40:00Z',
  from: '2026-11-19T16:00:00Z',
  to: '2026-11-22T01:40:00Z',
  snapshot: '1',
  freshSeconds: 2,
  target: null,
  cells,
});

const points = trendPoints(
  answer([cell('2026-11-22', 4), cell('2026-11-20', 12), cell('2026-11-21', 30, 12)]),
  'day',
  'Asia/Shanghai',
);

describe('trend', () => {
  it('orders buckets, marks those above normal and the running one', () => {
    expect(points.map(({ bucket }) => bucket)).toEqual(['2026-11-20', '2026-11-21', '2026-11-22']);
    expect(points.map(({ isAbove }) => isAbove)).toEqual([true, true, false]);
    expect(points.map(({ isRunning }) => isRunning)).toEqual([false, false, true]);
  });

  it('names the bucket furthest above its band, none on a normal stretch', () => {
    expect(peakOf(points)?.bucket).toBe('2026-11-21');
    expect(peakOf(points.slice(2))).toBeNull();
  });

  it('draws the running bucket apart and starts the axis at zero', () => {
    const option = trendOption(
      points,
      { value: 'v', lastYear: 'y', band: 'b' },
      (b) => b,
      () => '',
      theme,
    ) as {
      yAxis: { min: number };
      series: { name: string; data: (number | null)[] }[];
    };
    expect(option.yAxis.min).toBe(0);
    expect(option.series.find(({ name }) => name === 'v')?.data).toEqual([12, 30, null]);
    expect(option.series.find(({ name }) => name === 'running')?.data).toEqual([null, 30, 4]);
    expect(option.series.find(({ name }) => name === 'y')?.data).toEqual([11, 29, 3]);
    expect(option.series.find(({ name }) => name === 'b')?.data).toEqual([8, 10, 8]);
  });

  it('leaves out a band and a last year that the answer does not carry', () => {
    const bare = trendPoints(
      answer([{ at: { day: '2026-11-20' }, value: 1, numerator: 1, denominator: 1, n: 1 }]),
      'day',
      'Asia/Shanghai',
    );
    const option = trendOption(
      bare,
      { value: 'v', lastYear: 'y', band: 'b' },
      (b) => b,
      () => '',
      theme,
    ) as {
      series: { name: string }[];
    };
    expect(option.series.map(({ name }) => name)).toEqual(['v', 'running']);
  });
});
