import { describe, expect, test } from 'vitest';
import {
  firstLook,
  type Grave,
  holdsTour,
  type InterruptState,
  interruptTimes,
  isPulsing,
  lookAgain,
  noInterrupt,
  phaseOf,
} from './interrupt';

const one = (id: string, stage: Grave['stage'] = 'report'): Grave => ({ id, level: 1, stage });
const two = (id: string): Grave => ({ id, level: 2, stage: 'report' });
const minute = 60_000;
const look = (
  state: InterruptState,
  open: readonly Grave[],
  now: number,
  rest: { isQuiet?: boolean; acknowledged?: string[] } = {},
) => lookAgain(state, open, { now, isQuiet: false, acknowledged: [], ...rest });

const unsaid = { isAcknowledged: false, course: 'go' as const };
const said = { isAcknowledged: true, course: 'go' as const };

describe('a Ⅰ', () => {
  const begun = look(firstLook([]), [one('a')], 1_000);
  const { active } = begun;
  if (!active) throw new Error('a Ⅰ must interrupt');

  test('gives ten seconds’ notice, then the wall is its scene, until somebody acknowledges it', () => {
    expect(active.id).toBe('a');
    expect([1_000, 10_999, 11_000].map((now) => phaseOf(active, unsaid, now))).toEqual(['notice', 'notice', 'command']);
    expect(phaseOf(active, said, 5_000)).toBe('bar');
    expect([30_000, 31_000].map((now) => isPulsing(active, false, now))).toEqual([true, false]);
    expect(isPulsing(active, true, 2_000)).toBe(false);
  });
  test('waits as long as the conductor holds it; back or not, it is not acknowledged', () => {
    const phases = (course: 'hold' | 'back') =>
      [5_000, 90_000].map((now) => phaseOf(active, { isAcknowledged: false, course }, now));
    expect(phases('hold')).toEqual(['held', 'held']);
    expect(phases('back')).toEqual(['notice', 'command']);
    expect(phaseOf(active, { isAcknowledged: true, course: 'hold' }, 5_000)).toBe('bar');
  });
  test('holds the tour until it is acknowledged and the scene before is back', () => {
    const holds = (isAcknowledged: boolean, step: 'scene' | 'past') =>
      holdsTour(begun, { isAcknowledged, step }, 90_000);
    expect([holds(false, 'past'), holds(true, 'scene'), holds(true, 'past')]).toEqual([true, true, false]);
  });
  test('goes fifteen minutes after it was handled, and a return to work stops that clock', () => {
    const handled = look(begun, [one('a', 'check')], 2 * minute);
    expect(handled.active?.handledAt).toBe(2 * minute);
    expect(look(handled, [one('a', 'handle')], 3 * minute).active?.handledAt).toBeNull();
    expect(look(handled, [one('a', 'check')], 16 * minute).active?.id).toBe('a');
    expect(look(handled, [], 17 * minute).active).toBeNull();
  });
  test('that comes soon after another is grouped with it; later it gets a notice of its own', () => {
    const more = look(begun, [one('a'), one('b'), one('c')], 2 * minute);
    expect(more.active).toMatchObject({ id: 'a', seenAt: 1_000, others: ['b', 'c'] });
    const late = look(more, [one('a'), one('b'), one('c'), one('d')], 20 * minute);
    expect(late.active).toMatchObject({ id: 'd', seenAt: 20 * minute, others: ['a', 'b', 'c'] });
  });
  test('that is acknowledged takes no new one along: that one gets a notice of its own', () => {
    const acknowledged = ['a'];
    const next = look(begun, [one('a'), one('b')], 2 * minute, { acknowledged });
    expect(next.active).toMatchObject({ id: 'b', seenAt: 2 * minute, others: ['a'] });
    const more = look(next, [one('a'), one('b'), one('c')], 3 * minute, { acknowledged });
    expect(more.active).toMatchObject({ id: 'b', seenAt: 2 * minute, others: ['a', 'c'] });
    const said = look(more, [one('a'), one('b'), one('c')], 4 * minute, { acknowledged: ['a', 'b'] });
    expect(said.active).toMatchObject({ id: 'c', seenAt: 4 * minute, others: ['b', 'a'] });
    const all = { acknowledged: ['a', 'b', 'c'] };
    expect(look(said, [one('a'), one('b'), one('c')], 5 * minute, all)).toBe(said);
  });
  test('that is handled gives way to one of its group that is not', () => {
    const more = look(begun, [one('a'), one('b')], 2 * minute);
    const next = look(more, [one('a', 'check'), one('b')], 3 * minute);
    expect(next.active).toMatchObject({ id: 'b', seenAt: 3 * minute, others: ['a'], handledAt: null });
    const over = look(next, [], 4 * minute);
    expect(over.active).toMatchObject({ id: 'b', handledAt: 4 * minute });
    expect(look(over, [], 19 * minute).active).toBeNull();
  });
  test('does not interrupt twice while it is open', () => {
    const gone = look(look(begun, [one('a', 'check')], 0), [one('a', 'check')], interruptTimes.back);
    expect(gone.active).toBeNull();
    expect(look(gone, [one('a', 'check')], 99 * minute).active).toBeNull();
  });
  test('already in hand at the first look is no news; one nobody took is', () => {
    const first = [one('a', 'handle'), one('b')];
    expect(look(firstLook(first), first, 0).active?.id).toBe('b');
  });
});

describe('a Ⅱ', () => {
  const holds = (state: InterruptState, now: number) => holdsTour(state, { isAcknowledged: false, step: null }, now);
  test('holds the tour a minute, at most once in ten; one that stood before does not', () => {
    const state = look(firstLook([two('old')]), [two('old')], 0);
    expect(holds(state, 0)).toBe(false);
    const held = look(state, [two('old'), two('new')], minute);
    expect(held.active).toBeNull();
    expect([minute, 2 * minute].map((now) => holds(held, now))).toEqual([true, false]);
    const grouped = look(held, [two('old'), two('new'), two('newer')], 5 * minute);
    expect(grouped.heldAt).toBe(minute);
    expect(look(grouped, [two('newest')], 11 * minute).heldAt).toBe(11 * minute);
  });
  test('holds nothing while the conductor wants quiet, nor afterwards; a Ⅰ is announced all the same', () => {
    const quiet = look(noInterrupt, [two('a'), one('b')], minute, { isQuiet: true });
    expect(quiet.heldAt).toBeNull();
    expect(look(quiet, [two('a'), one('b')], 2 * minute).heldAt).toBeNull();
    expect(quiet.active?.id).toBe('b');
  });
});

test('nothing new is the same state, and what is closed is forgotten', () => {
  const state = look(noInterrupt, [two('a'), two('b')], 0);
  expect(look(state, [two('a'), two('b')], 5)).toBe(state);
  expect(look(state, [two('b'), two('c')], 5).known).toEqual(['b', 'c']);
});
