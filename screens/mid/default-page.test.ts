import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { layers } from '@/components/layers';
import { metricByKey } from '@/data/metrics';
import { defaultPages } from '@/data/model/default-page';
import { deskPageOf } from '@/data/model/desk-page';

const listed: { code: string; rank: string }[] = parse(readFileSync('data/dictionaries/six-level.csv', 'utf8'), {
  columns: true,
});

test('each of the six levels has its page, of pages, metrics and layers there are', () => {
  expect(Object.keys(defaultPages)).toEqual(listed.map(({ code }) => code));
  const known = new Set(layers.map(({ key }) => key));
  for (const [level, { screen, view }] of Object.entries(defaultPages)) {
    expect([level, screen]).toEqual([level, 'mid']);
    const { page, split } = deskPageOf({ page: view.page ?? null });
    expect([level, [page, ...split].join('.')]).toEqual([level, view.page]);
    const metric = metricByKey.get(view.metric ?? '');
    expect(metric?.key).toBe(view.metric);
    expect(split.filter((dimension) => !metric?.dimensions.includes(dimension))).toEqual([]);
    expect((view.layers ?? []).filter((key) => !known.has(key))).toEqual([]);
  }
});

test('macro trend above, hand-over in the district, whistles in the sub-district, upkeep below', () => {
  const pages = Object.entries(defaultPages).map(([level, { view }]) => [
    level,
    deskPageOf({ page: view.page ?? null }).page,
  ]);
  expect(Object.fromEntries(pages)).toEqual({
    province: 'explorer',
    city: 'explorer',
    district: 'desk',
    subdistrict: 'desk',
    community: 'analyst',
    grid: 'analyst',
  });
});
