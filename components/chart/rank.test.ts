import { describe, expect, it } from 'vitest';
import type { Answer, Cell } from '@/data/model/answer';
import { rankRows } from './rank';

const cell = (community: string, value: number | null, n = 100): Cell => ({
  at: { community },
  value,
  numerator: value,
  denominator: 1,
  n,
});

const answer = (kind: Answer['kind'], cells: Cell[]): Answer => ({
  metric: 'event.reported',
  code: null,
  unit: 'event',
  kind,
  polarity: 'neutral',
  decimals: 0,
  revision: 1,
  dimensions: ['community'],
  asOf: '2026-11-22T01:40:00Z',
  from: null,
  to: '2026-11-22T01:40:00Z',
  snapshot: '1',
  freshSeconds: 2,
  target: null,
  cells,
});

describe('rank', () => {
  it('puts the largest first, withheld ones and the unplaced rest last and without a place', () => {
    const rows = rankRows(
      answer('count', [cell('a', 5), cell('none', 90), cell('b', 20), cell('c', null)]),
      'community',
    );
    expect(rows.map(({ code, place }) => [code, place])).toEqual([
      ['b', 1],
      ['a', 2],
      ['c', null],
      ['none', null],
    ]);
  });

  it('draws bars in proportion from zero', () => {
    const rows = rankRows(answer('count', [cell('a', 5), cell('b', 20)]), 'community');
    expect(rows.map(({ share }) => share)).toEqual([1, 0.25]);
    expect(rankRows(answer('count', [cell('a', 0)]), 'community')[0]?.share).toBe(0);
  });

  it('flags rates from few rows, never counts', () => {
    expect(
      rankRows(answer('rate', [cell('a', 0.5, 9), cell('b', 0.4, 10)]), 'community').map((r) => r.isSmall),
    ).toEqual([true, false]);
    expect(rankRows(answer('count', [cell('a', 5, 5)]), 'community')[0]?.isSmall).toBe(false);
  });
});

describe('rank of rates', () => {
  const trial = (community: string, numerator: number, n: number): Cell => ({
    ...{ at: { community }, value: numerator / n, numerator, denominator: n, n },
  });
  const rates = { ...answer('rate', []), unit: 'share' as const };
  const rows = rankRows(
    { ...rates, cells: [trial('one', 1, 1), trial('few', 11, 11), trial('many', 980, 1000), trial('poor', 700, 1000)] },
    'community',
  );
  it('puts many cases before a lucky few, and one case below them all without a place', () => {
    expect(rows.map(({ code, place, isSmall }) => [code, place, isSmall])).toEqual([
      ['many', 1, false],
      ['few', 2, false],
      ['poor', 3, false],
      ['one', null, true],
    ]);
  });
  it('tells the places chance leaves open and draws the interval on the scale of the bar', () => {
    expect(rows.map(({ range }) => range && [range.first, range.last])).toEqual([[1, 2], [1, 2], [3, 3], null]);
    for (const { share, interval } of rows) {
      expect(interval?.low).toBeLessThanOrEqual(share);
      expect(interval?.high).toBeGreaterThanOrEqual(share);
      expect(interval?.high).toBeLessThanOrEqual(1);
    }
  });
  it('ranks a rate of unequal rows by its value, with no interval', () => {
    const load = rankRows(
      {
        ...rates,
        cells: [
          { ...trial('a', 1, 4), n: 12 },
          { ...trial('b', 3, 4), n: 12 },
        ],
      },
      'community',
    );
    expect(load.map(({ code, place, interval }) => [code, place, interval])).toEqual([
      ['b', 1, null],
      ['a', 2, null],
    ]);
  });
});
