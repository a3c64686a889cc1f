import { expect, test } from 'vitest';
import type { Answer } from '@/data/model/answer';
import { dutyAxis, dutyPoints } from './duty-hours';

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
    { step: 100, max: 300 },
    { step: 200, max: 600 },
  ]);
});
