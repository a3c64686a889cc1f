import { expect, test } from 'vitest';
import type { Answer } from '@/data/model/answer';
import { loadRows } from './load';

const answerOf = (values: Record<string, number>): Answer => ({
  ...{ metric: 'm', code: null, unit: 'worker', kind: 'count', polarity: 'neutral', decimals: 0, revision: 1 },
  ...{ dimensions: ['community'], asOf: '2026-11-22T00:00:00Z', from: null, to: '2026-11-22T00:00:00Z' },
  ...{ snapshot: '', freshSeconds: 2, target: null },
  cells: Object.entries(values).map(([community, value]) => ({
    at: { community },
    value,
    numerator: value,
    denominator: 1,
    n: value,
  })),
});

test('places by events per worker; those with nobody on duty first, quiet ones last, no row outside a place', () => {
  const rows = loadRows(
    answerOf({ A: 6, B: 6, C: 2, D: 5, none: 9 }),
    answerOf({ A: 3, B: 1, E: 4, none: 1, F: 0 }),
    'community',
  );
  expect(rows.map(({ code, share, isUnmanned }) => [code, share, isUnmanned])).toEqual([
    ['D', 0, true],
    ['C', 0, true],
    ['B', 1, false],
    ['A', 2 / 6, false],
    ['E', 0, false],
    ['F', 0, false],
  ]);
});
