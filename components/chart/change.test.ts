import { expect, test } from 'vitest';
import type { Cell } from '@/data/model/answer';
import { changesOf, changeWords, largestChanges } from './change';

const cell = (community: string, value: number | null, previous: number): Cell => ({
  ...{ at: { community }, value, numerator: value, denominator: 1, n: value },
  previous: { value: previous, numerator: previous, denominator: 1 },
});

test('changes are in percent of the interval before; few events and nothing before are no change', () => {
  const cells = [cell('a', 30, 20), cell('b', 3, 1), cell('c', 40, 0), cell('d', null, 30), cell('e', 10, 40)];
  expect([...changesOf({ cells }, 'community')]).toEqual([
    ['a', 50],
    ['b', null],
    ['c', null],
    ['d', null],
    ['e', -75],
  ]);
});

test('the five largest are named, up or down; what stayed and what lies in no place is not', () => {
  const changes = new Map([
    ...['a', 'b', 'c', 'd', 'e', 'f'].map((code, i): [string, number] => [code, i % 2 ? -10 * i : 10 * i]),
    ['g', null] as const,
    ['none', 400] as const,
  ]);
  expect(largestChanges(changes).map(({ code }) => code)).toEqual(['f', 'e', 'd', 'c', 'b']);
});

test.each([
  [40.4, '+40%'],
  [-26.5, '−26%'],
  [0, '0%'],
])('%d reads %s', (percent, words) => {
  expect(changeWords(percent)).toBe(words);
});
