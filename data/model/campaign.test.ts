import { expect, test } from 'vitest';
import { stateOn, windowsOf } from './campaign';

const dates = { startsOn: '2026-10-01', endsOn: '2026-10-30' };

test.each([
  ['2026-10-01', null],
  ['2026-10-11', { before: '2026-09-21/2026-10-01', during: '2026-10-01/2026-10-11', after: null, days: 10 }],
  ['2026-10-31', { before: '2026-09-01/2026-10-01', during: '2026-10-01/2026-10-31', after: null, days: 30 }],
  [
    '2026-11-05',
    {
      ...{ before: '2026-09-26/2026-10-01', during: '2026-10-01/2026-10-31', days: 5 },
      after: '2026-10-31/2026-11-05',
    },
  ],
  [
    '2027-03-01',
    {
      ...{ before: '2026-09-01/2026-10-01', during: '2026-10-01/2026-10-31', days: 30 },
      after: '2026-10-31/2026-11-30',
    },
  ],
])('on %s whole days of one length are held against each other', (today, windows) => {
  expect(windowsOf(dates, today)).toEqual(windows);
});

test('planned, running on its first and last day, over, closed', () => {
  const state = (today: string, isClosed = false) => stateOn({ ...dates, isClosed }, today);
  expect([state('2026-09-30'), state('2026-10-01'), state('2026-10-30'), state('2026-10-31')]).toEqual([
    ...['planned', 'running', 'running', 'over'],
  ]);
  expect(state('2026-10-05', true)).toBe('closed');
});
