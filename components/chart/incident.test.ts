import { expect, test } from 'vitest';
import { incidentSteps, stepScale } from './incident';

const at = (minute: number) => new Date(Date.UTC(2026, 5, 1, 0, minute)).toISOString();
const moves = [
  { to: 'S10', at: at(0) },
  { to: 'S20', at: at(5) },
  { to: 'S30', at: at(10) },
  { to: 'S40', at: at(20) },
  { to: 'S50', at: at(50) },
  { to: 'S60', at: at(60) },
] as const;

test('time in each step, returns added, limits counted from where the step began', () => {
  const steps = incidentSteps(moves, { stage: 'handle', dueAt: at(120), acceptDueAt: at(30) }, Date.parse(at(75)));
  expect(steps.map(({ stage, state, used, allowed, nEntered }) => [stage, state, used, allowed, nEntered])).toEqual([
    ['report', 'done', 10, 30, 1],
    ['dispatch', 'done', 10, 110, 1],
    ['handle', 'current', 45, 100, 2],
    ['check', 'done', 10, null, 1].with(1, 'open'),
    ['closed', 'open', null, null, 0],
  ]);
  expect(stepScale(steps)).toBe(110);
});

test('a step not reached has neither instant nor time', () => {
  const [, , handle] = incidentSteps(moves.slice(0, 2), { stage: 'report', dueAt: null, acceptDueAt: null }, 0);
  expect(handle).toMatchObject({ state: 'open', at: null, used: null, allowed: null });
});
