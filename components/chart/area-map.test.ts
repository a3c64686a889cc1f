import type { Polygon } from 'geojson';
import { expect, test } from 'vitest';
import { clearLabels, fitAreas, pathOf } from './area-map';

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

test('labels keep clear of graver ones, of seams and of the edge', () => {
  const at = (code: string, x: number, y: number) => ({ code, x, y, width: 40, height: 20 });
  const labels = [
    at('first', 50, 50),
    at('over', 70, 55),
    at('seam', 150, 90),
    at('edge', 195, 40),
    at('free', 150, 50),
  ];
  const seam = { left: 0, right: 200, top: 84, bottom: 116 };
  expect(clearLabels(labels, { width: 200, height: 200 }, [seam]).map(({ code }) => code)).toEqual(['first', 'free']);
});

test('a label on a seam steps just clear of it, to where nothing else stands, or is left out', () => {
  const label = (code: string, y: number) => ({ code, x: 50, y, width: 40, height: 100 });
  const seam = { left: 0, right: 200, top: 282, bottom: 318 };
  const placed = (...labels: ReturnType<typeof label>[]) =>
    clearLabels(labels, { width: 200, height: 600 }, [seam]).map(({ code, y }) => [code, y]);
  expect(placed(label('above', 295))).toEqual([['above', 232]]);
  expect(placed(label('below', 305))).toEqual([['below', 368]]);
  expect(placed(label('there', 230), label('other', 299))).toEqual([
    ['there', 230],
    ['other', 368],
  ]);
  expect(placed(label('there', 230), label('below', 370), label('none', 300))).toEqual([
    ['there', 230],
    ['below', 370],
  ]);
});
