import { describe, expect, it } from 'vitest';
import { lampAt } from './lamp';

const at = (minutes: number) => new Date(Date.UTC(2026, 10, 22) + minutes * 60_000).toISOString();
const row = (closed: number | null = null, due: number | null = 100) => ({
  reportedAt: at(0),
  dueAt: due === null ? null : at(due),
  closedAt: closed === null ? null : at(closed),
});
const lamp = (minutes: number, closed: number | null = null, due: number | null = 100) =>
  lampAt(row(closed, due), Date.parse(at(minutes))).lamp;

describe('lamp', () => {
  it('turns yellow at 80 % and red past the limit', () => {
    expect([0, 79, 80, 100, 101].map((minutes) => lamp(minutes))).toEqual([
      'green',
      'green',
      'yellow',
      'yellow',
      'red',
    ]);
  });

  it('stops at closing: one closed in time stays green for ever, one closed late stays red', () => {
    expect(lamp(5000, 99)).toBe('green');
    expect(lamp(5000, 101)).toBe('red');
    expect(lampAt(row(40), Date.parse(at(5000))).used).toBe(40);
  });

  it('leaves pauses out of the time used and of the limit, and is grey while the clock stands', () => {
    const paused = { ...row(), dueAt: at(160), pausedMinutes: 60 };
    expect([139, 140, 161].map((minutes) => lampAt(paused, Date.parse(at(minutes))).lamp)).toEqual([
      'green',
      'yellow',
      'red',
    ]);
    const standing = { ...row(), status: 'S42' as const, stageAt: at(30) };
    expect(lampAt(standing, Date.parse(at(500)))).toMatchObject({ used: 30, limit: 100, lamp: 'grey' });
  });

  it('knows no limit where none was set or it lies before the report, and never runs backwards', () => {
    expect(lampAt(row(null, null), Date.parse(at(500)))).toMatchObject({ used: 500, limit: null, lamp: 'grey' });
    expect(lamp(500, null, -5)).toBe('grey');
    expect(lampAt(row(-10), Date.parse(at(5))).used).toBe(0);
  });
});
