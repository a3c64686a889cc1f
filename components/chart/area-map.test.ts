import type { Polygon } from 'geojson';
import { expect, test } from 'vitest';
import { fitAreas, pathOf } from './area-map';

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
