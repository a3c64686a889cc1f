import fc from 'fast-check';
import { expect, it } from 'vitest';
import { codeAt, idAt, orderPoints, packPoints, positionOf, readPoints, rowOf } from './points';

const row = fc.record({
  id: fc.oneof(fc.string(), fc.stringMatching(/^en\d{6}(-\d)?$/)),
  lng: fc.double({ min: -180, max: 180, noNaN: true }),
  lat: fc.double({ min: -85, max: 85, noNaN: true }),
  codes: fc.record({ kind: fc.constantFrom('a', 'b', '其他'), day: fc.integer({ min: 0, max: 65_535 }) }),
});

it('reads back what was packed, to the metre, in the order of the curve', () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 60 }), (rows) => {
      const ordered = orderPoints(rows);
      expect(ordered.map(({ id }) => id).sort()).toEqual(rows.map(({ id }) => id).sort());
      const points = readPoints(packPoints(ordered, ['kind', 'day'], true).slice().buffer);
      expect(points.n).toBe(rows.length);
      for (const [i, { id, lng, lat, codes }] of ordered.entries()) {
        expect(idAt(points, i)).toBe(id);
        expect(ordered[rowOf(points, id)]?.id).toBe(id);
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

it('tells no id where none is packed', () => {
  const points = readPoints(packPoints([{ id: 'en1', lng: 1, lat: 2, codes: {} }], [], false).slice().buffer);
  expect([idAt(points, 0), rowOf(points, 'en1')]).toEqual([null, -1]);
});
