import { expect, test } from 'vitest';
import { View } from '@/data/model/view';
import { deskPageOf, explorerPage, splitOf } from './desk-page';

test.each([
  [null, 'analyst', []],
  ['explorer.d100', 'explorer', []],
  ['desk', 'desk', []],
  ['nowhere', 'analyst', []],
  ['explorer', 'explorer', []],
  ['explorer.community.month', 'explorer', ['community', 'month']],
  ['explorer.community.month.level', 'explorer', ['community', 'month']],
  ['explorer.community.community', 'explorer', ['community']],
  ['explorer.drop table', 'explorer', []],
] as const)('page %s', (page, name, split) => {
  expect(deskPageOf({ page })).toEqual({ page: name, split, order: null });
});

test.each([
  ['explorer.grid.level', null],
  ['explorer.grid.level.d', { direction: 'desc', limit: null }],
  ['explorer.grid.level.a5', { direction: 'asc', limit: 5 }],
] as const)('%s says what it is split and ranked by, and is read back', (page, order) => {
  const split = ['grid', 'level'] as const;
  expect(explorerPage(split, order)).toBe(page);
  expect(deskPageOf({ page })).toEqual({ page: 'explorer', split: [...split], order });
});

test('the longest page of the explorer fits a View', () => {
  const split = ['subdistrict', 'populationType'] as const;
  expect(View.shape.page.safeParse(explorerPage(split, { direction: 'asc', limit: 99 })).success).toBe(true);
});

test('a metric is split by what it allows, by communities when nothing chosen fits', () => {
  const metric = { dimensions: ['subdistrict', 'community', 'month'] as const };
  expect(splitOf(metric, ['month', 'sex'])).toEqual(['month']);
  expect(splitOf(metric, ['sex'])).toEqual(['community']);
  expect(splitOf({ dimensions: ['month'] }, [])).toEqual(['month']);
});
