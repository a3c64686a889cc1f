import fc from 'fast-check';
import type { Polygon } from 'geojson';
import { expect, test } from 'vitest';
import type { LngLat } from '@/data/model/geo';
import { seamPx } from '../base/seams';
import { noSeams } from './map-seams';
import { drawNames, type NameInputs } from './name-drawing';
import { pixelsBetween, positionAt } from './pixels';

const zoom = 12;
const captionPx = 24;
const corner: LngLat = [114.3, 22.7];
const room: NameInputs['room'] = { bounds: [114.3, 22.4, 114.7, 22.7], covers: [] };

const squareAt = (lng: number, lat: number, side: number): Polygon => ({
  type: 'Polygon',
  coordinates: [
    [
      [lng, lat],
      [lng + side, lat],
      [lng + side, lat + side],
      [lng, lat + side],
      [lng, lat],
    ],
  ],
});
/** Five by five communities in the middle of the map. */
const names = (side: number, isTold: boolean): NameInputs['names'] =>
  Array.from({ length: 25 }, (_, i) => ({
    ...{ code: `c${i}`, name: '南隆', value: '94.5%', isTold },
    area: squareAt(114.45 + (i % 5) * side, 22.52 + Math.floor(i / 5) * side, side),
  }));
const contextOf = (seams = noSeams) => ({ captionPx, zoom, seams, palette: () => '#102030', theme: 'dark' as const });

test('a position is found again by the px that lead to it', () => {
  const far = positionAt(corner, [1234, -567], zoom);
  const [right, down] = pixelsBetween(corner, far, zoom);
  expect([right, down].map(Math.round)).toEqual([1234, -567]);
});

test('all 25 communities are named on the map, off its seams and the marks, whatever their size', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.006, max: 0.02, noNaN: true }),
      fc.double({ min: 114.44, max: 114.56, noNaN: true }),
      fc.double({ min: 22.5, max: 22.62, noNaN: true }),
      (side, lng, lat) => {
        const mark = { position: [114.5, 22.56] as LngLat, shift: [0, -10] as [number, number], size: 40 };
        const inputs = { names: names(side, true), pointWords: [], ways: [], marks: [mark] as never, room };
        const { drawing, boxes } = drawNames(inputs, contextOf({ lng: [lng], lat: [lat] }));
        expect(drawing.sources?.['area-name']).toMatchObject({ data: { features: { length: 25 } } });
        const [seamX] = pixelsBetween(corner, [lng, 22.5], zoom);
        const [, seamY] = pixelsBetween(corner, [114.5, lat], zoom);
        const [markX, markY] = pixelsBetween(corner, mark.position, zoom);
        for (const { at, width, height } of boxes) {
          const [x, y] = pixelsBetween(corner, at, zoom);
          expect(Math.abs(x - seamX)).toBeGreaterThanOrEqual(width / 2 + seamPx - 1e-3);
          expect(Math.abs(y - seamY)).toBeGreaterThanOrEqual(height / 2 + seamPx - 1e-3);
          expect(Math.abs(x - markX) > width / 2 + 18 || Math.abs(y - markY + 10) > height / 2 + 18).toBe(true);
        }
      },
    ),
    { numRuns: 20 },
  );
});

test('among marks a name that is not exceptional is left out rather than led to across them', () => {
  const named = (isTold: boolean, marks: readonly object[]) =>
    drawNames({ names: names(0.003, isTold), pointWords: [], ways: [], marks: marks as never, room }, contextOf()).boxes
      .length;
  const mark = { position: [114.457, 22.527] as LngLat, shift: [0, 0], size: 520 };
  expect(named(false, [])).toBe(25);
  expect(named(true, [mark])).toBe(25);
  expect(named(false, [mark])).toBeLessThan(25);
});

test('a name that nothing is wrong with is left out rather than led to across others', () => {
  const named = (need: number) => {
    const wanted = names(0.003, false).map((words) => ({ ...words, need }));
    return drawNames({ names: wanted, pointWords: [], ways: [], marks: [], room }, contextOf()).boxes.length;
  };
  expect(named(1)).toBe(25);
  expect(named(0)).toBeLessThan(25);
});

test('of many communities those that stand out alone are led to', () => {
  const many = Array.from({ length: 41 }, (_, i) => ({
    ...{ code: `c${i}`, name: '南隆', value: '', isTold: i === 0 },
    area: squareAt(114.45 + i * 0.002, 22.55, 0.001),
  }));
  const { boxes } = drawNames({ names: many, pointWords: [], ways: [], marks: [], room }, contextOf());
  expect(boxes).toHaveLength(1);
});
