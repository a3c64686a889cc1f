import { expect, test } from 'vitest';
import type { Answer, Cell } from '@/data/model/answer';
import { explore, multiplesOf, oddCells, sharedTop } from './explore';

const cell = (at: Record<string, string>, value: number | null, more: Partial<Cell> = {}): Cell => ({
  ...{ at, value, numerator: value, denominator: 1, n: value },
  ...more,
});

test('places stand the largest first, series by their weight, and what is left out is counted', () => {
  const cells = ['a', 'b'].flatMap((place, i) =>
    ['1', '2', '3', '4', '5'].map((level, j) => cell({ community: place, level }, 1 + i + j)),
  );
  const { categories, series, nSeriesLeft } = explore(cells, ['community', 'level']);
  expect(categories).toEqual(['b', 'a']);
  expect(series.map(({ code }) => code)).toEqual(['5', '4', '3', '2']);
  expect(series[0]?.cells.map((each) => each?.value)).toEqual([6, 5]);
  expect(nSeriesLeft).toBe(1);
});

test('multiples share categories and series, so that places and colours mean the same', () => {
  const cells = [
    cell({ month: '2026-01', level: '1', subdistrict: 'x' }, 9),
    cell({ month: '2026-02', level: '2', subdistrict: 'x' }, 1),
    cell({ month: '2026-02', level: '2', subdistrict: 'y' }, 4),
  ];
  const multiples = multiplesOf({ cells } as Answer, ['month', 'level'], 'subdistrict');
  expect(multiples.map(({ code }) => code)).toEqual(['x', 'y']);
  for (const { explored } of multiples) {
    expect(explored.categories).toEqual(['2026-01', '2026-02']);
    expect(explored.series.map(({ code }) => code)).toEqual(['1', '2']);
  }
  expect(multiples[1]?.explored.series[1]?.cells.map((each) => each?.value)).toEqual([undefined, 4]);
  const all = multiples.map(({ explored }) => explored);
  expect(sharedTop(all, 'value', false)).toBe(10);
});

test('points outside their band are odd; the running bucket is never too low', () => {
  const band = { low: 10, mid: 15, high: 20 };
  const cells = [
    cell({ day: '2026-01-01' }, 25, { band }),
    cell({ day: '2026-01-02' }, 15, { band }),
    cell({ day: '2026-01-03' }, 4, { band }),
    cell({ day: '2026-01-04' }, 2, { band }),
    cell({ day: '2026-01-05' }, 2),
  ];
  const odd = oddCells(explore(cells, ['day']), '2026-01-04');
  expect(odd.map(({ code, stands, isFar }) => [code, stands, isFar])).toEqual([
    ['2026-01-01', 'above', false],
    ['2026-01-03', 'below', false],
  ]);
  const far = explore([cell({ day: '2026-01-01' }, 40, { band })], ['day']);
  expect(oddCells(far, null)[0]?.isFar).toBe(true);
});
