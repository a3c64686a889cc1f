import { expect, test } from 'vitest';
import type { Answer } from '@/data/model/answer';
import { dutyAxis, dutyHoursOption, dutyPoints, dutyStairs } from './duty-hours';

const answerOf = (values: Record<string, number>): Answer => ({
  ...{ metric: 'm', code: null, unit: 'worker', kind: 'count', polarity: 'neutral', decimals: 0, revision: 1 },
  ...{ dimensions: ['hour'], asOf: '2026-11-22T02:30:00Z', from: null, to: '2026-11-22T02:30:00Z' },
  ...{ snapshot: '', freshSeconds: 2, target: null },
  cells: Object.entries(values).map(([hour, value]) => ({
    at: { hour: `2026-11-22T${hour}:00` },
    value,
    numerator: value,
    denominator: 1,
    n: value,
  })),
});

test('hours past without a cell had nobody, hours to come are unknown but due', () => {
  const points = dutyPoints(answerOf({ '09': 8, '10': 8, '11': 9 }), answerOf({ '09': 7 }), 10);
  expect(points).toHaveLength(24);
  expect(points.slice(8, 12).map(({ due, onDuty }) => [due, onDuty])).toEqual([
    [0, 0],
    [8, 7],
    [8, 0],
    [9, null],
  ]);
});

test('the axis ends on a round step little above the top', () => {
  expect([1, 3, 7, 69, 201, 440].map((top) => dutyAxis(top))).toEqual([
    { step: 1, max: 1 },
    { step: 1, max: 3 },
    { step: 2, max: 8 },
    { step: 20, max: 80 },
    { step: 50, max: 250 },
    { step: 100, max: 500 },
  ]);
});

test('the axis is never half empty', () => {
  for (let top = 1; top < 3000; top++) {
    const { max, step } = dutyAxis(top);
    expect([max >= top, top > max / 2, max / step <= 5, max % step], `${top}`).toEqual([true, true, true, 0]);
  }
});

test('the stairs part at the clock: on duty ends there, what is due goes on to midnight', () => {
  const points = dutyPoints(answerOf({ '09': 8, '10': 8, '11': 9, '23': 2 }), answerOf({ '09': 7, '10': 6 }), 10);
  const { past, coming, onDuty } = dutyStairs(points, 10.5);
  expect([past.at(-1), onDuty.at(-1)]).toEqual([
    [10.5, 8],
    [10.5, 6],
  ]);
  expect([coming[0], coming[1], coming.at(-1)]).toEqual([
    [10.5, 8],
    [11, 9],
    [24, 2],
  ]);
  expect(Math.max(...past.map(([hour]) => hour))).toBe(10.5);
});

test('the clock stands on the chart with its words', () => {
  const theme = { color: (token: string) => token, px: () => 20, font: 'f' };
  const option = dutyHoursOption(dutyPoints(answerOf({ '09': 8 }), answerOf({ '09': 7 }), 9), {
    hour: 9.25,
    words: 'now 09:15',
  });
  const lines = (option(theme as never, { width: 400 }).series as { markLine?: { data: object[] } }[]).flatMap(
    ({ markLine }) => markLine?.data ?? [],
  );
  expect(lines).toMatchObject([{ xAxis: 9.25, label: { formatter: 'now 09:15' } }]);
});
