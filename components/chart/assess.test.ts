import { describe, expect, test } from 'vitest';
import type { Answer } from '@/data/model/answer';
import { assess, intervalScale, moversOf, worstFirst } from './assess';

const cell = (community: string, closed: number, n: number, before: [number, number] | null = null) => ({
  at: { community },
  value: closed / n,
  numerator: closed,
  denominator: n,
  n,
  ...(before ? { previous: { value: before[0] / before[1], numerator: before[0], denominator: before[1] } } : {}),
});

const answer: Answer = {
  ...{ metric: 'event.on_time_close_rate', code: 'K10', unit: 'share', kind: 'rate', polarity: 'up_good' },
  ...{ decimals: 1, revision: 1, dimensions: ['community'], snapshot: '1', freshSeconds: 2, target: 0.95 },
  ...{ asOf: '2026-03-25T02:00:00.000Z', from: '2026-02-23T16:00:00.000Z', to: '2026-03-25T02:00:00.000Z' },
  cells: [
    cell('a', 90, 100, [99, 100]),
    cell('b', 97, 100, [90, 100]),
    cell('c', 97, 100, [5, 6]),
    cell('d', 3, 3, [3, 3]),
    cell('none', 1, 20),
  ],
};

describe('assess', () => {
  const rows = assess(answer, 0.95);
  test('equal rates share a place, few cases have none, what lies in no division is left out', () => {
    expect(rows.map(({ code, place }) => [code, place])).toEqual([
      ['b', 1],
      ['c', 1],
      ['a', 3],
      ['d', null],
    ]);
  });
  test('places are compared among those ranked in both periods', () => {
    const clear = {
      ...answer,
      cells: [cell('a', 70, 100, [99, 100]), cell('b', 99, 100, [70, 100]), cell('c', 97, 100, [5, 6])],
    };
    expect(assess(clear, 0.95).map(({ code, moved }) => [code, moved])).toEqual([
      ['b', 1],
      ['c', null],
      ['a', -1],
    ]);
  });
  test('a place that chance leaves open has not moved', () => {
    expect(rows.map(({ code, range, moved }) => [code, range?.isOpen, moved])).toEqual([
      ['b', true, null],
      ['c', true, null],
      ['a', true, null],
      ['d', undefined, null],
    ]);
  });
  test('the target is missed below it', () => {
    expect(rows.filter(({ isMissed }) => isMissed).map(({ code }) => code)).toEqual(['a']);
  });
  test('places go by the fair rate and lie among those chance leaves open', () => {
    const many = { ...answer, cells: [...answer.cells, cell('e', 15, 18), cell('f', 330, 400)] };
    const ranked = assess(many, 0.95).filter(({ place }) => place !== null);
    expect(ranked.map(({ code }) => code)).toEqual(['b', 'c', 'a', 'e', 'f']);
    expect(ranked.every(({ place, range }) => range && place && range.first <= place && place <= range.last)).toBe(
      true,
    );
  });
  test('only what lies below the target beyond chance is surely missed', () => {
    const few = { ...answer, cells: [cell('g', 18, 20), cell('h', 160, 200)] };
    expect(assess(few, 0.95).map(({ code, isMissed, isSurelyMissed }) => [code, isMissed, isSurelyMissed])).toEqual([
      ['g', true, false],
      ['h', true, true],
    ]);
  });
  test('what misses the target beyond chance heads the list of the worst, each part from its worst rate, and few cases are none of it', () => {
    const mixed = {
      ...answer,
      cells: [cell('k', 99, 100), cell('g', 10, 12), cell('h', 340, 400), cell('m', 330, 400), cell('d', 1, 3)],
    };
    const listed = worstFirst(assess(mixed, 0.95), mixed);
    expect(listed.map(({ code, isSurelyMissed }) => [code, isSurelyMissed])).toEqual([
      ['m', true],
      ['h', true],
      ['g', false],
      ['k', false],
    ]);
    expect(intervalScale(listed, 0.95)).toEqual({ from: 0.5, to: 1 });
    expect(intervalScale([], 0.95)).toEqual({ from: 0.9, to: 1 });
  });
  test('rates that differ by chance alone are one tie, and nobody has moved in it', () => {
    const even = { ...answer, cells: [cell('i', 90, 100, [70, 100]), cell('j', 91, 100, [95, 100])] };
    const rows = assess(even, 0.95);
    expect(rows.map(({ code }) => code)).toEqual(['j', 'i']);
    expect(rows.map(({ place, moved }) => [place, moved])).toEqual([
      [1, null],
      [1, null],
    ]);
  });
  test('movers by the size of their change', () => {
    expect(moversOf(rows, 5).map(({ code, change }) => [code, Math.round((change ?? 0) * 100)])).toEqual([
      ['a', -9],
      ['b', 7],
    ]);
  });
});
