import { expect, it } from 'vitest';
import { formatCount } from './format';

it.each([
  [747, 'zh', '747'],
  [9_999, 'zh', '9,999'],
  [13_700, 'zh', '1.37万'],
  [73_000, 'zh', '7.30万'],
  [156_123, 'zh', '15.6万'],
  [1_234_567, 'zh', '123万'],
  [-128_000_000, 'zh', '−1.28亿'],
  [12_345, 'en', '12,345'],
  [128_000, 'en', '128k'],
  [1_280_000, 'en', '1.28M'],
] as const)('%d in %s reads %s', (value, lang, words) => {
  const { digits, scale } = formatCount(value, lang);
  expect(`${digits}${scale}`).toBe(words);
});

it('gives all of a column the decimals of its largest value', () => {
  const column = [111_000, 39_900, 3_041].map((value) => formatCount(value, 'zh', 111_000));
  expect(column.map(({ digits, scale }) => `${digits}${scale}`)).toEqual(['11.1万', '4.0万', '3,041']);
});
