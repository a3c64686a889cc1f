import { expect, it } from 'vitest';
import { holds } from './glyphs';

it.each([
  ['U+4e00-4e03, U+2160', '一', true],
  ['U+4e00-4e03, U+2160', 'Ⅰ', true],
  ['U+4e00-4e03, U+2160', '区', false],
  ['U+533a', '区', true],
  ['', '区', true],
])('the range %s holds %s: %s', (range, char, isHeld) => {
  expect(holds(range, char)).toBe(isHeld);
});
