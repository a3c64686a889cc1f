import { describe, expect, test } from 'vitest';
import { Cast } from '@/data/model/cast';
import { emptyView } from '@/data/model/view';
import { type Lease, type Move, mayConduct, mayTakeBack, step, vacant } from './rules';

const at = (seconds: number) => new Date(Date.parse('2026-11-22T02:00:00Z') + seconds * 1_000);
const post = (device: string) => ({ device, role: 'R1' as const, division: 'D', place: 'D' });

const go = (lease: Lease, move: Move, seconds: number, isHeld = false): Lease => {
  const outcome = step(lease, move, at(seconds), isHeld);
  if ('refused' in outcome) throw new Error(outcome.refused);
  return outcome.lease;
};
const claim = (device: string): Move => ({ kind: 'claim', by: post(device) });
const time: Move = { kind: 'time' };

describe('conducting', () => {
  const a = go(vacant, claim('a'), 0);
  const asked = go(a, claim('b'), 1);

  test('whoever asks first where nobody conducts, conducts', () => {
    expect([a.conductor?.device, a.term]).toEqual(['a', 1]);
  });

  test('a request waits for the conductor, or for 20 s of silence', () => {
    expect(asked.conductor?.device).toBe('a');
    expect(go(asked, time, 20.9).conductor?.device).toBe('a');
    expect(go(asked, time, 21)).toMatchObject({ term: 2, conductor: { device: 'b' }, asked: null });
    expect(go(asked, { kind: 'accept', device: 'a', term: 1 }, 3).conductor?.device).toBe('b');
    expect(go(asked, { kind: 'decline', device: 'a', term: 1 }, 3)).toMatchObject({ term: 1, asked: null });
  });

  test('silence hands nothing over while a Ⅰ event waits', () => {
    expect(go(asked, time, 50, true).conductor?.device).toBe('a');
    expect(go(asked, { kind: 'accept', device: 'a', term: 1 }, 50, true).conductor?.device).toBe('b');
  });

  test('a third device waits until the second has its answer', () => {
    expect(step(asked, claim('c'), at(2), false)).toEqual({ refused: 'asked' });
    expect(go(go(asked, { kind: 'withdraw', device: 'b' }, 2), claim('c'), 3).asked?.device).toBe('c');
  });

  test('who is silent for 60 s is gone; who comes back before conducts on in the same term', () => {
    const back = go(a, { kind: 'beat', device: 'a', term: 1 }, 59);
    expect(go(back, time, 118)).toBe(back);
    const gone = go(a, time, 60);
    expect([gone.conductor, gone.term]).toEqual([null, 1]);
    expect(step(gone, { kind: 'cast', device: 'a', term: 1, sequence: 1, view: emptyView }, at(61), false)).toEqual({
      refused: 'not_conductor',
    });
    expect(go(gone, claim('a'), 61).term).toBe(2);
  });

  test('giving up leaves the wall to who asks, else to nobody', () => {
    const release: Move = { kind: 'release', device: 'a', term: 1 };
    expect(go(asked, release, 2)).toMatchObject({ term: 2, conductor: { device: 'b' } });
    expect(go(a, release, 2).conductor).toBeNull();
  });
});

test('a drawn cast is told with how long it took; an older or unknown one changes nothing', () => {
  const a = go(vacant, claim('a'), 0);
  const cast = go(a, { kind: 'cast', device: 'a', term: 1, sequence: 4, view: emptyView }, 1);
  const drawn = go(cast, { kind: 'shown', sequence: 4 }, 1.2);
  expect([drawn.shownSequence, drawn.shownMs]).toEqual([4, 200]);
  expect(go(drawn, { kind: 'shown', sequence: 3 }, 2)).toBe(drawn);
  expect(go(cast, { kind: 'shown', sequence: 5 }, 2)).toBe(cast);
});

test('a cast counts on from the last one: neither an older number nor one far above is taken', () => {
  const a = go(go(vacant, claim('a'), 0), { kind: 'cast', device: 'a', term: 1, sequence: 4, view: emptyView }, 1);
  const cast = (sequence: number) =>
    step(a, { kind: 'cast', device: 'a', term: 1, sequence, view: emptyView }, at(2), false);
  for (const sequence of [3, 4, 1_005, 2_147_483_647]) expect(cast(sequence)).toEqual({ refused: 'late' });
  for (const sequence of [5, 1_004]) expect(cast(sequence)).toMatchObject({ lease: { sequence } });
  const view = emptyView;
  expect(Cast.safeParse({ term: 1, sequence: 2_147_483_648, view }).success).toBe(false);
  expect(Cast.safeParse({ term: 1, sequence: 2_147_483_647, view }).success).toBe(true);
});

test('posts with territory over the wall conduct; the desk on duty takes back; a wall does neither', () => {
  const may = (role: 'R0' | 'R1' | 'R2' | 'R4' | 'R5' | 'R7', path: string, screen: 'mid' | 'big' = 'mid') => [
    mayConduct({ role, path, screen }, '/P/D/S/'),
    mayTakeBack({ role, path, screen }, '/P/D/S/'),
  ];
  expect(may('R1', '/P/D/')).toEqual([true, false]);
  expect(may('R2', '/P/D/')).toEqual([true, true]);
  expect(may('R4', '/P/D/S/A/')).toEqual([false, false]);
  expect(may('R2', '/P/E/')).toEqual([false, false]);
  for (const role of ['R0', 'R5', 'R7'] as const) expect(may(role, '/P/D/')).toEqual([false, false]);
  expect(may('R2', '/P/D/', 'big')).toEqual([false, false]);
});
