import { describe, expect, it } from 'vitest';
import type { Answer, Cell } from '@/data/model/answer';
import { axisOf, hourPoints, hoursOption, lastHour } from './hours';

const band = { low: 1, mid: 2, high: 4 };
const cell = (hour: number, value: number, day = '2026-07-15'): Cell => ({
  at: { hour: `${day}T${String(hour).padStart(2, '0')}:00` },
  value,
  numerator: value,
  denominator: 1,
  n: value,
  band,
});

const answer = (cells: Cell[], to = '2026-07-15T16:42:00+08:00'): Answer => ({
  metric: 'event.reported',
  code: 'K01',
  unit: 'event',
  kind: 'count',
  polarity: 'neutral',
  decimals: 0,
  revision: 1,
  dimensions: ['hour'],
  asOf: to,
  from: '2026-07-15T00:00:00+08:00',
  to,
  snapshot: '1',
  freshSeconds: 2,
  target: null,
  cells,
});

describe('hourPoints', () => {
  it('keeps the running hour and those to come without a value', () => {
    const points = hourPoints(answer([cell(14, 3), cell(15, 6), cell(16, 2), cell(17, 0)]), 'Asia/Shanghai');
    expect(points).toHaveLength(24);
    expect(points.slice(14, 18).map(({ value }) => value)).toEqual([3, 6, null, null]);
    expect(points[17]?.band).toEqual(band);
  });
  it('counts an hour without a row as nought, and other days not at all', () => {
    const points = hourPoints(answer([cell(3, 9, '2026-07-14')]), 'Asia/Shanghai');
    expect(points[3]?.value).toBe(0);
    expect(points[3]?.band).toBeNull();
  });
  it('has all hours of a day that is over', () => {
    const points = hourPoints(answer([cell(23, 5)], '2026-07-16T00:00:00+08:00'), 'Asia/Shanghai');
    expect(points[23]?.value).toBe(5);
  });
});

describe('lastHour', () => {
  it.each([
    [6, 'above'],
    [4, 'within'],
    [0, 'below'],
  ])('%d over 1–4 stands %s', (value, stands) => {
    const verdict = lastHour(hourPoints(answer([cell(15, value)]), 'Asia/Shanghai'));
    expect(verdict?.point.hour).toBe(15);
    expect(verdict?.stands).toBe(stands);
  });
  it('has nothing to say before the first hour ends', () => {
    expect(lastHour(hourPoints(answer([], '2026-07-15T00:20:00+08:00'), 'Asia/Shanghai'))).toBeNull();
  });
});

it.each([
  [3, { max: 4, step: 2 }],
  [118, { max: 200, step: 100 }],
  [1, { max: 2, step: 1 }],
])('axis for %d', (top, axis) => {
  expect(axisOf(top)).toEqual(axis);
});

it('colours the line only where the band is left', () => {
  const theme = { color: (token: string) => token, px: () => 20, font: 'x' };
  const tint = (value: number) => {
    const option = hoursOption(hourPoints(answer([cell(15, value)]), 'Asia/Shanghai'))(theme);
    return (option.series as { itemStyle?: { color: string } }[]).at(-1)?.itemStyle?.color;
  };
  expect(tint(3)).toBe('text-1');
  expect(tint(9)).toBe('alert-3');
});
