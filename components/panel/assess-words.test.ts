import { expect, test } from 'vitest';
import { placesWords } from './assess-words';

test('places moved are told in words, none moved in one, nothing to compare with a dash', () => {
  const t = (key: string, params: Record<string, string | number> = {}) => [key, ...Object.values(params)].join(' ');
  expect([2, -13, 0, null].map((moved) => placesWords(moved, t))).toEqual([
    'assess.places.won 2',
    'assess.places.lost 13',
    'common.judgement.flat',
    '—',
  ]);
});
