import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { LngLat } from './geo';
import { hexagonCenter, hexagonOf, hexagonRing } from './hexagon';

const mercator = ([lng, lat]: LngLat): LngLat => [
  lng,
  (Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) * 180) / Math.PI,
];
const distance = (a: LngLat, b: LngLat) => {
  const [[ax, ay], [bx, by]] = [mercator(a), mercator(b)];
  return Math.hypot(ax - bx, ay - by);
};
const place = fc.tuple(fc.double({ min: -179, max: 179, noNaN: true }), fc.double({ min: -70, max: 70, noNaN: true }));

it('a position lies in the hexagon whose centre is nearest', () => {
  fc.assert(
    fc.property(place, (position) => {
      const [q = 0, r = 0] = hexagonOf(position).split('_').map(Number);
      const own = distance(position, hexagonCenter(`${q}_${r}`));
      for (const [dq, dr] of [
        [1, 0],
        [0, 1],
        [-1, 1],
        [-1, 0],
        [0, -1],
        [1, -1],
      ] as const)
        expect(own).toBeLessThanOrEqual(distance(position, hexagonCenter(`${q + dq}_${r + dr}`)) + 1e-9);
    }),
  );
});

it('is about 500 m across, closed, and its centre lies in itself', () => {
  const code = hexagonOf([114.5, 22.6]);
  const ring = hexagonRing(code);
  expect(ring).toHaveLength(7);
  expect(ring[0]).toEqual(ring[6]);
  const lngs = ring.map(([lng]) => lng);
  const metres = (Math.max(...lngs) - Math.min(...lngs)) * 111_320 * Math.cos((22.6 * Math.PI) / 180);
  expect(metres).toBeGreaterThan(480);
  expect(metres).toBeLessThan(520);
  expect(hexagonOf(hexagonCenter(code))).toBe(code);
});
