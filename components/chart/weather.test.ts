import { describe, expect, test } from 'vitest';
import type { WeatherHour } from '@/data/model/weather';
import { gustLevel, rainLevel, weatherOption } from './weather';

const theme = { color: (token: string) => token, px: () => 10, font: 'f' };
const words = {
  clock: (at: string) => at.slice(11, 16),
  limit: (mm: number) => `${mm} mm`,
  gale: 'gale',
  rainUnit: 'mm',
  gustUnit: 'm/s',
};

const both = ['rain', 'wind'] as const;

const hour = (n: number, maxRainMm: number, maxRain3Mm: number, maxGustMps = 8): WeatherHour => ({
  ...{ startsAt: `2026-11-22T${String(n).padStart(2, '0')}:00:00Z`, nStations: 2, meanRainMm: maxRainMm / 2 },
  ...{ maxRainMm, maxRain3Mm, maxGustMps },
});

type Drawn = {
  yAxis: { name: string; min: number; max: number; interval: number }[];
  series: {
    type: string;
    data: { value: number; itemStyle: { color: string } }[];
    markLine?: { data: { yAxis: number }[] };
  }[];
};
const colours = (series: Drawn['series'][number] | undefined) => series?.data.map(({ itemStyle }) => itemStyle.color);
const draw = (hours: WeatherHour[]) =>
  weatherOption(hours, both, words)(theme, { width: 400, height: 200 }) as unknown as Drawn;

test.each([
  [0, null],
  [49.9, null],
  [50, 2],
  [99.9, 2],
  [100, 1],
])('%d mm in three hours is level %s', (mm, level) => {
  expect(rainLevel(mm)).toBe(level);
});

describe('rain and gusts of hours', () => {
  test('far from a limit nothing is coloured and no limit flattens the bars', () => {
    const { yAxis, series } = draw([hour(1, 2, 2), hour(2, 0.5, 2.5)]);
    expect(colours(series[0])).toEqual(['text-3', 'text-3']);
    expect(series[0]?.data.map(({ value }) => value)).toEqual([2, 2.5]);
    expect(series[0]?.markLine?.data).toEqual([]);
    expect(yAxis.map(({ min }) => min)).toEqual([0, 0]);
    expect(yAxis.map(({ name }) => name)).toEqual(['mm', 'm/s']);
    expect(yAxis[0]?.max).toBeLessThan(10);
  });

  test('near a limit it is drawn inside the axis; beyond it the bar has the hue of the level', () => {
    const { yAxis, series } = draw([hour(1, 20, 20), hour(2, 35, 55), hour(3, 10, 65)]);
    expect(series[0]?.markLine?.data.map((line) => line.yAxis)).toEqual([50, 100]);
    expect(yAxis[0]?.max).toBeGreaterThanOrEqual(100);
    expect(colours(series[0])).toEqual(['text-3', 'alert-2', 'alert-2']);
  });

  test('an hour whose gusts passed the gale line has the hue of it, no other', () => {
    expect(colours(draw([hour(1, 0, 0, 13.8), hour(2, 0, 0, 13.9)]).series[1])).toEqual(['text-2', 'alert-4']);
  });

  test('the line of a gale always lies inside the axis of the gusts', () => {
    expect(draw([hour(1, 0, 0, 3)]).yAxis[1]?.max).toBeGreaterThan(13.9);
    expect(draw([hour(1, 0, 0, 38)]).yAxis[1]?.max).toBeGreaterThan(38);
  });
});

test('a gust calls for the gale warning from its limit on, not below', () => {
  expect([0, 13.8, 13.9, 18.6].map(gustLevel)).toEqual([null, null, 4, 4]);
});

test.each([
  [300, 'gale'],
  [80, ''],
])('at a height of %d the gale line is called "%s": words never lie on the hours', (height, called) => {
  const { series } = weatherOption([hour(8, 1, 2, 15)], both, words)(theme as never, { width: 400, height });
  const lines = (series as { markLine: { data: { yAxis: number; label: { formatter: string } }[] } }[]).flatMap(
    ({ markLine }) => markLine.data,
  );
  expect(lines.find(({ yAxis }) => yAxis === 13.9)?.label.formatter).toBe(called);
});

test.each([150, 90])('at a height of %d neither plot is flat, and both lie inside', (height) => {
  const drawn = weatherOption([hour(8, 1, 2, 15)], both, words)(theme, { width: 400, height }) as unknown as {
    grid: { top: number; height: number }[];
  };
  const [rain, wind] = drawn.grid;
  expect(rain?.height).toBeGreaterThan(10);
  expect(wind?.height).toBe(rain?.height);
  expect((wind?.top ?? 0) + (wind?.height ?? 0)).toBeLessThan(height);
});

test.each([
  ['wind', 'line', 'm/s'],
  ['rain', 'bar', 'mm'],
] as const)('%s alone has one plot, its own unit and the hours below it', (plot, type, unit) => {
  const drawn = weatherOption([hour(8, 1, 2, 15)], [plot], words)(theme, { width: 400, height: 70 });
  const { series, yAxis, grid, xAxis } = drawn as unknown as Drawn & {
    grid: { top: number; height: number }[];
    xAxis: { axisLabel: { show?: boolean } }[];
  };
  expect(series).toMatchObject([{ type, xAxisIndex: 0, yAxisIndex: 0 }]);
  expect(yAxis.map(({ name }) => name)).toEqual([unit]);
  expect(xAxis.map(({ axisLabel }) => axisLabel.show)).toEqual([undefined]);
  expect((grid[0]?.top ?? 0) + (grid[0]?.height ?? 0)).toBeLessThan(70);
});

test('a low plot of rain tells the ends of its axis alone', () => {
  const stepOf = (height: number) => {
    const [rain] = (weatherOption([hour(8, 1, 8)], both, words)(theme, { width: 400, height }) as unknown as Drawn)
      .yAxis;
    return rain && rain.max / rain.interval;
  };
  expect([300, 90].map(stepOf)).toEqual([2, 1]);
});
