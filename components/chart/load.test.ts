import { expect, test } from 'vitest';
import type { Answer } from '@/data/model/answer';
import { loadRows, topLoad } from './load';

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

/** Open events with what each worker on duty has of them, as the server tells it. */
const loaded = (values: Record<string, number>, perWorker: Record<string, number>): Answer => {
  const answer = answerOf(values);
  return {
    ...answer,
    cells: answer.cells.map((cell) => ({ ...cell, perWorker: perWorker[cell.at.community ?? ''] ?? null })),
  };
};

test('places by workers missing, then by events per worker; those with nobody on duty before others', () => {
  const rows = loadRows(
    {
      open: loaded({ A: 6, B: 6, C: 2, D: 5, none: 9 }, { A: 2, B: 6, none: 9 }),
      onDuty: answerOf({ A: 3, B: 1, E: 4, none: 1, F: 0 }),
      absent: answerOf({ E: 2, A: 1, none: 0 }),
    },
    'community',
  );
  expect(rows.map(({ code, open, isUnmanned }) => [code, open.perWorker, isUnmanned])).toEqual([
    ['E', 0, false],
    ['A', 2, false],
    ['D', null, true],
    ['C', null, true],
    ['B', 6, false],
    ['F', null, false],
  ]);
  expect(topLoad(rows)).toBe(6);
});

test('a worker missing outside every place has a row of its own', () => {
  const none = answerOf({});
  const rows = loadRows({ open: answerOf({ A: 1 }), onDuty: none, absent: answerOf({ none: 1 }) }, 'community');
  expect(rows.map(({ code, absent }) => [code, absent.value])).toEqual([
    ['none', 1],
    ['A', 0],
  ]);
});
