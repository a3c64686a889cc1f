import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changeScale, classOf, classScale, fixedBreaks, metricScale, roundBreaks } from './class-scale';

describe('roundBreaks', () => {
  it('gives round, whole limits for counts', () => {
    expect(roundBreaks([3, 8, 12, 19, 27, 41, 58, 77, 103, 160], 5)).toEqual([10, 20, 50, 80]);
  });
  it('gives round limits for shares', () => {
    const breaks = roundBreaks([0.861, 0.884, 0.902, 0.917, 0.925, 0.931, 0.944, 0.958, 0.963, 0.981], 5);
    expect(breaks.every((limit) => Math.abs(limit * 100 - Math.round(limit * 100)) < 1e-9)).toBe(true);
  });
  it('has no limit when all values are the same or there are none', () => {
    expect(roundBreaks([], 5)).toEqual([]);
    expect(roundBreaks([4, 4, 4], 5)).toEqual([]);
  });
  it('rises strictly, stays within n classes and leaves no value without a class', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1e7, noNaN: true }), { maxLength: 60 }),
        fc.integer({ min: 2, max: 7 }),
        (values, n) => {
          const breaks = roundBreaks(values, n);
          const scale = classScale('seq', breaks);
          expect(breaks.length).toBeLessThan(n);
          expect(breaks.every((limit, i) => i === 0 || limit > (breaks[i - 1] ?? 0))).toBe(true);
          for (const value of values) expect(scale.tokens[classOf(scale, value) ?? -1]).toBeDefined();
        },
      ),
    );
  });
});

it.each([
  [[], ['seq-1']],
  [[1], ['seq-1', 'seq-5']],
  [
    [1, 2],
    ['seq-1', 'seq-3', 'seq-5'],
  ],
  [
    [1, 2, 3, 4, 5],
    ['seq-1', 'seq-2', 'seq-3', 'seq-4', 'seq-5', 'seq-6'],
  ],
])('limits %j have the colours %j', (breaks, tokens) => {
  expect(classScale('seq', breaks).tokens).toEqual(tokens);
});

describe('a metric with limits of its own', () => {
  const onTime = { key: 'event.on_time', kind: 'rate', breaks: [0.85, 0.9, 0.95], polarity: 'up_good' } as const;
  const worse = ['div-4', 'div-5', 'div-6', 'div-7'];
  it('is judged where it is a rate with a good direction: in order grey, the worst most violet', () => {
    expect(metricScale(onTime, onTime.breaks).tokens).toEqual(worse.toReversed());
    expect(metricScale({ ...onTime, polarity: 'down_good' }, onTime.breaks).tokens).toEqual(worse);
    expect(metricScale({ ...onTime, polarity: 'down_good' }, [0.01]).tokens).toEqual(['div-4', 'div-7']);
  });
  it('is a magnitude where it counts or has no direction, whatever stands for good', () => {
    const magnitude = ['seq-1', 'seq-3', 'seq-5'];
    expect(metricScale({ ...onTime, kind: 'count', polarity: 'down_good' }, [1, 2]).tokens).toEqual(magnitude);
    expect(metricScale({ ...onTime, polarity: 'neutral' }, [1, 2]).tokens).toEqual(magnitude);
    expect(metricScale({ ...onTime, breaks: undefined }, [1, 2]).tokens).toEqual(magnitude);
  });
});

it('a change is judged by the direction that is good; where none is, it is down or up alone', () => {
  const limits = [-10, -5, -1, 1, 5, 10];
  const tokensOf = (polarity: 'up_good' | 'down_good' | 'neutral') => changeScale(limits, polarity).tokens;
  const steps = (ramp: string) => [1, 2, 3, 4, 5, 6, 7].map((step) => `${ramp}-${step}`);
  // div-1 is the best, div-7 the worst
  expect(tokensOf('down_good')).toEqual(steps('div'));
  expect(tokensOf('up_good')).toEqual(steps('div').toReversed());
  expect(tokensOf('neutral')).toEqual(steps('shift'));
});

describe('classOf', () => {
  const scale = classScale('seq', [3, 5, 7]);
  it('is half-open', () => {
    expect([0, 2.9, 3, 5, 6.9, 7, 900].map((value) => classOf(scale, value))).toEqual([0, 0, 1, 2, 2, 3, 3]);
  });
  it('keeps no data apart from zero', () => {
    expect(classOf(scale, null)).toBeNull();
  });
});

it('keeps the limits of a question while the values change, as in a replay', () => {
  const first = fixedBreaks('event.count|community', [1, 5, 9, 20, 44], 5);
  expect(fixedBreaks('event.count|community', [100, 500, 900], 5)).toBe(first);
  expect(fixedBreaks('event.count|grid', [100, 500, 900], 5)).not.toBe(first);
});
