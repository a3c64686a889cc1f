import { expect, test } from 'vitest';
import { mayKeep, mergeKept } from './kept-answers';

const key = (path: string, input: unknown = {}) => [path.split('.'), { input, type: 'query' }];

test.each([
  ['metric.ask', { metric: 'event.open', dimensions: ['stage'] }, true],
  ['metric.ask', { metric: 'person.resident', dimensions: ['building'] }, false],
  ['dictionary.words', undefined, true],
  ['division.tree', undefined, true],
  ['access.me', undefined, true],
  ['place.dwellingByCode', { code: '4403070090040200002000001' }, false],
  ['place.buildingByCode', { code: '4403070090040200002' }, false],
  ['event.open', {}, false],
  ['event.byId', { id: 'x' }, false],
  ['search.find', { text: '1' }, false],
  ['workforce.onDuty', {}, false],
  ['metric.rows', {}, false],
  ['entity.byId', { id: 'x' }, false],
])('%s of %j may be kept: %s', (path, input, isKept) => {
  expect(mayKeep(key(path, input))).toBe(isKept);
});

test('what is no question of the server is not kept', () => {
  expect(mayKeep(['glyphs'])).toBe(false);
});

const one = (path: string, data: unknown, updatedAt: number, input: unknown = {}) => ({
  ...{ queryKey: key(path, input), data, updatedAt },
});

test('answers of the same post are kept until they are asked anew; another post begins afresh', () => {
  const leader = one('access.me', { role: 'R1', division: 'DP' }, 1);
  const before = [leader, one('metric.ask', 'old', 2, { metric: 'a' }), one('metric.ask', 'b', 3, { metric: 'b' })];
  const now = [one('access.me', { role: 'R1', division: 'DP' }, 5), one('metric.ask', 'new', 6, { metric: 'a' })];
  expect(mergeKept(now, before).map(({ data }) => data)).toEqual(['new', { role: 'R1', division: 'DP' }, 'b']);
  const other = [one('access.me', { role: 'R4', division: 'c1' }, 5)];
  expect(mergeKept(other, before)).toEqual(other);
  expect(mergeKept([one('metric.ask', 'x', 1)], before)).toHaveLength(1);
});
