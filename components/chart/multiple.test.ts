import { describe, expect, test } from 'vitest';
import type { Answer, Cell } from '@/data/model/answer';
import {
  axisOf,
  findTrend,
  heatClass,
  heatLimits,
  hourMatrix,
  lastWeekOf,
  matrixOf,
  topOf,
  usualOf,
  weeksOf,
} from './multiple';

const cell = (at: Record<string, string>, value: number): Cell => ({
  at,
  value,
  numerator: value,
  denominator: 1,
  n: value,
});

const answerOf = (cells: Cell[]): Answer => ({
  ...{ metric: 'event.reported', code: null, unit: 'event', kind: 'count', polarity: 'neutral', decimals: 0 },
  ...{ revision: 1, dimensions: ['week'], snapshot: '1', freshSeconds: 2, target: null },
  asOf: '2026-03-25T02:00:00.000Z',
  from: '2026-01-07T16:00:00.000Z',
  to: '2026-03-25T02:00:00.000Z',
  cells,
});

const zone = 'Asia/Shanghai';
/** Eleven Mondays from 5 January 2026; the first is cut by the period, the last one runs. */
const mondays = Array.from({ length: 12 }, (_, i) => new Date(Date.UTC(2026, 0, 5 + 7 * i)).toISOString().slice(0, 10));

describe('weeks', () => {
  test('the first and the running week are not whole', () => {
    const weeks = weeksOf(answerOf(mondays.map((week) => cell({ week }, 1))), zone);
    expect(weeks.map(({ isWhole }) => isWhole)).toEqual([false, ...Array(10).fill(true), false]);
  });
});

describe('a line over weeks', () => {
  const weeks = (values: number[]) =>
    weeksOf(answerOf(mondays.slice(-values.length).map((week, i) => cell({ week }, values[i] ?? 0))), zone);
  test('its figure is of the last whole week, Monday to Sunday', () => {
    expect(lastWeekOf(weeks([1, 2, 3]))).toMatchObject({ week: { code: '2026-03-16', value: 2 }, to: '2026-03-22' });
    expect(lastWeekOf([])).toBeNull();
  });
  test('counts stand on nought, a rate on the tens of percent below its weeks and its target', () => {
    expect(axisOf(weeks([293, 420, 250]), null)).toEqual({ from: 0, to: 500 });
    expect(axisOf(weeks([0.92, 0.88, 0.97]), 0.95)).toEqual({ from: 0.8, to: 1 });
    expect(axisOf(weeks([0.9, 0.97]), 0.95)).toEqual({ from: 0.8, to: 1 });
    expect(axisOf(weeks([0.02]), 0.95)).toEqual({ from: 0, to: 1 });
  });
});

describe('the usual range', () => {
  test('is of the whole weeks before the last, without their outermost tenths', () => {
    const values = [900, 0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 900];
    const weeks = weeksOf(answerOf(mondays.map((week, i) => cell({ week }, values[i] ?? 0))), zone);
    expect(usualOf(weeks)).toEqual({ low: 8, high: 72 });
  });
  test('needs four weeks', () => {
    expect(usualOf(weeksOf(answerOf(mondays.slice(0, 5).map((week) => cell({ week }, 1))), zone))).toBeNull();
  });
});

describe('matrices', () => {
  test('rows by total, missing weeks nought', () => {
    const answer = answerOf([
      cell({ categoryL1: '01', week: 'a' }, 2),
      cell({ categoryL1: '02', week: 'b' }, 5),
      cell({ categoryL1: '01', week: 'b' }, 1),
    ]);
    expect(matrixOf(answer, 'categoryL1', ['a', 'b'], 9)).toEqual([
      { code: '02', values: [0, 5], total: 5 },
      { code: '01', values: [2, 1], total: 3 },
    ]);
  });
  test('four hours make a row and nothing is lost', () => {
    const cells = Array.from({ length: 24 }, (_, hour) =>
      cell({ hourOfDay: String(hour).padStart(2, '0'), week: 'a' }, hour),
    );
    const rows = hourMatrix(answerOf(cells), ['a']);
    expect(rows.map(({ total }) => total)).toEqual([6, 22, 38, 54, 70, 86]);
  });
  test('classes begin at nought and end at the largest', () => {
    expect(heatLimits(71)).toEqual([0, 1, 15, 30, 45, 60]);
    expect(heatLimits(3)).toEqual([0, 1, 2, 3]);
    expect(heatLimits(0)).toEqual([0, 1]);
    expect([0, 1, 14, 15, 71].map((value) => heatClass(value, heatLimits(71)))).toEqual([0, 1, 1, 2, 5]);
  });
});

describe('the finding', () => {
  const weekly = (code: string, values: number[]) =>
    values.map((value, i) => cell({ categoryL1: code, week: mondays[i] ?? '' }, value));
  test('the category furthest from its mean, and for how many weeks', () => {
    const answer = answerOf([
      ...weekly('01', [9, 20, 20, 20, 20, 20, 20, 20, 40, 45, 50, 0]),
      ...weekly('02', [9, 30, 30, 30, 30, 30, 30, 30, 30, 30, 31, 0]),
    ]);
    expect(findTrend(answer, zone)).toEqual({ code: '01', value: 50, mean: 25.625, direction: 'up', nWeeks: 3 });
  });
  test('none within the range of chance', () => {
    expect(findTrend(answerOf(weekly('01', [9, 3, 5, 4, 2, 5, 4, 3, 5, 4, 6, 0])), zone)).toBeNull();
  });
});

test('axes end on round figures', () => {
  expect([0, 7, 96, 120, 231].map((most) => topOf([most, null]))).toEqual([1, 8, 100, 150, 250]);
});
