import { expect, test } from 'vitest';
import type { Answer, Cell } from '@/data/model/answer';
import { type Cube, packSums } from '@/data/model/brush';
import { buildBrushIndex } from '@/data/model/brush-index';
import { overlaid } from './brush-overlay';

const cube: Cube = {
  metric: 'event.reported',
  active: 'level',
  codes: ['1', '2', '3'],
  charts: [
    {
      dimension: 'community',
      codes: ['A', 'B', 'C'],
      sums: packSums(Float64Array.from([1, 2, 0, 3, Number.NaN, 4, 10, 0, 0])),
    },
  ],
  asOf: '2026-03-02T04:00:00.000Z',
  snapshot: '1',
};
const chart = cube.charts.map((each) => ({
  codes: each.codes,
  index: buildBrushIndex(cube, each),
  active: cube.codes,
}))[0];

const cell = (community: string, value: number | null, rest: Partial<Cell> = {}): Cell => ({
  ...{ at: { community }, value, numerator: value, denominator: 1, n: value },
  ...rest,
});
const answerOf = (cells: Cell[], rest: Partial<Answer> = {}) =>
  ({ metric: 'event.reported', kind: 'count', unit: 'event', cells, ...rest }) as Answer;

const left = (answer: Answer, bins: string[], dimension?: 'community') => {
  if (!chart) throw new Error('A cube without a chart.');
  return overlaid(answer, chart, dimension, bins).cells.map(({ at, value, withheld }) => [
    at.community,
    withheld ?? value,
  ]);
};

test('rows under the hand leave the sums of their bins, also of a bin the answer did not have', () => {
  const answer = answerOf([cell('A', 14), cell('B', 2)]);
  expect(left(answer, ['1', '3'], 'community')).toEqual([
    ['A', 11],
    ['B', 2],
  ]);
  expect(left(answer, ['2'], 'community')).toEqual([
    ['A', 3],
    ['B', 'small'],
    ['C', 4],
  ]);
  expect(left(answer, ['gone'], 'community')).toEqual([
    ['A', 0],
    ['B', 0],
  ]);
});

test('what is withheld stays withheld, and with it the whole', () => {
  const answer = answerOf([cell('A', null, { withheld: 'small' }), cell('B', 2)]);
  expect(left(answer, ['1'], 'community')).toEqual([
    ['A', 'small'],
    ['B', 2],
  ]);
  expect(left(answerOf([cell('', 20)]), ['1', '2'])).toEqual([[undefined, 'small']]);
  expect(left(answerOf([cell('', 20)]), ['1', '3'])).toEqual([[undefined, 13]]);
});

test('a rate keeps what it is counted over; a place without it has none', () => {
  const answer = answerOf([cell('A', 7, { denominator: 20_000 }), cell('B', null, { denominator: 0 })], {
    kind: 'rate',
    unit: 'perTenThousand',
  });
  expect(left(answer, ['1', '3'], 'community')).toEqual([
    ['A', 5.5],
    ['B', null],
  ]);
});

test('a cell that says the same under the next bins is the same one, the cell of the answer itself never is', () => {
  if (!chart) throw new Error('A cube without a chart.');
  const compared = { previous: { value: 1, numerator: 1, denominator: 1 } };
  const answer = answerOf([cell('A', 11, compared), cell('C', 4)]);
  const first = overlaid(answer, chart, 'community', ['1', '3'], answer);
  expect(first.cells[0]).toMatchObject({ value: 11 });
  expect(first.cells[0]).not.toHaveProperty('previous');
  const second = overlaid(answer, chart, 'community', ['1', '3', 'gone'], first);
  expect(second.cells[0]).toBe(first.cells[0]);
  expect(overlaid(answer, chart, 'community', ['2'], second).cells[0]).not.toBe(first.cells[0]);
});
