import { expect, test } from 'vitest';
import type { Answer, Cell } from '@/data/model/answer';
import { outcomesOf, proposalsOf } from './proposal';

const answerOf = (dimension: string, cells: Cell[]) => ({ dimensions: [dimension], cells }) as unknown as Answer;
const count = (dimension: string, code: string, value: number, previous?: number): Cell => ({
  ...{ at: { [dimension]: code }, value, numerator: value, denominator: 1, n: value },
  ...(previous === undefined ? {} : { previous: { value: previous, numerator: previous, denominator: 1 } }),
});
const duty = (code: string, on: number, of: number): Cell => ({
  ...{ at: { subdistrict: code }, value: on / of, numerator: on, denominator: of, n: of },
});

const base = (rise: number, late: number, on: number) => ({
  byPlace: answerOf('community', [count('community', 'c1', rise, 5), count('community', 'c2', 6, 5)]),
  late: answerOf('department', [count('department', 'D1', 1), count('department', 'D2', late)]),
  duty: answerOf('subdistrict', [duty('s1', 10, 10), duty('s2', on, 10)]),
});

test('proposals name the most overdue, the greatest rise and the largest gap', () => {
  expect(proposalsOf(base(30, 4, 7)).map(({ kind, code, n }) => [kind, code, n])).toEqual([
    ['supervise', 'D2', 4],
    ['patrol', 'c1', 25],
    ['duty', 's2', 3],
  ]);
});

test('a calm day proposes nothing', () => {
  const calm = { ...base(5, 0, 10), late: answerOf('department', []) };
  expect(proposalsOf(calm)).toEqual([]);
});

test('what became of them is read from the same figures later', () => {
  const outcomes = outcomesOf(proposalsOf(base(30, 4, 7)), base(8, 6, 10));
  expect(outcomes.map(({ then, now, isBetter }) => [then, now, isBetter])).toEqual([
    [4, 6, false],
    [30, 8, true],
    [3, 0, true],
  ]);
});

test('a department that has nothing overdue any more came to 0', () => {
  const now = { ...base(8, 6, 10), late: answerOf('department', []) };
  const [pressed] = outcomesOf(proposalsOf(base(30, 4, 7)), now);
  expect([pressed?.now, pressed?.isBetter, pressed?.cell.value]).toEqual([0, true, 0]);
});
