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

describe('an interrupt', () => {
  const a = go(vacant, claim('a'), 0);
  const by = (event: string, step: 'notice' | 'scene' | 'past' = 'notice'): Move => ({
    kind: 'interrupted',
    by: { event, step },
  });
  const steer = (course: 'go' | 'hold' | 'back', device = 'a', mayTakeBack = false): Move => ({
    ...{ kind: 'steer', device, term: 1, event: 'fire', course, mayTakeBack },
  });
  const noticed = go(a, by('fire'), 1);
  const held = go(noticed, steer('hold'), 2);

  test('takes the wall by itself; the conductor holds it and lets it go', () => {
    expect(noticed.interrupt).toEqual({ event: 'fire', step: 'notice', course: 'go' });
    expect(go(noticed, by('fire'), 2)).toBe(noticed);
    expect(held.interrupt?.course).toBe('hold');
    expect(go(held, steer('go'), 3).interrupt?.course).toBe('go');
  });

  test('is held only while the scene before stands', () => {
    const shown = go(noticed, by('fire', 'scene'), 11);
    expect(go(shown, steer('hold'), 12).interrupt?.course).toBe('go');
    expect(go(held, by('fire', 'scene'), 11).interrupt?.course).toBe('go');
    expect(go(held, by('fire', 'past'), 11).interrupt?.course).toBe('hold');
  });

  test('goes back by the conductor or the desk on duty, by nobody else, and stays back', () => {
    const shown = go(noticed, by('fire', 'scene'), 11);
    expect(step(shown, steer('back', 'b'), at(12), false)).toEqual({ refused: 'not_conductor' });
    expect(step(shown, steer('hold', 'b', true), at(12), false)).toEqual({ refused: 'not_conductor' });
    for (const back of [steer('back'), steer('back', 'b', true)])
      expect(go(go(shown, back, 12), by('fire', 'past'), 13).interrupt).toEqual({
        ...{ event: 'fire', step: 'past', course: 'back' },
      });
  });

  test('that is over or another one is not steered; another one begins anew', () => {
    const other = go(held, by('flood'), 3);
    expect(other.interrupt).toEqual({ event: 'flood', step: 'notice', course: 'go' });
    for (const lease of [other, go(held, { kind: 'interrupted', by: null }, 3)])
      expect(step(lease, steer('hold'), at(4), false)).toEqual({ refused: 'past' });
  });

  test('a hold goes with who held: given up, handed over, taken back, lost', () => {
    const ended = [
      go(held, { kind: 'release', device: 'a', term: 1 }, 3),
      go(go(held, claim('b'), 3), { kind: 'accept', device: 'a', term: 1 }, 4),
      go(held, { kind: 'take', by: post('b') }, 3),
      go(held, time, 61),
    ];
    expect(ended.map(({ interrupt }) => interrupt?.course)).toEqual(['go', 'go', 'go', 'go']);
    const back = go(noticed, steer('back'), 2);
    expect(go(back, time, 61).interrupt?.course).toBe('back');
  });
});

describe('quiet', () => {
  const quiet = (kind: 'quiet' | 'loud', device = 'a'): Move => ({ kind, device, term: 1 });
  const fire: Move = { kind: 'interrupted', by: { event: 'fire', step: 'notice' } };
  const a = go(go(vacant, claim('a'), 0), quiet('quiet'), 1);

  test('is the conductor’s to set and ends with him', () => {
    expect(step(a, quiet('loud', 'b'), at(2), false)).toEqual({ refused: 'not_conductor' });
    expect(a.isQuiet).toBe(true);
    const ended = [
      go(a, quiet('loud'), 2),
      go(a, { kind: 'release', device: 'a', term: 1 }, 2),
      go(a, { kind: 'take', by: post('b') }, 2),
      go(a, time, 61),
    ];
    expect(ended.map(({ isQuiet }) => isQuiet)).toEqual([false, false, false, false]);
  });

  test('keeps a Ⅰ at its notice, new or under way, until the conductor lets it go', () => {
    const held = go(a, fire, 2);
    expect(held.interrupt?.course).toBe('hold');
    expect(go(held, quiet('loud'), 3).interrupt?.course).toBe('hold');
    expect(go(go(go(a, quiet('loud'), 2), fire, 3), quiet('quiet'), 4).interrupt?.course).toBe('hold');
    const released = go(
      held,
      { kind: 'steer', device: 'a', term: 1, event: 'fire', course: 'go', mayTakeBack: false },
      4,
    );
    expect([released.interrupt?.course, released.isQuiet]).toEqual(['go', true]);
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
