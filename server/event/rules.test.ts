import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type EventStatus, eventStatuses, lamps, stageOf } from '@/data/model/event';
import { roles, screenKeys } from '@/data/model/scope';
import {
  applyMove,
  CategoryLimits,
  canReport,
  closedStatuses,
  dueTimes,
  type EventClock,
  isClosed,
  lampOf,
  moveRoles,
  movesOf,
  nextStatuses,
  openingStatuses,
  usedShare,
} from './rules';

const start = new Date('2026-11-22T00:00:00Z');
const minute = 60_000;
const minutesIn = (minutes: number) => new Date(start.getTime() + minutes * minute);

const reported: EventClock = {
  ...{ status: 'S10', status_at: start, accepted_at: null, registered_at: null, dispatched_at: null, signed_at: null },
  ...{
    handled_at: null,
    closed_at: null,
    evaluated_at: null,
    handle_due_at: minutesIn(1440),
    n_rework: 0,
    n_return: 0,
  },
  ...{ n_extension: 0, n_whistle: 0, is_self_handled: false, paused_minutes: 0 },
};

/** A walk along legal moves: each step picks one of the next statuses and some minutes. */
const walks = fc.array(fc.record({ pick: fc.nat(), minutes: fc.integer({ min: 0, max: 3000 }) }), { maxLength: 30 });
const walk = (steps: { pick: number; minutes: number }[]): EventClock[] => {
  const clocks = [reported];
  for (const { pick, minutes } of steps) {
    const last = clocks.at(-1) ?? reported;
    const choices = nextStatuses(last.status);
    const to = choices[pick % Math.max(1, choices.length)];
    if (to) clocks.push(applyMove(last, to, new Date(last.status_at.getTime() + minutes * minute)));
  }
  return clocks;
};

describe('moves', () => {
  it('lead from every open status to a closed one, and from a closed one never back', () => {
    for (const status of eventStatuses) {
      const reached = new Set<EventStatus>([status]);
      for (const at of reached) for (const to of nextStatuses(at)) reached.add(to);
      expect([...reached].some(isClosed), status).toBe(true);
      if (isClosed(status)) for (const to of reached) expect(isClosed(to), `${status} to ${to}`).toBe(true);
    }
    expect(closedStatuses.filter((status) => nextStatuses(status).length === 0)).toEqual(['S21', 'S70', 'S90']);
  });

  it('each have a role that may make them, and no role has one that does not exist', () => {
    for (const from of eventStatuses)
      for (const to of eventStatuses) expect(moveRoles(from, to).length > 0).toBe(nextStatuses(from).includes(to));
  });

  it('are for nobody on a wall and for no aggregate, audit or administration role', () => {
    for (const status of eventStatuses) {
      for (const role of roles) expect(movesOf({ role, screen: 'big' }, status)).toEqual([]);
      for (const role of ['R0', 'R1', 'R7', 'R8', 'R9', 'R10'] as const)
        for (const screen of screenKeys) expect(movesOf({ role, screen }, status)).toEqual([]);
    }
    expect(movesOf({ role: 'R4', screen: 'mid' }, 'S50')).toEqual(['S61', 'S60']);
    expect(movesOf({ role: 'R6', screen: 'small' }, 'S31')).toEqual(['S40', 'S32']);
    expect(roles.filter((role) => canReport({ role, screen: 'small' }))).toEqual(['R2', 'R3', 'R4', 'R5', 'R6']);
    expect(roles.filter((role) => canReport({ role, screen: 'big' }))).toEqual([]);
  });
});

