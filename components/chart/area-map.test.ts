import type { Polygon } from 'geojson';
import { expect, test } from 'vitest';
import { discsOf, fitAreas, pathOf } from './area-map';

const square: Polygon = {
  type: 'Polygon',
  coordinates: [
    [
      [114, 60],
      [116, 60],
      [116, 61],
      [114, 61],
      [114, 60],
    ],
  ],
};

test('areas keep their proportions: at 60° north two degrees east are as long as one north', () => {
  const project = fitAreas([square], 400, 200);
  const [west, north] = project([114, 61]);
  const [east, south] = project([116, 60]);
  expect((east - west) / (south - north)).toBeCloseTo(1, 1);
  expect(north).toBeCloseTo(0);
  expect(south).toBeCloseTo(200);
  expect((west + east) / 2).toBeCloseTo(200);
  expect(pathOf(project, square)).toMatch(/^M[\d.]+ 200\.0L.*Z$/);
});

test('discs cover areas in the ratio of what they count, the largest below, none on a seam', () => {
  const counts = [9, 36, 4].map((value, i) => ({ code: `c${i}`, value, at: [100 * i, 50 + i] }));
  const seam = { left: 0, right: 400, top: 32, bottom: 68 };
  const discs = discsOf(counts, 20, ([x = 0, y = 0]) => [x, y], [seam]);
  expect(discs.map(({ code }) => code)).toEqual(['c1', 'c0', 'c2']);
  const [large, middle] = discs.map(({ radius }) => Math.PI * radius ** 2);
  expect((large ?? 0) / (middle ?? 1)).toBeCloseTo(4);
  for (const { y, radius } of discs) expect(y + radius <= 32 + 1e-9 || y - radius >= 68 - 1e-9).toBe(true);
});
