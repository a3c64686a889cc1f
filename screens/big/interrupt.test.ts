import { describe, expect, test } from 'vitest';
import {
  firstLook,
  type Grave,
  holdsTour,
  interruptTimes,
  isPulsing,
  lookAgain,
  noInterrupt,
  phaseOf,
} from './interrupt';

const one = (id: string, stage: Grave['stage'] = 'report'): Grave => ({ id, level: 1, stage });
const two = (id: string): Grave => ({ id, level: 2, stage: 'report' });
const minute = 60_000;

describe('a Ⅰ', () => {
  const begun = lookAgain(firstLook([]), [one('a')], 1_000);
  test('gives ten seconds’ notice, then the wall is its scene, until somebody acknowledges it', () => {
    const { active } = begun;
    if (!active) throw new Error('a Ⅰ must interrupt');
    expect(active.id).toBe('a');
    expect([1_000, 10_999, 11_000].map((now) => phaseOf(active, false, now))).toEqual(['notice', 'notice', 'command']);
    expect(phaseOf(active, true, 5_000)).toBe('bar');
    expect([holdsTour(begun, false, 90_000), holdsTour(begun, true, 90_000)]).toEqual([true, false]);
    expect([30_000, 31_000].map((now) => isPulsing(active, false, now))).toEqual([true, false]);
    expect(isPulsing(active, true, 2_000)).toBe(false);
  });
  test('goes fifteen minutes after it was handled, and a return to work stops that clock', () => {
    const handled = lookAgain(begun, [one('a', 'check')], 2 * minute);
    expect(handled.active?.handledAt).toBe(2 * minute);
    expect(lookAgain(handled, [one('a', 'handle')], 3 * minute).active?.handledAt).toBeNull();
    expect(lookAgain(handled, [one('a', 'check')], 16 * minute).active?.id).toBe('a');
    expect(lookAgain(handled, [], 17 * minute).active).toBeNull();
  });
  test('that comes while another interrupts is grouped with it', () => {
    const more = lookAgain(begun, [one('a'), one('b'), one('c')], 2 * minute);
    expect(more.active).toMatchObject({ id: 'a', seenAt: 1_000, others: ['b', 'c'] });
  });
  test('does not interrupt twice while it is open', () => {
    const gone = lookAgain(lookAgain(begun, [one('a', 'check')], 0), [one('a', 'check')], interruptTimes.back);
    expect(gone.active).toBeNull();
    expect(lookAgain(gone, [one('a', 'check')], 99 * minute).active).toBeNull();
  });
  test('already in hand at the first look is no news; one nobody took is', () => {
    const first = [one('a', 'handle'), one('b')];
    expect(lookAgain(firstLook(first), first, 0).active?.id).toBe('b');
  });
});

describe('a Ⅱ', () => {
  test('holds the tour a minute, at most once in ten; one that stood before does not', () => {
    const state = lookAgain(firstLook([two('old')]), [two('old')], 0);
    expect(holdsTour(state, false, 0)).toBe(false);
    const held = lookAgain(state, [two('old'), two('new')], minute);
    expect(held.active).toBeNull();
    expect([minute, 2 * minute].map((now) => holdsTour(held, false, now))).toEqual([true, false]);
    const grouped = lookAgain(held, [two('old'), two('new'), two('newer')], 5 * minute);
    expect(grouped.heldAt).toBe(minute);
    expect(lookAgain(grouped, [two('newest')], 11 * minute).heldAt).toBe(11 * minute);
  });
});

test('nothing new is the same state, and what is closed is forgotten', () => {
  const state = lookAgain(noInterrupt, [two('a'), two('b')], 0);
  expect(lookAgain(state, [two('a'), two('b')], 5)).toBe(state);
  expect(lookAgain(state, [two('b'), two('c')], 5).known).toEqual(['b', 'c']);
});
