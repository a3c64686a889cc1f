import { expect, test } from 'vitest';
import { eraOf } from './division';

const [first, second] = ['2026-03-01T00:00:00.000Z', '2026-09-01T00:00:00.000Z'];

test.each([
  ['now', null, null],
  ['after the last re-cut', '2026-10-01T00:00:00Z', null],
  ['at the last re-cut', second, null],
  ['between the two', '2026-04-01T08:00:00+08:00', '2026-08-31T23:59:59.999Z'],
  ['at the first one', first, '2026-08-31T23:59:59.999Z'],
  ['before the first', '2020-01-01T00:00:00Z', '2026-02-28T23:59:59.999Z'],
])('%s: one instant stands for all of an era', (_, at, era) => {
  expect(eraOf(at, [first, second])).toBe(era);
});

test('where nothing was ever cut anew, boundaries are those of now', () => {
  expect(eraOf('2020-01-01T00:00:00Z', [])).toBeNull();
});
