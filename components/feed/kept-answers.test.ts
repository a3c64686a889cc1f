import { expect, test } from 'vitest';
import { mayKeep } from './kept-answers';

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
