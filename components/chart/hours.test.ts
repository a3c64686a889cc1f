import { describe, expect, it } from 'vitest';
import type { Answer, Cell } from '@/data/model/answer';
import { axisOf, bandLimits, hourPoints, hoursOption, lastHour } from './hours';

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
  it('leaves out the running hour and those to come', () => {
    const points = hourPoints(answer([cell(17, 0), cell(16, 2), cell(15, 6), cell(14, 3)]), 'Asia/Shanghai');
    expect(points.map(({ hour, value }) => [hour, value])).toEqual([
      [14, 3],
      [15, 6],
    ]);
  });
  it('takes the last 24 across midnight, by the clock of the installation', () => {
    const day = (on: string) => Array.from({ length: 24 }, (_, hour) => cell(hour, hour, on));
    const points = hourPoints(answer([...day('2026-07-14'), ...day('2026-07-15')]), 'Asia/Shanghai');
    expect(points).toHaveLength(24);
    expect([points[0]?.hour, points.at(-1)?.hour]).toEqual([16, 15]);
    expect(hourPoints(answer(day('2026-07-15')), 'UTC').at(-1)?.hour).toBe(7);
  });
  it('ends with the hour that ends on the hour', () => {
    const points = hourPoints(answer([cell(23, 5)], '2026-07-16T00:00:00+08:00'), 'Asia/Shanghai');
    expect(points.at(-1)?.value).toBe(5);
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
  it('one event where there are mostly none does not stand out', () => {
    const quiet = { ...cell(15, 1), band: { low: 0, mid: 0, high: 0.6 } };
    expect(lastHour(hourPoints(answer([quiet]), 'Asia/Shanghai'))?.stands).toBe('within');
    const two = { ...quiet, value: 2 };
    expect(lastHour(hourPoints(answer([two]), 'Asia/Shanghai'))?.stands).toBe('above');
  });
  it('has nothing to say without an hour', () => {
    expect(lastHour([])).toBeNull();
  });
});

it.each([
  [0.7, 5, '1', '5'],
  [0, 4.6, '0', '4'],
  [0.2, 0.8, '0.2', '0.8'],
])('a band of %d–%d reads %s–%s', (low, high, from, to) => {
  expect(bandLimits({ low, high })).toEqual({ low: from, high: to });
});

it.each([
  [3, { max: 4, step: 2 }],
  [118, { max: 200, step: 100 }],
  [1, { max: 2, step: 1 }],
])('axis for %d', (top, axis) => {
  expect(axisOf(top)).toEqual(axis);
});

it('colours the hours above their band and no other; the last one has a point whatever it is', () => {
  const theme = { color: (token: string) => token, px: () => 20, font: 'x' };
  const option = hoursOption(
    hourPoints(answer([cell(11, 9), cell(12, 3), cell(13, 0), cell(14, 4), cell(15, 2)]), 'Asia/Shanghai'),
  )(theme, { width: 700, height: 300 });
  const points = (option.series as { data: ({ itemStyle: { color: string } } | null)[] }[]).at(-1)?.data;
  expect(points?.map((point) => point?.itemStyle.color ?? null)).toEqual(['worse', null, null, null, 'text-1']);
});

it.each([
  [300, 4],
  [120, 8],
])('at a height of %d the axis tells every %d: where there is little room its ends alone', (height, interval) => {
  const theme = { color: (token: string) => token, px: () => 20, font: 'x' };
  const { yAxis } = hoursOption(hourPoints(answer([cell(14, 7), cell(15, 2)]), 'Asia/Shanghai'))(theme, {
    width: 700,
    height,
  }) as { yAxis: { interval: number } };
  expect(yAxis.interval).toBe(interval);
});
