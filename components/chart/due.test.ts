import { expect, test } from 'vitest';
import type { EventRow } from '@/data/model/event';
import { dueOrder } from './due';

const now = Date.parse('2026-11-22T10:00:00Z');
const hour = 3_600_000;
const row = (id: string, usedHours: number, limitHours: number | null): EventRow =>
  ({
    id,
    reportedAt: new Date(now - usedHours * hour).toISOString(),
    dueAt: limitHours === null ? null : new Date(now + (limitHours - usedHours) * hour).toISOString(),
    closedAt: null,
  }) as EventRow;

test('about to run over first, the soonest first; then the longest debt; the rest stays away', () => {
  const rows = [
    row('calm', 1, 10),
    row('late', 12, 10),
    row('later', 30, 10),
    row('soon', 9.5, 10),
    row('near', 8.2, 10),
    row('free', 99, null),
  ];
  expect(dueOrder(rows, now).map(({ row: { id }, minutesLeft }) => [id, Math.round(minutesLeft)])).toEqual([
    ['soon', 30],
    ['near', 108],
    ['later', -1200],
    ['late', -120],
  ]);
});
