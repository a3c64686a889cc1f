import { expect, test } from 'vitest';
import { goesOnAt, nextScene, planOf, restMs } from './tour';

test('scenes chosen keep the order of the product; none chosen is all', () => {
  expect(planOf(['force', 'event'], 20)).toEqual({ scenes: ['event', 'force'], dwellMs: 20_000 });
  expect(planOf([], 30).scenes).toHaveLength(7);
});

test('the tour goes round, and begins anew from a scene that is not in it', () => {
  const plan = planOf(['overview', 'event'], 30);
  expect([nextScene(plan, 'overview'), nextScene(plan, 'event'), nextScene(plan, 'trend')]).toEqual([
    'event',
    'overview',
    'overview',
  ]);
});

test('it goes on when the dwell is over and a minute after the last input', () => {
  const plan = planOf([], 30);
  expect(goesOnAt(0, null, plan)).toBe(30_000);
  expect(goesOnAt(50_000, 10_000, plan)).toBe(80_000);
  expect(goesOnAt(0, 25_000, plan)).toBe(25_000 + restMs);
});
