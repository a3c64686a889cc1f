import { expect, test } from 'vitest';
import type { Answer } from '@/data/model/answer';
import { dateAfter, windowsOf } from '@/data/model/campaign';
import { barsOf, effectOf, spanOf } from './campaign';

const windows = windowsOf({ startsOn: '2026-10-01', endsOn: '2026-10-10' }, '2026-10-15');
if (!windows) throw new Error('No windows.');

test('bars hold at most seven days of one phase, and all days of the stretch once', () => {
  const { from, until } = spanOf(windows);
  expect([from, until]).toEqual(['2026-09-27', '2026-10-15']);
  const days = Array.from({ length: 18 }, (_, i) => dateAfter(from, i));
  const cells = days.map((day) => ({ at: { day }, value: 1, numerator: 1, denominator: 1, n: 1 }));
  const bars = barsOf({ cells } as unknown as Answer, windows);
  expect(bars.map(({ phase, from: day, days: length }) => `${phase} ${day} ${length}`)).toEqual([
    'before 2026-09-27 4',
    'during 2026-10-01 7',
    'during 2026-10-08 3',
    'after 2026-10-11 4',
  ]);
  expect(bars.map(({ n }) => n)).toEqual([4, 7, 3, 4]);
});

test.each([
  [40, 30, -25],
  [0, 30, null],
  [8, 9, null],
  [null, 30, null],
])('from %s to %s: %s', (before, now, percent) => {
  expect(effectOf(before, now)).toBe(percent);
});
