import { describe, expect, it } from 'vitest';
import type { Answer } from '@/data/model/answer';
import { instantAt, placeOf, railBars, stepClock, windowStart } from './rail';

const answer: Answer = {
  metric: 'event.reported',
  code: null,
  unit: 'event',
  kind: 'count',
  polarity: 'neutral',
  decimals: 0,
  revision: 1,
  dimensions: ['day'],
  asOf: '2026-11-22T02:00:00Z',
  from: '2026-11-19T16:00:00Z',
  to: '2026-11-22T02:00:00Z',
  snapshot: '1',
  freshSeconds: 2,
  target: null,
  cells: ['2026-11-22', '2026-11-20', '2026-11-21'].map((day, i) => ({
    at: { day },
    value: [5, 20, 10][i] ?? 0,
    numerator: 1,
    denominator: 1,
    n: 1,
  })),
};
const rail = railBars(answer, 'day', 'Asia/Shanghai');

describe('rail', () => {
  it('lays buckets on a line of time that ends now', () => {
    expect(rail.bars.map(({ value, share }) => [value, share])).toEqual([
      [20, 1],
      [10, 0.5],
      [5, 0.25],
    ]);
    expect(new Date(rail.from).toISOString()).toBe('2026-11-19T16:00:00.000Z');
    expect(rail.bars.at(-1)?.to).toBe(rail.to);
  });

  it('turns places into instants and back', () => {
    for (const place of [0, 0.25, 1]) expect(placeOf(rail, instantAt(rail, place))).toBeCloseTo(place);
    expect(placeOf(rail, rail.to + 1)).toBe(1);
    expect(instantAt(rail, -3)).toBe(rail.from);
  });

  it('begins a period at local midnight of its first day', () => {
    const end = new Date('2026-11-22T02:00:00Z');
    expect(windowStart('today', end, 'Asia/Shanghai')?.toISOString()).toBe('2026-11-21T16:00:00.000Z');
    expect(windowStart('P7D', end, 'Asia/Shanghai')?.toISOString()).toBe('2026-11-15T16:00:00.000Z');
    expect(windowStart('all', end, 'Asia/Shanghai')).toBeNull();
  });

  it('steps on whole hours until it meets now', () => {
    const at = Date.parse('2026-11-22T00:20:00Z');
    expect(stepClock(at, 1, rail.to)).toBe(Date.parse('2026-11-22T01:00:00Z'));
    expect(stepClock(at, 24, rail.to)).toBeNull();
    expect(stepClock(at, -1, rail.to)).toBe(Date.parse('2026-11-21T23:00:00Z'));
  });
});
