import { describe, expect, it } from 'vitest';
import type { EventRow } from '@/data/model/event';
import { eventClock, nameable, overdueFirst, rankAttention, stepsOf } from './attention';
import { bulletMax } from './bullet';

const now = Date.parse('2026-07-15T16:00:00Z');
const row = (id: string, level: EventRow['level'], reportedAt: string, dueAt: string | null): EventRow => ({
  id,
  version: 1,
  number: id,
  title: id,
  category: '0101',
  categoryL1: '01',
  level,
  source: 'S1',
  status: 'S40',
  stage: 'handle',
  position: null,
  address: null,
  subdistrict: null,
  community: null,
  grid: null,
  block: null,
  building: null,
  department: null,
  reportedAt,
  dueAt,
  closedAt: null,
  stageAt: reportedAt,
});

describe('eventClock', () => {
  it('counts minutes from the report to now and to the limit', () => {
    const clock = eventClock(row('a', 2, '2026-07-15T15:26:00Z', '2026-07-15T16:26:00Z'), now);
    expect(clock).toMatchObject({ used: 34, limit: 60, isOver: false });
    expect(clock.share).toBeCloseTo(34 / 60);
  });
  it('is over past the limit, never without one', () => {
    expect(eventClock(row('a', 2, '2026-07-15T14:00:00Z', '2026-07-15T15:00:00Z'), now).isOver).toBe(true);
    expect(eventClock(row('a', 2, '2020-07-15T14:00:00Z', null), now)).toMatchObject({ limit: null, isOver: false });
  });
});

it('ranks by level, then by the share of time used', () => {
  const rows = [
    row('late4', 4, '2026-07-10T00:00:00Z', '2026-07-11T00:00:00Z'),
    row('early2', 2, '2026-07-15T15:50:00Z', '2026-07-15T17:00:00Z'),
    row('late2', 2, '2026-07-15T12:00:00Z', '2026-07-15T16:10:00Z'),
    row('free2', 2, '2026-07-01T12:00:00Z', null),
  ];
  expect(rankAttention(rows, now).map(({ id }) => id)).toEqual(['late2', 'early2', 'free2', 'late4']);
});

it('lists what is past its limit, the longest over first, and nothing whose clock stands still', () => {
  const rows = [
    row('due', 4, '2026-07-15T12:00:00Z', '2026-07-15T16:00:00Z'),
    row('hour', 1, '2026-07-15T12:00:00Z', '2026-07-15T15:00:00Z'),
    row('days', 4, '2026-07-10T00:00:00Z', '2026-07-11T00:00:00Z'),
    { ...row('still', 4, '2026-07-01T00:00:00Z', '2026-07-02T00:00:00Z'), status: 'S42' as const },
    row('free', 2, '2026-07-01T12:00:00Z', null),
  ];
  expect(overdueFirst(rows, now).map(({ id }) => id)).toEqual(['days', 'hour']);
});

it('keeps a new grave event first of its level for a minute', () => {
  const rows = [
    row('late2', 2, '2026-07-15T12:00:00Z', '2026-07-15T16:10:00Z'),
    row('new2', 2, '2026-07-15T15:59:30Z', '2026-07-16T16:00:00Z'),
    row('new3', 3, '2026-07-15T15:59:50Z', '2026-07-16T16:00:00Z'),
    row('late3', 3, '2026-07-15T12:00:00Z', '2026-07-15T16:10:00Z'),
  ];
  const order = (at: number) => rankAttention(rows, at).map(({ id }) => id);
  expect(order(now)).toEqual(['new2', 'late2', 'late3', 'new3']);
  expect(order(now + 60_000)).toEqual(['late2', 'new2', 'late3', 'new3']);
});

it('leaves people in care to the counts', () => {
  const rows = [row('fire', 2, '2026-07-15T12:00:00Z', null)];
  expect(nameable([...rows, { ...(rows[0] as EventRow), id: 'care', categoryL1: '16' }])).toEqual(rows);
});

it('shows one current step, and none of a closed event', () => {
  expect(stepsOf('handle')).toEqual(['done', 'done', 'current', 'open', 'open']);
  expect(stepsOf('closed')).toEqual(['done', 'done', 'done', 'done', 'done']);
});

it.each([
  [[17, 22], 30],
  [[0, null], 1.5],
  [[1286], 2000],
])('bullet scale of %j ends at %d', (values, max) => {
  expect(bulletMax(values)).toBe(max);
});
