import { expect, test } from 'vitest';
import { shownOf } from './share-bars';

test('parts that have no room are told of, in a row of their own', () => {
  expect(shownOf(5, 8, 6)).toBe(5);
  expect(shownOf(9, 9, 6)).toBe(6);
  expect(shownOf(6, 5, 6)).toBe(4);
  expect(shownOf(6, 1, 6)).toBe(1);
});
