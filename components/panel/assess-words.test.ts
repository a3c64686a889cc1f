import { expect, test } from 'vitest';
import { placesWords } from './assess-words';

test('no place moved is a word, nothing to compare with a dash', () => {
  expect([2, -13, 0, null].map((moved) => placesWords(moved, 'flat'))).toEqual(['▲ 2', '▼ 13', 'flat', '—']);
});
