import { expect, test } from 'vitest';
import { type Life, lifeTimes, look, newLife, type Pulse } from './life';

const start = 1_000_000_000;
const well: Pulse = { now: start, version: '1', screen: 'ready', isBusy: false, wasFrozen: false };

/** Looks every 5 s for some seconds; remedies in the order they came. */
const live = (seconds: number, pulse: Partial<Pulse>, from: Life = newLife(start, 0)) => {
  const remedies: string[] = [];
  let life = from;
  const first = life.seenAt;
  for (let s = 5; s <= seconds; s += 5) {
    const step = look(life, { ...well, ...pulse, now: first + s * 1_000 });
    life = step.life;
    if (step.remedy !== 'none') remedies.push(`${step.remedy} ${s}`);
    if (step.remedy === 'reload') life = { ...life, reloadedAt: life.seenAt };
  }
  return { remedies, life };
};

test('a wall that is well is left alone for a day', () => {
  expect(live(86_400, {}).remedies).toEqual([]);
});

test('a screen that stands undrawn for a minute is loaded anew, at most every five minutes', () => {
  expect(live(700, { screen: 'waiting' }).remedies).toEqual(['reload 65', 'reload 365', 'reload 665']);
});

test('without a server the last drawing stays', () => {
  expect(live(3_600, { screen: 'failed', version: null }).remedies).toEqual([]);
  expect(live(3_600, { wasFrozen: true, version: null }).remedies).toEqual([]);
});

test('a changed build is loaded at a quiet moment, or after ten minutes', () => {
  const { life } = live(10, {});
  expect(live(10, { version: '2' }, life).remedies[0]).toBe('reload 5');
  expect(live(700, { version: '2', isBusy: true }, life).remedies[0]).toBe('reload 605');
  expect(live(60, { version: '1' }, live(10, { version: null }, life).life).remedies).toEqual([]);
});

test('a machine that slept asks for everything again', () => {
  const { life } = live(10, {});
  const { remedy } = look(life, { ...well, now: life.seenAt + lifeTimes.jumpMs + 1 });
  expect(remedy).toBe('refetch');
});
