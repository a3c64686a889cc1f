import { expect, test } from 'vitest';
import { eventClock } from './attention';
import { barOf, incidentSteps } from './incident';

const at = (minute: number) => new Date(Date.UTC(2026, 5, 1, 0, minute)).toISOString();
const moves = [
  { to: 'S10', at: at(0) },
  { to: 'S20', at: at(5) },
  { to: 'S30', at: at(10) },
  { to: 'S40', at: at(20) },
  { to: 'S50', at: at(50) },
  { to: 'S60', at: at(60) },
] as const;

const limits = { reportedAt: at(0), dueAt: at(120), acceptDueAt: at(30) };

test('time in each step, returns added, each beside its own limit', () => {
  const steps = incidentSteps(moves, { stage: 'handle', ...limits }, Date.parse(at(75)));
  expect(steps.map(({ stage, state, used, allowed, nEntered }) => [stage, state, used, allowed, nEntered])).toEqual([
    ['report', 'done', 10, 30, 1],
    ['dispatch', 'done', 10, null, 1],
    ['handle', 'current', 45, 90, 2],
    ['check', 'done', 10, null, 1].with(1, 'open'),
    ['closed', 'open', null, null, 0],
  ]);
  expect(steps.map(({ before, isOver }) => [before, isOver])[2]).toEqual([10, false]);
  expect(steps.map(barOf)).toEqual([{ before: 0, used: 1 / 3 }, null, { before: 1 / 9, used: 0.5 }, null, null]);
});

test('a step not reached has neither instant nor time', () => {
  const [, , handle] = incidentSteps(
    moves.slice(0, 2),
    { ...limits, stage: 'report', dueAt: null, acceptDueAt: null },
    0,
  );
  expect(handle).toMatchObject({ state: 'open', at: null, used: null, allowed: null });
});

test('the minutes of the steps add up to those since the report, whatever the seconds', () => {
  const second = (n: number) => new Date(Date.UTC(2026, 5, 1, 6, 0, n)).toISOString();
  const [reported, dispatched, handled] = [second(40), second(1_561), second(9_019)];
  const steps = incidentSteps(
    [
      { to: 'S10', at: reported },
      { to: 'S30', at: dispatched },
      { to: 'S40', at: handled },
    ],
    { ...limits, stage: 'handle', reportedAt: reported },
    Date.UTC(2026, 5, 1, 10),
  );
  const sum = steps.reduce((all, { used }) => all + (used ?? 0), 0);
  expect(sum).toBe(eventClock({ reportedAt: reported, dueAt: null }, Date.UTC(2026, 5, 1, 10)).used);
  expect(steps.map(({ used }) => used).slice(0, 3)).toEqual([26, 124, 90]);
});

test('a step is over when it went on past its due instant', () => {
  const late = incidentSteps(moves.slice(0, 3), { ...limits, stage: 'dispatch' }, Date.parse(at(121)));
  expect(late.map(({ isOver }) => isOver)).toEqual([false, true, false, false, false]);
});

test('a bar is as long as its limit, however far over it the step went', () => {
  const step = { stage: 'handle', state: 'current', at: '', isOver: true, nEntered: 1 } as const;
  expect(barOf({ ...step, used: 50, allowed: 40, before: 10 })).toEqual({ before: 0.25, used: 0.75 });
  expect(barOf({ ...step, used: 50, allowed: 40, before: 90 })).toEqual({ before: 1, used: 0 });
  expect(barOf({ ...step, used: 26, allowed: 30, before: 0 })).toEqual({ before: 0, used: 26 / 30 });
});
