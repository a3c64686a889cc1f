import { describe, expect, test } from 'vitest';
import type { Area } from '@/data/model/geo';
import { isInArea } from '../division/locate';
import { coveredPaths, labelPoint } from './rules';

const areas = (...paths: (string | null)[]) => paths.map((path) => ({ path }));

describe('territory of a warning', () => {
  test.each([
    ['none twice', ['/T/T1/', '/T/T1/', '/T/T1/T11/'], '/T/', ['/T/T1/']],
    ['none beyond the border', ['/T/', '/T/T2/'], '/T/T1/', ['/T/T1/']],
    ['several apart', ['/T/T2/', '/T/T1/T11/', null], '/T/', ['/T/T1/T11/', '/T/T2/']],
    ['none of the sea', [null], '/T/', []],
  ])('covers %s', (_, paths, own, wanted) => {
    expect(coveredPaths(areas(...paths), own)).toEqual(wanted);
  });

  test('a label stands inside, away from the edges, also where the middle is not inside', () => {
    const square = (x: number, y: number, size: number): [number, number][] => [
      [x, y],
      [x + size, y],
      [x + size, y + size],
      [x, y + size],
      [x, y],
    ];
    const [x, y] = labelPoint({ type: 'Polygon', coordinates: [square(0, 0, 16)] });
    expect([x, y].every((value) => Math.abs(value - 8) <= 1)).toBe(true);
    const around: Area = { type: 'Polygon', coordinates: [square(0, 0, 16), square(3, 3, 10)] };
    expect(isInArea(around, labelPoint(around))).toBe(true);
  });
});
