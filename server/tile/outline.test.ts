import { area, polygon } from '@turf/turf';
import { describe, expect, it } from 'vitest';
import type { LngLat } from '@/data/model/geo';
import { borderCollection, type Outline, outlineCollection, roundGeometry } from './outline';

const side = 0.01;

/** Four squares of a 2 × 2 board; the wavy middle line is shared by the left and the right ones. */
const wave = (row: number): LngLat[] =>
  Array.from({ length: 201 }, (_, i): LngLat => [side + 2e-6 * Math.sin(i * 0.41 * Math.PI), (row + i / 200) * side]);

const squareOf = (code: string, column: number, row: number): Outline => {
  const middle = wave(row);
  const [low, high] = [row * side, (row + 1) * side];
  const outer: LngLat[] =
    column === 0 ? [[0, low], ...middle, [0, high]] : [...middle.toReversed(), [2 * side, low], [2 * side, high]];
  const ring: LngLat[] = [...outer, outer[0] ?? [0, 0]];
  return {
    code,
    name: code,
    nameEn: code,
    center: null,
    geometry: { type: 'Polygon', coordinates: [ring] },
  };
};

const grids = [squareOf('G1', 0, 0), squareOf('G2', 1, 0), squareOf('G3', 0, 1), squareOf('G4', 1, 1)];
const divisions = new Map([
  ['R', { path: '/R/', level: 3 }],
  ['S1', { path: '/R/S1/', level: 4 }],
  ['S2', { path: '/R/S2/', level: 4 }],
  ['C1', { path: '/R/S1/C1/', level: 5 }],
  ['C2', { path: '/R/S1/C2/', level: 5 }],
  ['C3', { path: '/R/S2/C3/', level: 5 }],
  ['G1', { path: '/R/S1/C1/G1/', level: 6 }],
  ['G2', { path: '/R/S1/C2/G2/', level: 6 }],
  ['G3', { path: '/R/S2/C3/G3/', level: 6 }],
  ['G4', { path: '/R/S2/C3/G4/', level: 6 }],
]);

describe('outlines', () => {
  it('are thinned together: neighbours keep one line, and the area they cover stays', () => {
    const { features } = outlineCollection(grids, 'grid');
    const corners = features.flatMap(({ geometry }) => geometry.coordinates.flat(2)).length;
    expect(corners).toBeLessThan(grids.flatMap(({ geometry }) => geometry?.coordinates.flat(2) ?? []).length / 4);
    const whole = area(
      polygon([
        [
          [0, 0],
          [2 * side, 0],
          [2 * side, 2 * side],
          [0, 2 * side],
          [0, 0],
        ],
      ]),
    );
    const sum = features.reduce((total, feature) => total + area(feature), 0);
    expect(Math.abs(sum / whole - 1)).toBeLessThan(1e-3);
  });

  it('leave out divisions that have none', () => {
    expect(outlineCollection([...grids, { ...squareOf('G5', 0, 0), geometry: null }], 'grid').features).toHaveLength(4);
  });

  it('give coordinates of five decimals', () => {
    const { coordinates } = roundGeometry({
      type: 'LineString',
      coordinates: [
        [114.123456789, 22.1],
        [114.2, 22.2],
      ],
    });
    expect(coordinates).toEqual([
      [114.12346, 22.1],
      [114.2, 22.2],
    ]);
  });
});

describe('borders', () => {
  it('stand once each, at the highest rank they have', () => {
    const { features } = borderCollection(grids, 'grid', divisions);
    const lengthOf = (rank: number) =>
      features
        .filter(({ properties }) => properties.rank === rank)
        .flatMap(({ geometry }) => geometry.coordinates)
        .reduce(
          (sum, line) =>
            sum +
            line.slice(1).reduce((part, [x = 0, y = 0], i) => {
              const [fromX = 0, fromY = 0] = line[i] ?? [];
              return part + Math.hypot(x - fromX, y - fromY);
            }, 0),
          0,
        ) / side;
    expect(lengthOf(1)).toBeCloseTo(8, 1);
    expect(lengthOf(2)).toBeCloseTo(2, 1);
    expect(lengthOf(3)).toBeCloseTo(1, 1);
    expect(lengthOf(4)).toBeCloseTo(1, 1);
  });

  it('are empty where no level has outlines', () => {
    expect(borderCollection([], 'grid', divisions).features).toEqual([]);
  });
});