describe('a walk along legal moves', () => {
  it('keeps its instants in order and closes at most once', () => {
    fc.assert(
      fc.property(walks, (steps) => {
        const clocks = walk(steps);
        const closings = new Set(clocks.flatMap(({ closed_at }) => (closed_at ? [closed_at.getTime()] : [])));
        expect(closings.size).toBeLessThanOrEqual(1);
        for (const clock of clocks) {
          expect(clock.closed_at !== null).toBe(isClosed(clock.status));
          const reached = [clock.accepted_at, clock.registered_at, clock.dispatched_at, clock.signed_at];
          for (const at of reached) if (at) expect(at.getTime()).toBeLessThanOrEqual(clock.status_at.getTime());
        }
      }),
    );
  });

  it('counts what it went through', () => {
    fc.assert(
      fc.property(walks, (steps) => {
        const clocks = walk(steps);
        const times = (status: EventStatus) => clocks.filter((clock) => clock.status === status).length;
        const last = clocks.at(-1);
        expect([last?.n_rework, last?.n_return, last?.n_extension]).toEqual([times('S60'), times('S32'), times('S41')]);
      }),
    );
  });

  it('moves the due instant by exactly the pauses, and by nothing else', () => {
    fc.assert(
      fc.property(walks, (steps) => {
        const clocks = walk(steps);
        const paused = clocks.reduce((sum, clock, i) => {
          const next = clocks[i + 1];
          const isGivenBack = clock.status === 'S41' || clock.status === 'S42';
          return next && isGivenBack ? sum + (next.status_at.getTime() - clock.status_at.getTime()) : sum;
        }, 0);
        const last = clocks.at(-1) ?? reported;
        expect(last.paused_minutes * minute).toBe(paused);
        expect((last.handle_due_at?.getTime() ?? 0) - minutesIn(1440).getTime()).toBe(paused);
      }),
    );
  });
});

describe('limits', () => {
  const category = (attrs: Record<string, string>) => CategoryLimits.parse({ level: '2', ...attrs });

  it('count from the report: acceptance first, then handling', () => {
    expect(dueTimes(category({ accept_minutes: '30', handle_hours: '24' }), start)).toEqual({
      acceptDueAt: minutesIn(30),
      handleDueAt: minutesIn(30 + 24 * 60),
    });
    expect(dueTimes(category({}), start)).toEqual({ acceptDueAt: null, handleDueAt: null });
  });

  it('run through the loop up to the department what the machine sends', () => {
    expect(openingStatuses(false)).toEqual(['S10']);
    for (const [i, to] of openingStatuses(true).slice(1).entries())
      expect(nextStatuses(openingStatuses(true)[i] ?? 'S90')).toContain(to);
    expect(openingStatuses(true).at(-1)).toBe('S31');
  });
});

describe('lamp', () => {
  const row = { status: 'S40' as EventStatus, reportedAt: start.toISOString(), closedAt: null };
  const due = (minutes: number) => minutesIn(minutes).toISOString();

  it.each([
    [0, 'green'],
    [79.99, 'green'],
    [80, 'yellow'],
    [100, 'yellow'],
    [100.01, 'red'],
  ])('after %d %% of the limit is %s', (percent, lamp) => {
    expect(lampOf({ ...row, dueAt: due(100) }, minutesIn(percent))).toBe(lamp);
  });

  it('is grey while the clock stands still or there is no limit', () => {
    expect(lampOf({ ...row, status: 'S42', dueAt: due(1) }, minutesIn(9))).toBe('grey');
    expect(lampOf({ ...row, status: 'S41', dueAt: due(1) }, minutesIn(9))).toBe('red');
    expect(lampOf({ ...row, dueAt: null }, minutesIn(9))).toBe('grey');
  });

  it('never goes back while the clock runs, and stands still once closed', () => {
    const minutes = fc.integer({ min: 0, max: 10_000 });
    fc.assert(
      fc.property(minutes, fc.integer({ min: 1, max: 5_000 }), minutes, (a, limit, b) => {
        const event = { ...row, dueAt: due(limit) };
        const [early, late] = [Math.min(a, b), Math.max(a, b)].map((at) => lamps.indexOf(lampOf(event, minutesIn(at))));
        expect(early).toBeLessThanOrEqual(late ?? -1);
        const closed = { ...event, status: 'S61' as EventStatus, closedAt: minutesIn(a).toISOString() };
        expect(lampOf(closed, minutesIn(a + b))).toBe(lampOf(event, minutesIn(a)));
      }),
    );
  });

  it('is red exactly when overdue', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000 }), fc.integer({ min: 0, max: 10_000 }), (limit, at) => {
        expect(lampOf({ ...row, dueAt: due(limit) }, minutesIn(at)) === 'red').toBe(at > limit);
        expect(usedShare({ startAt: start, dueAt: minutesIn(limit) }, minutesIn(at))).toBeCloseTo(at / limit, 9);
      }),
    );
  });
});

it('names a stage for every status, with the closed ones as the list has them', () => {
  expect(closedStatuses).toEqual(eventStatuses.filter((status) => stageOf[status] === 'closed'));
});
