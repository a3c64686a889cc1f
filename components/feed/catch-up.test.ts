import { expect, test } from 'vitest';
import { makeCatchUp } from './catch-up';

test('figures that stand before a change are asked again until they do not, and not for ever', () => {
  const { changed, isBehind } = makeCatchUp();
  expect(isBehind(100, 90)).toBe(false);
  changed();
  expect([isBehind(102, 101), isBehind(104, 101), isBehind(106, 103), isBehind(108, 103)]).toEqual([
    ...[true, true],
    ...[false, false],
  ]);
  changed();
  expect(isBehind(110, 110)).toBe(false);
  changed();
  expect(isBehind(112, null)).toBe(false);
  changed();
  const hung = Array.from({ length: 7 }, (_, i) => isBehind(114 + 2 * i, 110));
  expect(hung).toEqual([true, true, true, true, true, false, false]);
  changed();
  expect(isBehind(130, 110)).toBe(true);
});
