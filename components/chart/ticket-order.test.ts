import { expect, it } from 'vitest';
import { runningLimit, spanLamp, ticketOrder } from './ticket-order';

const now = Date.parse('2026-11-22T02:00:00Z');
const at = (hours: number) => new Date(now + hours * 3_600_000).toISOString();
const ticket = (id: string, deadline: number, replied: number | null = null) => ({
  ...{ id, openedAt: at(-10), deadlineAt: at(deadline), repliedAt: replied === null ? null : at(replied) },
});

it('expects the soonest first, then the longest debt, then what was replied', () => {
  const rows = [
    ticket('late', -1),
    ticket('done', 1, -1),
    ticket('soon', 1),
    ticket('later', 30),
    ticket('latest', -4),
  ];
  const order = ticketOrder(rows, now);
  expect(order.map(({ row }) => row.id)).toEqual(['soon', 'later', 'latest', 'late', 'done']);
  expect(order.map(({ minutesLeft }) => minutesLeft)).toEqual([60, 1800, -240, -60, null]);
  expect(order.map(({ lamp }) => lamp)).toEqual(['yellow', 'green', 'red', 'red', 'grey']);
});

it.each([
  [-1, 'green'],
  [-0.8, 'green'],
  [-0.2, 'yellow'],
  [0.01, 'red'],
])('a span of one hour at %d h of its end', (end, lamp) => {
  expect(spanLamp(at(-1), at(0), null, now + end * 3_600_000)).toBe(lamp);
});

it('a step done late stays red, one in time is quiet', () => {
  expect(spanLamp(at(-2), at(-1), at(-0.5), now)).toBe('red');
  expect(spanLamp(at(-2), at(-1), at(-1.5), now)).toBe('grey');
});

it('stands at the first step that is not done', () => {
  const limits = (['sign', 'contact', 'arrive'] as const).map((clock, i) => ({
    clock,
    dueAt: at(i),
    doneAt: i === 0 ? at(-1) : null,
  }));
  expect(runningLimit(limits)?.clock).toBe('contact');
  expect(runningLimit(limits.map((limit) => ({ ...limit, doneAt: at(0) })))).toBeNull();
});
