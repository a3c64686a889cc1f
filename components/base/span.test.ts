import { expect, it } from 'vitest';
import { spanDigits, spanWords } from './span';

const wordsOf = (key: string, params: object) => [key.split('.').at(-1), ...Object.values(params)].join(' ');

it.each([
  [34.9, 'minutes 34'],
  [60, 'hours 1'],
  [239, 'hoursMinutes 3 59'],
  [1_470, 'hoursMinutes 24 30'],
  [2_880, 'days 2'],
  [3_070, 'daysHours 2 3'],
  [525_960 * 13.6, 'years 13'],
])('%d minutes read %s', (minutes, words) => {
  expect(spanWords(minutes, wordsOf)).toBe(words);
});

it.each([
  [34.9, '00:34'],
  [5_999, '99:59'],
  [6_000, 'days 4'],
  [525_960 * 13.6, 'years 13'],
])('%d minutes stand in a column as %s', (minutes, words) => {
  expect(spanDigits(minutes, wordsOf)).toBe(words);
});
