import { describe, expect, test } from 'vitest';
import type { Cell } from '@/data/model/answer';
import {
  changedByChance,
  changeInPercent,
  changeInPoints,
  changesOf,
  changeWords,
  largestChanges,
  signedWords,
  wordsInClass,
} from './change';

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

test('the five largest are named, up or down; what stayed, what chance explains and what lies in no place is not', () => {
  const changes = new Map([
    ...['a', 'b', 'c', 'd', 'e', 'f'].map((code, i): [string, number] => [code, i % 2 ? -10 * i : 10 * i]),
    ['g', null] as const,
    ['none', 400] as const,
  ]);
  expect(largestChanges(changes, new Set()).map(({ code }) => code)).toEqual(['f', 'e', 'd', 'c', 'b']);
  expect(largestChanges(changes, new Set(['e', 'c'])).map(({ code }) => code)).toEqual(['f', 'd', 'b']);
});

test('a count that may have stayed is told apart from one that has changed', () => {
  const cells = [cell('apart', 44, 88), cell('open', 28, 20), cell('large', 2800, 2000), cell('unknown', null, 20)];
  expect([...changedByChance({ kind: 'count', unit: 'event', cells }, 'community')]).toEqual(['open']);
});

test.each([
  [40.4, '+40%'],
  [-26.4, '−26%'],
  [0, '0%'],
])('%d reads %s', (percent, words) => {
  expect(changeWords(percent)).toBe(words);
});

test.each([
  [4.6, '+4.6%'],
  [5.2, '+5.2%'],
  [-1.4, '−1.4%'],
  [7, '+7.0%'],
  [4.99, '+4.99%'],
  [12.3, '+12.3%'],
])('%d beside classes from 5 and −1 reads %s', (percent, words) => {
  expect(wordsInClass([-1, 5], changeWords)(percent)).toBe(words);
});

describe('a change of one area', () => {
  const cell = (value: number | null, n: number, before: [number, number] | null) => ({
    ...{ at: {}, value, numerator: null, denominator: null, n },
    ...(before ? { previous: { value: before[0], numerator: before[0] * before[1], denominator: before[1] } } : {}),
  });
  test('shares differ by points, where both rest on enough cases', () => {
    expect(changeInPoints(cell(0.75, 52, [0.875, 64]), 10)).toBe(-12.5);
    expect(changeInPoints(cell(1, 9, [0.8, 20]), 10)).toBeNull();
    expect(changeInPoints(cell(1, 25, [0.8, 5]), 10)).toBeNull();
    expect(changeInPoints(cell(null, 0, [0.8, 50]), 10)).toBeNull();
  });
  test('stocks by percent; from nought or from nothing known there is none', () => {
    expect(changeInPercent(cell(1100, 1100, [1000, 1]))).toBeCloseTo(10);
    expect(changeInPercent(cell(1100, 1100, [0, 1]))).toBeNull();
    expect(changeInPercent(cell(1100, 1100, null))).toBeNull();
  });
  test('in whole words with its sign, nought without one', () => {
    expect([12.94, -10, 0.44, -0.04, -0.6].map((value) => signedWords(value))).toEqual(['+13', '−10', '0', '0', '−1']);
  });
});
