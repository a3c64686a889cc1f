import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Cube, packSums, readSums } from './brush';
import { buildBrushIndex, readBrush, readBrushes } from './brush-index';

const cubeOf = (rows: readonly (readonly number[])[]): Cube => ({
  metric: 'event.reported',
  active: 'day',
  codes: rows.map((_, i) => `d${i}`),
  charts: [
    {
      dimension: 'level',
      codes: (rows[0] ?? []).map((_, j) => `l${j}`),
      sums: packSums(Float64Array.from(rows.flat())),
    },
  ],
  asOf: '2026-03-02T04:00:00.000Z',
  snapshot: '1',
});

const indexFor = (cube: Cube, order?: readonly string[]) => {
  const [chart] = cube.charts;
  if (!chart) throw new Error('A cube without a chart.');
  return buildBrushIndex(cube, chart, order);
};

const matrix = (value: fc.Arbitrary<number>) =>
  fc
    .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 8 }))
    .chain(([n, m]) => fc.array(fc.array(value, { minLength: m, maxLength: m }), { minLength: n, maxLength: n }));

test('sums are read back as they were packed, whole, broken or withheld', () => {
  const value = fc.oneof(
    fc.nat(),
    fc.double({ noDefaultInfinity: true }).map((n) => n + 0),
    fc.constant(Number.NaN),
  );
  fc.assert(
    fc.property(fc.array(value), (values) => {
      const sums = Float64Array.from(values);
      expect(Array.from(readSums(packSums(sums)))).toEqual(Array.from(sums));
    }),
  );
  const many = Float64Array.from({ length: 100_000 }, (_, i) => i);
  expect(packSums(many).type).toBe('uint32');
  expect(Array.from(readSums(packSums(many)))).toEqual(Array.from(many));
  expect(
    [[255], [256], [65_536], [2 ** 32], [1, 0.5], [-1]].map((sums) => packSums(Float64Array.from(sums)).type),
  ).toEqual(['uint8', 'uint16', 'uint32', 'float64', 'float64', 'float64']);
});

test('a brush leaves the sum over its bins, empty, one, many or all', () => {
  fc.assert(
    fc.property(matrix(fc.nat({ max: 4_294_967_295 })), fc.nat({ max: 13 }), fc.nat({ max: 13 }), (rows, a, b) => {
      const [from, to] = [Math.min(a, b), Math.max(a, b)];
      const wanted = (rows[0] ?? []).map((_, j) => rows.slice(from, to).reduce((sum, row) => sum + (row[j] ?? 0), 0));
      expect(Array.from(readBrush(indexFor(cubeOf(rows)), { from, to }))).toEqual(wanted);
    }),
  );
});

test('a brush drawn past both ends is the whole, one drawn backwards is empty', () => {
  const index = indexFor(
    cubeOf([
      [1, 2],
      [3, 4],
    ]),
  );
  expect(Array.from(readBrush(index, { from: -3, to: 9 }))).toEqual([4, 6]);
  expect(Array.from(readBrush(index, { from: 2, to: 1 }))).toEqual([0, 0]);
});

test('a bin whose brush holds a withheld sum is told as nothing, the others as they are', () => {
  const index = indexFor(
    cubeOf([
      [1, 2],
      [Number.NaN, 3],
      [5, 0],
    ]),
  );
  expect(Array.from(readBrush(index, { from: 0, to: 1 }))).toEqual([1, 2]);
  expect(Array.from(readBrush(index, { from: 0, to: 3 }))).toEqual([Number.NaN, 5]);
  expect(Array.from(readBrush(index, { from: 2, to: 3 }))).toEqual([5, 0]);
});

test('bins are brushed in the order the chart shows them; one it lacks is left out, one without a row is zero', () => {
  const index = indexFor(cubeOf([[1], [10], [100]]), ['d2', 'd7', 'd0']);
  expect(Array.from(readBrush(index, { from: 0, to: 2 }))).toEqual([100]);
  expect(Array.from(readBrush(index, { from: 1, to: 3 }))).toEqual([1]);
  expect(Array.from(readBrush(index, { from: 0, to: 3 }))).toEqual([101]);
});

test('an array to write into is written over, not added to', () => {
  const index = indexFor(
    cubeOf([
      [1, 2],
      [3, 4],
    ]),
  );
  const into = Float64Array.of(9, 9);
  expect(readBrush(index, { from: 0, to: 1 }, into)).toBe(into);
  expect(Array.from(into)).toEqual([1, 2]);
});

test('a brush of several stretches leaves the sum of theirs, one of none nothing', () => {
  const index = indexFor(
    cubeOf([
      [1, 2],
      [Number.NaN, 3],
      [5, 0],
      [7, 1],
    ]),
  );
  const row = (from: number) => ({ from, to: from + 1 });
  expect(Array.from(readBrushes(index, []))).toEqual([0, 0]);
  expect(Array.from(readBrushes(index, [row(0), { from: 2, to: 4 }]))).toEqual([13, 3]);
  expect(Array.from(readBrushes(index, [row(3), row(1)]))).toEqual([Number.NaN, 4]);
});
