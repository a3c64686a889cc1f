import { describe, expect, test } from 'vitest';
import type { DimensionKey } from '@/data/metrics/dimensions';
import { metricByKey } from '@/data/metrics/index';
import type { Cell } from '@/data/model/answer';
import { drawnOf, hasBand, kindOf, offeredKinds, offeredOperators } from './explore-kind';

const metricOf = (key: string) => {
  const metric = metricByKey.get(key);
  if (!metric) throw new Error(key);
  return metric;
};
const reported = metricOf('event.reported');
const rate = metricOf('event.close_rate');
const resident = metricOf('person.resident');

const cells = (values: (number | null)[]): Cell[] =>
  values.map((value, i) => ({ at: { x: String(i) }, value, numerator: value, denominator: 1, n: value }));
const kinds = (metric: typeof reported, split: DimensionKey[], values: (number | null)[] = [1, 2, 3, 4]) =>
  offeredKinds(metric, { split, each: null }, cells(values), 'community');

describe('offered kinds', () => {
  test.each([
    [['day'], ['line', 'bar', 'calendar', 'table']],
    [['month'], ['line', 'bar', 'table']],
    [['community'], ['bar', 'map', 'table']],
    [['subdistrict'], ['bar', 'table']],
    [['grid'], ['bar', 'map', 'table']],
    [['category'], ['bar', 'table']],
    [
      ['month', 'level'],
      ['line', 'bar', 'stacked', 'heat', 'table'],
    ],
    [
      ['weekday', 'hourOfDay'],
      ['line', 'bar', 'stacked', 'heat', 'table'],
    ],
    [
      ['community', 'level'],
      ['bar', 'stacked', 'heat', 'table'],
    ],
  ] as [DimensionKey[], string[]][])('of a count by %s', (split, wanted) => {
    expect(kinds(reported, split)).toEqual(wanted);
  });

  test('a pie has two or three parts of a whole, all of them told', () => {
    expect(kinds(reported, ['subdistrict'], [5, 3, 1])).toContain('pie');
    expect(kinds(reported, ['subdistrict'], [5, 3])).toContain('pie');
    expect(kinds(reported, ['subdistrict'], [5])).not.toContain('pie');
    expect(kinds(reported, ['subdistrict'], [5, 3, 1, 1])).not.toContain('pie');
    expect(kinds(resident, ['subdistrict'], [50, null, 30])).not.toContain('pie');
    expect(kinds(reported, ['month'], [5, 3])).not.toContain('pie');
  });

  test('rates make no whole: neither stacks nor a pie', () => {
    expect(kinds(rate, ['subdistrict', 'level'])).not.toContain('stacked');
    expect(kinds(rate, ['subdistrict'], [0.2, 0.3])).not.toContain('pie');
  });

  test('what a row counts in twice makes no whole', () => {
    const warned = metricOf('alert.in_force');
    for (const key of warned.dimensions.filter((each) => warned.by?.[each]))
      expect(kinds(warned, [key], [1, 1])).not.toContain('pie');
  });

  test('multiples leave out what fills the canvas by itself', () => {
    const offered = offeredKinds(reported, { split: ['day'], each: 'level' }, cells([1, 2]), 'community');
    expect(offered).toEqual(['line', 'bar', 'table']);
  });

  test('a kind that does not fit gives way to the usual one', () => {
    expect(kindOf('pie', kinds(reported, ['day']))).toBe('line');
    expect(kindOf(null, kinds(reported, ['community']))).toBe('bar');
    expect(kindOf('table', kinds(reported, ['community']))).toBe('table');
  });
});

describe('offered operators', () => {
  const operators = (metric: typeof reported, split: DimensionKey[], period: 'P30D' | 'all' = 'P30D') =>
    offeredOperators(metric, { split, each: null }, period);

  test('places are compared, shared and ranked', () => {
    expect(operators(reported, ['community'])).toEqual([
      ...['previous', 'lastYear', 'share', 'rank'],
      'perThousand',
      'perTenThousand',
    ]);
  });
  test('time runs on: cumulative and moving average, no rank', () => {
    expect(operators(reported, ['day'])).toEqual([
      ...['lastYear', 'share', 'cumulative', 'moving', 'perThousand', 'perTenThousand'],
    ]);
  });
  test('since ever has no begin to run from and nothing before it', () => {
    expect(operators(reported, ['month'], 'all')).toEqual(['share', 'perThousand', 'perTenThousand']);
  });
  test('a rate has no share', () => {
    expect(operators(rate, ['community'])).not.toContain('share');
  });
  test('a stock does not run on', () => {
    expect(operators(resident, ['community'])).not.toContain('cumulative');
  });
});

test('the normal band is told of counts of events by day or hour', () => {
  expect(hasBand(reported, { split: ['day'], each: null }, 'P30D')).toBe(true);
  expect(hasBand(reported, { split: ['week'], each: null }, 'P30D')).toBe(false);
  expect(hasBand(reported, { split: ['day', 'level'], each: null }, 'P30D')).toBe(false);
  expect(hasBand(rate, { split: ['day'], each: null }, 'P30D')).toBe(false);
});

test('a running figure is drawn in place of the value, then a share', () => {
  expect(drawnOf(['previous', 'lastYear'])).toBe('value');
  expect(drawnOf(['share', 'cumulative'])).toBe('cumulative');
  expect(drawnOf(['share', 'rank'])).toBe('share');
});
