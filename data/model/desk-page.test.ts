import { expect, test } from 'vitest';
import { dimensionKeys } from '@/data/metrics/dimensions';
import { View } from '@/data/model/view';
import { chartKinds, deskPageOf, exploredOperators, explorerPage, metricOfPage, splitOf } from './desk-page';

const nothing = { page: 'explorer', split: [], each: null, order: null, chart: null, operators: null };

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
  expect(deskPageOf({ page })).toEqual({ ...nothing, page: name, split });
});

test.each([
  ['explorer.grid.level', { split: ['grid', 'level'] }],
  ['explorer.grid.level.d', { split: ['grid', 'level'], order: { direction: 'desc', limit: null } }],
  ['explorer.grid.a5', { split: ['grid'], order: { direction: 'asc', limit: 5 } }],
  ['explorer.month.per-level.stacked', { split: ['month'], each: 'level', chart: 'stacked' }],
  ['explorer.day.line.cumulative.moving', { split: ['day'], chart: 'line', operators: ['cumulative', 'moving'] }],
  ['explorer.day.plain', { split: ['day'], operators: [] }],
] as const)('%s says what is shown, and is read back', (page, shown) => {
  expect(deskPageOf({ page })).toEqual({ ...nothing, ...shown });
  expect(explorerPage(deskPageOf({ page }))).toBe(page);
});

test('multiples by what the rows are split by are none', () => {
  expect(deskPageOf({ page: 'explorer.level.per-level' }).each).toBeNull();
});

test('no word of one part is a word of another', () => {
  const words = [...dimensionKeys, ...chartKinds, ...exploredOperators.options, 'plain', 'a5', 'd'];
  expect(new Set(words).size).toBe(words.length);
});

test('the longest page of the explorer fits a View', () => {
  const page = explorerPage({
    split: ['subdistrict', 'populationType'],
    each: 'assetGroup',
    order: { direction: 'asc', limit: 99 },
    chart: 'calendar',
    operators: [...exploredOperators.options],
  });
  expect(View.shape.page.safeParse(page).success).toBe(true);
});

test('a metric is split by what it allows, by communities when nothing chosen fits', () => {
  const metric = { dimensions: ['subdistrict', 'community', 'month'] as const };
  expect(splitOf(metric, ['month', 'sex'])).toEqual(['month']);
  expect(splitOf(metric, ['sex'])).toEqual(['community']);
  expect(splitOf({ dimensions: ['month'] }, [])).toEqual(['month']);
});

test('a page names the metric of its map: before a search what its theme counts, of boundaries who lives within', () => {
  const metricOf = (page: string | null) => metricOfPage({ page });
  expect(metricOf('theme')).toBe('person.resident');
  expect(metricOf('theme.case')).toBe('event.open');
  expect(metricOf('theme.vehicle')).toBe('vehicle.count');
  expect(metricOf('theme.case.check')).toBeNull();
  expect(metricOf('recut')).toBe('person.resident');
  expect([metricOf('analyst'), metricOf(null)]).toEqual([null, null]);
});
