import { expect, test } from 'vitest';
import type { Answer, Cell } from './answer';
import { orderCells } from './order-cells';

const cell = (community: string, month: string, value: number | null): Cell =>
  ({ at: { community, month }, value, numerator: value, denominator: 1, n: value }) as Cell;
const cells = [cell('a', '2', 3), cell('b', '1', 9), cell('c', '3', null), cell('d', '1', 1)];
const answer = { cells } as Answer;
const order = (split: string[], ranking: Parameters<typeof orderCells>[3]) =>
  orderCells(answer, split, ['month'], ranking)
    .map(({ at }) => at.community)
    .join('');

test.each([
  ['by place: the largest first, withheld last', ['community'], null, 'badc'],
  ['along time: by time, then size', ['community', 'month'], null, 'bdac'],
  ['least first, withheld still last', ['community'], { direction: 'asc', limit: null }, 'dabc'],
  ['a ranking goes before time', ['community', 'month'], { direction: 'desc', limit: null }, 'badc'],
  ['cut short, without the withheld', ['community'], { direction: 'asc', limit: 2 }, 'da'],
  ['a longer cut lists no withheld cell', ['community'], { direction: 'desc', limit: 9 }, 'bad'],
] as const)('%s', (_, split, ranking, expected) => {
  expect(order([...split], ranking)).toBe(expected);
});
