import fc from 'fast-check';
import { expect, it } from 'vitest';
import { codeAt, orderPoints, packPoints, positionOf, readPoints } from './points';

const row = fc.record({
  id: fc.string(),
  lng: fc.double({ min: -180, max: 180, noNaN: true }),
  lat: fc.double({ min: -85, max: 85, noNaN: true }),
  codes: fc.record({ kind: fc.constantFrom('a', 'b', '其他'), day: fc.integer({ min: 0, max: 65_535 }) }),
});

it('reads back what was packed, to the metre, in the order of the curve', () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 60 }), (rows) => {
      const ordered = orderPoints(rows);
      expect(ordered.map(({ id }) => id).sort()).toEqual(rows.map(({ id }) => id).sort());
      const points = readPoints(packPoints(ordered, ['kind', 'day']).slice().buffer);
      expect(points.n).toBe(rows.length);
      for (const [i, { lng, lat, codes }] of ordered.entries()) {
        const [readLng, readLat] = positionOf(points, i);
        expect(Math.abs(readLng - lng)).toBeLessThan(1e-5);
        expect(Math.abs(readLat - lat)).toBeLessThan(1e-5);
        expect(codeAt(points, 'kind', i)).toBe(codes.kind);
        expect(codeAt(points, 'day', i)).toBe(codes.day);
        expect(codeAt(points, 'other', i)).toBeNull();
      }
    }),
  );
});
