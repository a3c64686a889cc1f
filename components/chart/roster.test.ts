import { expect, test } from 'vitest';
import type { Answer } from '@/data/model/answer';
import { bySize, worstFirst } from './roster';

const answerOf = (values: Record<string, number>): Answer => ({
  ...{ metric: 'm', code: null, unit: 'share', kind: 'rate', polarity: 'up_good', decimals: 1, revision: 1 },
  ...{ dimensions: ['workerType'], asOf: '2026-11-22T00:00:00Z', from: null, to: '2026-11-22T00:00:00Z' },
  ...{ snapshot: '', freshSeconds: 2, target: null },
  cells: Object.entries(values).map(([workerType, value]) => ({
    ...{ at: { workerType }, value, numerator: value, denominator: 1, n: 2 },
  })),
});

test('a post at half strength stands before larger posts that miss as many', () => {
  const rows = worstFirst(answerOf({ A: 0.98, B: 0.5, C: 1, D: 0.98 }), answerOf({ A: 1, B: 1, D: 2 }));
  expect(rows.map(({ code, missing }) => [code, missing])).toEqual([
    ['B', 1],
    ['D', 2],
    ['A', 1],
    ['C', 0],
  ]);
});

test('posts of fewer than five are not told each', () => {
  const rows = worstFirst(answerOf({ A: 0.5, B: 0.9 }), answerOf({}));
  const sized = rows.map((row) => ({ ...row, cell: { ...row.cell, denominator: row.code === 'A' ? 4 : 5 } }));
  const { told, small } = bySize(sized);
  expect([told, small].map((list) => list.map(({ code }) => code))).toEqual([['B'], ['A']]);
});
