import { expect, test } from 'vitest';
import { emptyView } from '@/data/model/view';
import { questionOf } from './question';
import { whyAskOf } from './why-ask';

const question = questionOf('x', emptyView);
const ask = { metric: 'event.reported', question };

test('the figure of the whole is asked as it is', () => {
  expect(whyAskOf(ask, {})).toEqual(ask);
});

test('places become the division, words a filter, buckets a period', () => {
  expect(whyAskOf(ask, { community: 'T11', source: '01', week: '2026-11-16' })?.question).toEqual({
    ...question,
    division: 'T11',
    period: '2026-11-16/2026-11-23',
    filters: [{ source: 'why', field: 'source', values: ['01'] }],
  });
  expect(whyAskOf(ask, { month: '2026-12' })?.question.period).toBe('2026-12-01/2027-01-01');
});

test('a day is held against the same day of the week before', () => {
  expect(whyAskOf(ask, { day: '2026-11-30' })).toEqual({
    metric: 'event.reported',
    question: { ...question, period: '2026-11-30/2026-12-01' },
    daysBack: 7,
  });
});

test.each([
  ['hour', '2026-11-22T09:00'],
  ['block', 'b1'],
  ['community', 'none'],
  ['weekday', '1'],
])('%s %s is no question of its own', (key, code) => {
  expect(whyAskOf(ask, { [key]: code })).toBeNull();
});
