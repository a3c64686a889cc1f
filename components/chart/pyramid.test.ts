import { expect, test } from 'vitest';
import type { Answer } from '@/data/model/answer';
import { pyramidOf } from './pyramid';

const cell = (ageBand: string, sex: string, value: number | null) => ({
  at: { ageBand, sex },
  ...{ value, numerator: value, denominator: 1, n: value },
  ...(value === null ? { withheld: 'small' as const } : {}),
});

const answer: Answer = {
  ...{ metric: 'person.resident', code: null, unit: 'person', kind: 'count', polarity: 'neutral', decimals: 0 },
  ...{ revision: 1, dimensions: ['ageBand', 'sex'], snapshot: '1', freshSeconds: 2, target: null },
  ...{ asOf: '2026-03-25T02:00:00.000Z', from: null, to: '2026-03-25T02:00:00.000Z' },
  cells: [
    cell('0-4', '1', 30),
    cell('0-4', '2', 40),
    cell('85+', '1', null),
    cell('85+', '2', 7),
    cell('none', '1', 99),
  ],
};

test('the oldest on top, both sides by the longest band, a withheld cell without a length, the ageless left out', () => {
  const { bands, longest } = pyramidOf(answer);
  expect(bands.map(({ code, left, right }) => [code, left?.value ?? null, right?.value ?? null])).toEqual([
    ['85+', null, 7],
    ['0-4', 30, 40],
  ]);
  expect(longest?.value).toBe(40);
});
