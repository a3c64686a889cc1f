import { expect, test } from 'vitest';
import type { Cell } from '@/data/model/answer';
import type { ChartTheme } from './chart';
import { explore } from './explore';
import { type ExploreDrawing, exploreOption } from './explore-option';

const theme: ChartTheme = { color: (token) => token, px: () => 13, font: 'Inter' };
const words = {
  ...{ category: (code: string) => code, series: (code: string) => code || 'value', value: String },
  ...{ cut: 'partial', moving: 'mean', band: 'normal' },
};
const cell = (month: string, value: number): Cell => ({
  ...{ at: { month }, value, numerator: value, denominator: 1, n: value },
});
const cells = [cell('2026-08', 40), cell('2026-09', 120), cell('2026-10', 130), cell('2026-11', 70)];
const drawn = (kind: ExploreDrawing['kind'], cut: string[]) => {
  const drawing = { kind, drawn: 'value' as const, hasMoving: false, odd: [], cut: new Set(cut) };
  return exploreOption(explore(cells, ['month']), drawing, words, theme) as unknown as {
    series: { data: unknown[]; lineStyle?: { type?: unknown } }[];
    tooltip: { formatter: (items: { dataIndex: number }[]) => string };
  };
};

test('a line over buckets cut off is dashed there, its points hollow, and the whole ones stay a line', () => {
  const { series, tooltip } = drawn('line', ['2026-08', '2026-11']);
  expect(series.map(({ data }) => data)).toEqual([
    [null, 120, 130, null],
    [40, 120, 130, 70].map((value, i) => ({ value, symbolSize: i === 0 || i === 3 ? 7 : 0 })),
  ]);
  expect(series[1]?.lineStyle?.type).toEqual([3, 4]);
  expect(tooltip.formatter([{ dataIndex: 0 }])).toBe('2026-08 · partial<br>value 40');
  expect(tooltip.formatter([{ dataIndex: 1 }])).toBe('2026-09<br>value 120');
  expect(drawn('line', []).series).toHaveLength(1);
});

test('a bar of a bucket cut off is its outline alone', () => {
  const { series } = drawn('bar', ['2026-11']);
  expect(series[0]?.data.slice(0, 3)).toEqual([40, 120, 130]);
  expect(series[0]?.data[3]).toMatchObject({ value: 70, itemStyle: { color: 'transparent', borderColor: 'text-2' } });
});
