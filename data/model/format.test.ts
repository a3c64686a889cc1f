import { describe, expect, it } from 'vitest';
import { amountWords, changeOf, formatCount, formatValue, shortFormat, unitKey } from './format';

it.each([
  [747, 'zh', '747'],
  [9_999, 'zh', '9,999'],
  [13_700, 'zh', '1.37万'],
  [73_000, 'zh', '7.30万'],
  [156_123, 'zh', '15.6万'],
  [1_234_567, 'zh', '123万'],
  [-128_000_000, 'zh', '−1.28亿'],
  [12_345, 'en', '12,345'],
  [128_000, 'en', '128k'],
  [1_280_000, 'en', '1.28M'],
] as const)('%d in %s reads %s', (value, lang, words) => {
  const { digits, scale } = formatCount(value, lang);
  expect(`${digits}${scale}`).toBe(words);
});

it.each([
  [1_526.24, '1,526.2'],
  [999.94, '999.9'],
  [-1_000, '−1,000.0'],
])('a rate of %d keeps its decimals, thousands apart', (value, words) => {
  expect(formatValue({ unit: 'perTenThousand', decimals: 1 }, value, 'zh').digits).toBe(words);
});

it('gives all of a column the decimals of its largest value', () => {
  const column = [111_000, 39_900, 3_041].map((value) => formatCount(value, 'zh', 111_000));
  expect(column.map(({ digits, scale }) => `${digits}${scale}`)).toEqual(['11.1万', '4.0万', '3,041']);
});

it('tells an English column of thousands in full', () => {
  const column = [111_000, 39_900, 3_041].map((value) => formatCount(value, 'en', 111_000));
  expect(column.map(({ digits, scale }) => `${digits}${scale}`)).toEqual(['111,000', '39,900', '3,041']);
});

it.each([
  [{ unit: 'perTenThousand', decimals: 1 }, [7, 18.5, 50], ['7.0', '18.5', '50.0']],
  [{ unit: 'perTenThousand', decimals: 1 }, [6, 8, 18], ['6', '8', '18']],
  [{ unit: 'perTenThousand', decimals: 1 }, [1_526.24, 40, 7.6], ['1,526', '40', '8']],
  [{ unit: 'share', decimals: 1 }, [1, 0.943], ['100.0%', '94.3%']],
  [{ unit: 'share', decimals: 1 }, [0.85, 0.9, 0.95, 0.57], ['85%', '90%', '95%', '57%']],
  [{ unit: 'event', decimals: 0 }, [3, 41], ['3', '41']],
  [{ unit: 'person', decimals: 0 }, [111_000, 39_900], ['11.1万', '4.0万']],
  [{ unit: 'event', decimals: 0 }, [], []],
] as const)('%j: a map or legend of %j has the same decimals', (answer, values, words) => {
  expect(values.map(shortFormat(answer, values, 'zh'))).toEqual(words);
});

it('a unit has its own word after one', () => {
  expect([0, 1, 2, null].map((value) => unitKey('worker', value))).toEqual([
    'common.unit.worker',
    'common.one.worker',
    'common.unit.worker',
    'common.unit.worker',
  ]);
});

describe('a change against the interval before', () => {
  const t = (key: string, params: Record<string, string | number> = {}) => [key, ...Object.values(params)].join(' ');
  const change = (
    kind: 'count' | 'rate',
    unit: 'event' | 'share' | 'perTenThousand',
    [now, before]: [number, number],
  ) => {
    const answer = { kind, unit, polarity: 'down_good' } as const;
    const cell = { at: {}, value: now, numerator: now, denominator: 1, n: now };
    const previous = { value: before, numerator: before, denominator: 1 };
    const found = changeOf(answer, { ...cell, previous }, 'previous');
    return found && [found.direction, amountWords(found, answer, t), found.judgement];
  };
  it('of few rows before is told in rows, and judged chance between few', () => {
    expect(change('count', 'event', [5, 2])).toEqual(['up', 'common.counted 3 common.unit.event', 'chance']);
    expect(change('count', 'event', [2, 5])).toEqual(['down', 'common.counted 3 common.unit.event', 'chance']);
    expect(change('count', 'event', [21, 5])).toEqual(['up', 'common.counted 16 common.unit.event', 'worse']);
    expect(change('count', 'event', [4, 4])).toEqual(['flat', 'common.counted 0 common.unit.event', 'flat']);
  });
  it('of more is told in percent, a rate per head in percent, a share in points', () => {
    expect(change('count', 'event', [300, 200])).toEqual(['up', '50.0%', 'worse']);
    expect(change('count', 'event', [30, 20])).toEqual(['up', '50.0%', 'chance']);
    expect(change('count', 'event', [2, 40])).toEqual(['down', '95.0%', 'better']);
    expect(change('count', 'event', [20, 20])).toEqual(['flat', '0.0%', 'flat']);
    expect(change('rate', 'perTenThousand', [50, 20])).toEqual(['up', '150.0%', 'worse']);
    expect(change('rate', 'perTenThousand', [5, 2])).toEqual(['up', '150.0%', 'chance']);
    expect(change('rate', 'share', [0.5, 0.75])).toEqual(['down', 'common.points 25.0', 'better']);
  });
  it('of a share is judged where chance does not explain it', () => {
    const answer = { kind: 'rate', unit: 'share', polarity: 'up_good' } as const;
    const judged = ([x, n]: [number, number], [a, b]: [number, number]) => {
      const previous = { value: a / b, numerator: a, denominator: b };
      const found = changeOf(answer, { at: {}, value: x / n, numerator: x, denominator: n, n, previous }, 'previous');
      return [found?.direction, found?.judgement];
    };
    expect(judged([10, 10], [8, 10])).toEqual(['up', 'chance']);
    expect(judged([100, 100], [80, 100])).toEqual(['up', 'better']);
    expect(judged([40, 52], [45, 50])).toEqual(['down', 'chance']);
    expect(judged([400, 520], [450, 500])).toEqual(['down', 'worse']);
  });
  it('from nothing there is none', () => {
    expect(change('count', 'event', [5, 0])).toBeNull();
  });
});
