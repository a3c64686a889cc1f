import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Cell } from '@/data/model/answer';
import { suppress } from './suppress';

const cell = (code: string, n: number, last?: number): Cell => ({
  at: { grid: code },
  value: n,
  numerator: n,
  denominator: 1,
  n,
  ...(last === undefined ? {} : { lastYear: { value: last, numerator: last, denominator: 1 } }),
});

/** Parent of grid `A1` is `A`. */
const floor = { leastN: 10, isDivided: false, parentOf: (_: string, code: string) => code.slice(0, 1) };

const shown = (cells: Cell[]) =>
  Object.fromEntries(suppress(cells, floor).map((c) => [c.at.grid, c.withheld ?? c.value]));

describe('cells of few people', () => {
  test('ten are shown, nine are not, none is shown as none', () => {
    expect(shown([cell('A1', 10), cell('A2', 9), cell('A3', 8), cell('A4', 0)])).toEqual({
      A1: 10,
      A2: 'small',
      A3: 'small',
      A4: 0,
    });
  });

  test('one alone takes the smallest other of its line with it, not one of another parent', () => {
    expect(shown([cell('A1', 30), cell('A2', 9), cell('A3', 20), cell('B1', 12)])).toEqual({
      A1: 30,
      A2: 'small',
      A3: 'small',
      B1: 12,
    });
  });

  test('two that together are few take a third', () => {
    expect(shown([cell('A1', 30), cell('A2', 3), cell('A3', 4), cell('A4', 50)])).toEqual({
      A1: 'small',
      A2: 'small',
      A3: 'small',
      A4: 50,
    });
  });

  test('a base of few people is no comparison, nor what would give it away', () => {
    const [a, b, c] = suppress([cell('A1', 40, 5), cell('A2', 30, 20), cell('A3', 50, 60)], floor);
    expect([a?.lastYear, b?.lastYear, c?.lastYear?.value]).toEqual([undefined, undefined, 60]);
    expect([a?.value, b?.value, c?.value]).toEqual([40, 30, 50]);
  });

  test('a rate over people is held to the people it divides by', () => {
    const rate = { ...cell('A1', 500), denominator: 4 };
    const [given] = suppress([rate, { ...cell('A2', 1), denominator: 400 }], { ...floor, isDivided: true });
    expect(given?.withheld).toBe('small');
  });

  test('in two dimensions no line gives a cell away', () => {
    const codes = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 9, maxLength: 9 });
    const flat = { ...floor, parentOf: () => '' };
    fc.assert(
      fc.property(codes, (counts) => {
        const cells = counts.map((n, i) => ({
          ...cell('', n),
          at: { sex: String(i % 3), grid: String(Math.floor(i / 3)) },
        }));
        const given = suppress(cells, flat);
        return ['sex', 'grid'].every((key) =>
          ['0', '1', '2'].every((code) => {
            const line = given
              .map((c, i) => ({ ...c, people: counts[i] ?? 0 }))
              .filter(({ at }) => at[key as 'sex'] === code);
            const hidden = line.filter(({ withheld }) => withheld);
            const left = line.some(({ withheld, people }) => !withheld && people > 0);
            const sum = hidden.reduce((total, { people }) => total + people, 0);
            return (
              line.every(({ withheld, people }) => withheld || people === 0 || people >= 10) &&
              (hidden.length === 0 || !left || (hidden.length >= 2 && sum >= 10))
            );
          }),
        );
      }),
    );
  });
});
