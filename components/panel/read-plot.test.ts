import { expect, test } from 'vitest';
import { movedSpot } from './read-plot';

const size = { nColumns: 5, nRows: 2 };

test.each([
  [null, 'ArrowLeft', { column: 4, row: 0 }],
  [null, 'Home', { column: 0, row: 0 }],
  [{ column: 4, row: 0 }, 'ArrowRight', { column: 4, row: 0 }],
  [{ column: 2, row: 0 }, 'ArrowDown', { column: 2, row: 1 }],
  [{ column: 2, row: 1 }, 'ArrowDown', { column: 2, row: 1 }],
  [{ column: 2, row: 1 }, 'End', { column: 4, row: 1 }],
  [{ column: 2, row: 1 }, 'x', null],
])('%o %s', (at, key, wanted) => {
  expect(movedSpot(at, key, size)).toEqual(wanted);
});

test('an empty plot has no spot', () => {
  expect(movedSpot(null, 'ArrowLeft', { nColumns: 0, nRows: 1 })).toBeNull();
});
