import { expect, test } from 'vitest';
import { movedRange } from './brush-key';

test.each([
  [null, 'ArrowLeft', [23, 29]],
  [[23, 29], 'ArrowLeft', [22, 28]],
  [[0, 6], 'ArrowLeft', [0, 6]],
  [[23, 29], 'ArrowRight', [23, 29]],
  [[22, 28], 'ArrowRight', [23, 29]],
  [[4, 6], 'ArrowUp', [3, 6]],
  [[0, 6], 'ArrowUp', [0, 6]],
  [[5, 6], 'ArrowDown', [6, 6]],
  [[6, 6], 'ArrowDown', [6, 6]],
  [[4, 6], 'Enter', null],
] as const)('%o and %s make %o of thirty buckets', (marked, key, wanted) => {
  expect(movedRange(marked ? [marked[0], marked[1]] : null, key, 30)).toEqual(wanted);
});
