import { expect, test } from 'vitest';
import type { Answer } from '@/data/model/answer';
import { forceRows } from './force-rows';

const answerOf = (dimensions: string[], rows: [string, number, number | null][]): Answer => ({
  ...{ metric: 'asset.count', code: null, unit: 'asset', kind: 'count', polarity: 'neutral', decimals: 0, revision: 1 },
  ...{ dimensions, asOf: '2026-11-22T00:00:00Z', from: null, to: '2026-11-22T00:00:00Z' },
  ...{ snapshot: '', freshSeconds: 2, target: null },
  cells: rows.map(([codes, value, perTenThousand]) => ({
    at: Object.fromEntries(codes.split(' ').map((code, i) => [dimensions[i] ?? '', code])),
    ...{ value, numerator: value, denominator: 1, n: value, perTenThousand },
  })),
});

const groups = answerOf(
  ['assetGroup'],
  [
    ['key_part', 3, 1],
    ['force', 30, 10],
  ],
);
const types = answerOf(
  ['assetGroup', 'assetType'],
  [
    ['force T1', 5, 2],
    ['force T2', 20, 7],
    ['force none', 25, 8],
    ['key_part B1', 3, 1],
  ],
);
const places = answerOf(
  ['subdistrict', 'assetGroup'],
  [
    ['A force', 20, 12],
    ['B force', 10, 8],
    ['none force', 1, 0.1],
    ['C force', 2, null],
  ],
);

test('groups in their order, each with the place that has the fewest per head; what lies nowhere or is not told is none', () => {
  const rows = forceRows(groups, types, places, 2);
  expect(rows.map(({ group, least }) => [group, least?.at.subdistrict ?? null])).toEqual([
    ['force', 'B'],
    ['key_part', null],
  ]);
});

test('the commonest types follow each group where there is room, as many for one as for another', () => {
  const told = (room: number) => forceRows(groups, types, places, room).map(({ group, type }) => type ?? group);
  expect(told(3)).toEqual(['force', 'key_part']);
  expect(told(4)).toEqual(['force', 'T2', 'key_part', 'B1']);
  expect(told(7)).toEqual(['force', 'T2', 'T1', 'key_part', 'B1']);
});
