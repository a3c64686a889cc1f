import { expect, it } from 'vitest';
import { classScale } from '@/data/model/class-scale';
import type { Encoding } from './encode';
import { exceptions } from './place-label';

const encodingOf = (values: [string, number | null][], patch: Partial<Encoding> = {}): Encoding => ({
  ...{ of: { layer: 'test', metric: 'test', by: 'community' }, off: new Set<number>(), title: '', unit: '' },
  ...{ scale: classScale('seq', [1, 2, 3]), values: new Map(values), format: String, asOf: null, noData: 'none' },
  ...patch,
});
const told = (...args: Parameters<typeof exceptions>) => [...exceptions(...args)].sort();

it('talks of the worst class that any area stands in, the lowest where high is good', () => {
  const encoding = encodingOf([
    ['a', 0],
    ['b', 1],
    ['c', 2],
    ['d', 2.5],
    ['e', null],
  ]);
  expect(told(encoding, false)).toEqual(['c', 'd']);
  expect(told(encoding, true)).toEqual(['a']);
});

it('leaves out what rests on few cases, and then talks of the worst of the others', () => {
  const encoding = encodingOf(
    [
      ['tiny', 9],
      ['b', 1],
      ['c', 0],
    ],
    { few: new Set(['tiny']) },
  );
  expect(told(encoding, false)).toEqual(['b']);
});

it('talks of none where all stand in the best class', () => {
  expect(told(encodingOf([['a', 0]]), false)).toEqual([]);
  expect(told(encodingOf([['a', 7]]), true)).toEqual([]);
  expect(told(encodingOf([]), false)).toEqual([]);
});

it('talks of every class but the best where each counts', () => {
  const values: [string, number][] = [
    ['a', 0],
    ['b', 1],
    ['c', 3],
  ];
  expect(told(encodingOf(values, { isEachTold: true }), false)).toEqual(['b', 'c']);
});
