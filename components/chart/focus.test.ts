import { expect, test } from 'vitest';
import type { Answer, Cell } from '@/data/model/answer';
import { contributions, pickFocus, riseScore } from './focus';

const cell = (at: Record<string, string>, value: number | null, previous: number | null): Cell => ({
  at,
  value,
  numerator: value,
  denominator: 1,
  n: value,
  previous: { value: previous, numerator: previous ?? 0, denominator: 1 },
});
const answer = (cells: Cell[]) => ({ cells }) as Answer;

test('a large rise wins over a large percentage of a tiny base', () => {
  const focus = pickFocus(
    answer([cell({ community: 'a' }, 3, 1), cell({ community: 'b' }, 40, 20), cell({ community: 'c' }, 20, 22)]),
    'community',
  );
  expect(focus).toMatchObject({ code: 'b', value: 40, previous: 20 });
});

test('nothing is picked when all stays within chance, or is withheld', () => {
  expect(
    pickFocus(answer([cell({ community: 'a' }, 12, 10), cell({ community: 'b' }, null, 1)]), 'community'),
  ).toBeNull();
  expect(pickFocus(answer([]), 'community')).toBeNull();
});

test('contributions sum to one and leave out what fell', () => {
  const parts = contributions(
    [cell({ category: 'x' }, 10, 4), cell({ category: 'y' }, 5, 3), cell({ category: 'z' }, 1, 9)],
    'category',
  );
  expect(parts.map(({ code, delta }) => [code, delta])).toEqual([
    ['x', 6],
    ['y', 2],
  ]);
  expect(parts.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
});

test('the score is symmetric and zero for no change', () => {
  expect(riseScore(5, 5)).toBe(0);
  expect(riseScore(9, 4)).toBeCloseTo(-riseScore(4, 9));
});
