import { expect, test } from 'vitest';
import { deskPageOf, explorerPage, splitOf } from './desk-page';

test.each([
  [null, 'analyst', []],
  ['desk', 'desk', []],
  ['nowhere', 'analyst', []],
  ['explorer', 'explorer', []],
  ['explorer.community.month', 'explorer', ['community', 'month']],
  ['explorer.community.month.level', 'explorer', ['community', 'month']],
  ['explorer.community.community', 'explorer', ['community']],
  ['explorer.drop table', 'explorer', []],
] as const)('page %s', (page, name, split) => {
  expect(deskPageOf({ page })).toEqual({ page: name, split });
});

test('a page of the explorer says what it is split by, and is read back', () => {
  const split = ['grid', 'level'] as const;
  expect(deskPageOf({ page: explorerPage(split) })).toEqual({ page: 'explorer', split: [...split] });
  expect(explorerPage(split).length).toBeLessThanOrEqual(40);
});

test('a metric is split by what it allows, by communities when nothing chosen fits', () => {
  const metric = { dimensions: ['subdistrict', 'community', 'month'] as const };
  expect(splitOf(metric, ['month', 'sex'])).toEqual(['month']);
  expect(splitOf(metric, ['sex'])).toEqual(['community']);
  expect(splitOf({ dimensions: ['month'] }, [])).toEqual(['month']);
});
