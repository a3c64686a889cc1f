import { expect, test } from 'vitest';
import { lateness } from './staleness';

const now = Date.parse('2026-07-15T08:00:00Z');
const answer = (secondsAgo: number) => ({ asOf: new Date(now - secondsAgo * 1000).toISOString(), freshSeconds: 2 });

test('an answer within its promise and a few rounds of asking is not late', () => {
  expect(lateness(answer(0), now)).toBe(0);
  expect(lateness(answer(182), now)).toBe(0);
});

test('an older one is late by its whole age', () => {
  expect(lateness(answer(600), now)).toBe(600_000);
});

test('rows and what is not there yet are never late', () => {
  expect(lateness({ rows: [] }, now)).toBe(0);
  expect(lateness(undefined, now)).toBe(0);
});
