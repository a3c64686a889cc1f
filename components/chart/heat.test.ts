import { expect, test } from 'vitest';
import type { Cell } from '@/data/model/answer';
import type { ChartTheme } from './chart';
import { calendarGrid, heatGrid, heatOption } from './heat';

const cell = (at: Record<string, string>, value: number | null): Cell => ({
  ...{ at, value, numerator: value, denominator: 1, n: value },
  ...(value === null ? { withheld: 'small' as const } : {}),
});

test('each cell stands at its row and column, time as it runs', () => {
  const cells = [
    cell({ weekday: '2', hourOfDay: '09' }, 5),
    cell({ weekday: '1', hourOfDay: '23' }, 3),
    cell({ weekday: '1', hourOfDay: '00' }, 1),
  ];
  const grid = heatGrid(cells, 'weekday', 'hourOfDay');
  expect(grid.rows).toEqual(['1', '2']);
  expect(grid.columns).toEqual(['00', '09', '23']);
  expect(grid.cells.map((line) => line.map((each) => each?.value))).toEqual([
    [1, undefined, 3],
    [undefined, 5, undefined],
  ]);
});

test('places stand the largest first, and what is beyond the rows is counted', () => {
  const cells = Array.from({ length: 40 }, (_, i) => cell({ grid: `g${i}`, level: '1' }, i));
  const grid = heatGrid(cells, 'grid', 'level');
  expect(grid.rows).toHaveLength(31);
  expect(grid.rows[0]).toBe('g39');
  expect(grid.nLeft).toBe(9);
});

test('a calendar has a column a week from Monday, also across a year', () => {
  const days = ['2026-12-30', '2026-12-31', '2027-01-01', '2027-01-03', '2027-01-04'];
  const grid = calendarGrid(days.map((day, i) => cell({ day }, i)));
  expect(grid.columns).toEqual(['2026-12-28', '2027-01-04']);
  expect(grid.cells.map((line) => line.map((each) => each?.at.day))).toEqual([
    [undefined, '2027-01-04'],
    [undefined, undefined],
    ['2026-12-30', undefined],
    ['2026-12-31', undefined],
    ['2027-01-01', undefined],
    [undefined, undefined],
    ['2027-01-03', undefined],
  ]);
  expect(calendarGrid([]).columns).toEqual([]);
});

const theme: ChartTheme = {
  color: (token) =>
    ({ 'text-1': '#f1f4f6', 'bg-0': '#0d1216', 'seq-1': '#19323b', 'seq-5': '#42abaa' })[token] ?? '#000000',
  px: () => 13,
  font: 'sans',
};

test('shades are the classes of the scale, withheld cells have none, words stand out from their shade', () => {
  const cells = [cell({ a: '1', b: '1' }, 2), cell({ a: '1', b: '2' }, 9), cell({ a: '1', b: '3' }, null)];
  const words = { row: String, column: String, value: ({ value }: Cell) => String(value ?? '*'), cell: () => '' };
  const option = heatOption(heatGrid(cells, 'a', 'b'), { breaks: [5], tokens: ['seq-1', 'seq-5'] }, words, {
    theme,
    size: { width: 900, height: 400 },
  }) as unknown as {
    visualMap: { pieces: { gte?: number; lt?: number; color: string }[] };
    series: { data: { value: number[]; name: string; label: { show: boolean; color: string } }[] }[];
  };
  const shadeOf = (value: number) =>
    option.visualMap.pieces.find(({ gte = -9, lt = 1e9 }) => value >= gte && value < lt)?.color;
  const points = option.series[0]?.data ?? [];
  const drawn = points.map(({ value, name, label }) => [name, shadeOf(value[2] ?? 0), label.color, label.show]);
  expect(drawn.toSorted()).toEqual(
    [
      ['2', '#19323b', '#f1f4f6', true],
      ['9', '#42abaa', '#0d1216', true],
      ['*', '#000000', '#000000', true],
    ].toSorted(),
  );
});
