import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Ring } from './area-raster';
import type { Box } from './fit';
import { type AreaName, type PlacedName, placeNames } from './name-place';

const em = 20;
const bounds: Box = { left: 0, top: 0, right: 1000, bottom: 1000 };
const square = (left: number, top: number, side: number): Ring => [
  ...([
    [left, top],
    [left + side, top],
    [left + side, top + side],
    [left, top + side],
  ] as const),
];
const nameOf = (code: string, rings: Ring[], width = 50, height = 44): AreaName => ({
  ...{ code, rings, width, height, mostCost: Number.POSITIVE_INFINITY },
});
const boxOf = ({ x, y }: PlacedName, { width, height }: AreaName): Box => ({
  ...{ left: x - width / 2, top: y - height / 2, right: x + width / 2, bottom: y + height / 2 },
});
const meets = (a: Box, b: Box) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
const within = ({ x, y }: { x: number; y: number }, [[left, top] = [0, 0], , [right, bottom] = [0, 0]]: Ring) =>
  x > left && x < right && y > top && y < bottom;

/** A town of squares: small ones crowded in its middle, its edge towards the sea. */
const town = (n: number, side: number): AreaName[] =>
  Array.from({ length: n * n }, (_, i) =>
    nameOf(`c${i}`, [
      square(500 - (n * side) / 2 + (i % n) * side, 500 - (n * side) / 2 + Math.floor(i / n) * side, side),
    ]),
  );

const check = (names: AreaName[], marks: Box[], seams: Box[] = []) => {
  const placed = placeNames(names, { em, bounds, taken: marks, discs: [], lines: [], seams });
  const taken = [...marks, ...seams];
  const byCode = new Map(names.map((name) => [name.code, name]));
  const boxes = placed.map((spot) => boxOf(spot, byCode.get(spot.code) as AreaName));
  for (const [i, spot] of placed.entries()) {
    const box = boxes[i] as Box;
    const ring = byCode.get(spot.code)?.rings[0] as Ring;
    expect(boxes.filter((other, j) => j !== i && meets(box, other))).toEqual([]);
    expect(taken.filter((other) => meets(box, other))).toEqual([]);
    expect(box.left >= 0 && box.top >= 0 && box.right <= 1000 && box.bottom <= 1000).toBe(true);
    // either the name's middle lies in its own area, or a leader leads from within that area to the name
    expect(within(spot.leader ? spot.leader.from : spot, ring)).toBe(true);
  }
  return placed;
};

test('a name that would hide most of its area stands beside it, with a leader, where there is room', () => {
  const [small, low] = [square(500, 500, 50), { em, bounds, taken: [], discs: [], lines: [], seams: [] }];
  const wanted = { ...nameOf('small', [small]), mostCovered: 0.25 };
  const [beside] = placeNames([wanted], low);
  expect(beside?.leader).not.toBeNull();
  const narrow = { left: 495, top: 495, right: 555, bottom: 555 };
  expect(placeNames([wanted], { ...low, bounds: narrow })[0]?.leader).toBeNull();
});

test('a leader ends at the line of the name that is nearest', () => {
  const area = { ...nameOf('small', [square(500, 500, 24)], 200), lineWidths: [40, 200] };
  const [placed] = placeNames([area], { em, bounds, taken: [], discs: [], lines: [], seams: [] });
  const { x, y, leader } = placed as PlacedName;
  const isAtUpper = (leader?.to.y ?? 0) < y;
  expect(Math.abs((leader?.to.x ?? 0) - x)).toBeLessThanOrEqual((isAtUpper ? 20 : 100) + 0.1 * em);
});

test('a name stands in its area where it has room, and beside the land with a leader where it has not', () => {
  const [large, small] = [nameOf('large', [square(300, 300, 200)]), nameOf('small', [square(500, 300, 24)])];
  const placed = check([large, small], []);
  expect(placed.find(({ code }) => code === 'large')).toMatchObject({ leader: null });
  const led = placed.find(({ code }) => code === 'small') as PlacedName;
  expect(led.leader).not.toBeNull();
  expect(within(led, square(300, 300, 200))).toBe(false);
});

test('every one of 25 communities is named, however small, among marks and seams', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 16, max: 90 }),
      fc.array(fc.tuple(fc.integer({ min: 300, max: 700 }), fc.integer({ min: 300, max: 700 })), { maxLength: 20 }),
      fc.boolean(),
      (side, spots, hasSeam) => {
        const marks = spots.map(([x, y]) => ({ left: x - 16, top: y - 16, right: x + 16, bottom: y + 16 }));
        const seam = { left: 482, top: 0, right: 518, bottom: 1000 };
        const placed = check(town(5, side), marks, hasSeam ? [seam] : []);
        expect(placed).toHaveLength(25);
      },
    ),
    { numRuns: 25 },
  );
});

test('what may not be led to is left out where it has no room', () => {
  const names = [nameOf('large', [square(300, 300, 200)]), { ...nameOf('small', [square(500, 300, 24)]), mostCost: 0 }];
  expect(placeNames(names, { em, bounds, taken: [], discs: [], lines: [], seams: [] }).map(({ code }) => code)).toEqual(
    ['large'],
  );
});

test('a name whose best room costs more than its leader may is left out', () => {
  const names = [nameOf('large', [square(200, 200, 400)]), nameOf('small', [square(400, 400, 24)])];
  const named = (mostCost: number) =>
    placeNames(
      names.map((name) => ({ ...name, mostCost })),
      { em, bounds, taken: [{ left: 150, right: 650, top: 150, bottom: 650 }], discs: [], lines: [], seams: [] },
    ).map(({ code }) => code);
  expect(named(4)).toEqual([]);
  expect(named(Number.POSITIVE_INFINITY).toSorted()).toEqual(['large', 'small']);
});

test('only what is seen is named: an area is taken as far as it lies within the bounds, one beyond them not at all', () => {
  const names = [nameOf('across', [square(-5_000, -5_000, 5_400)]), nameOf('beyond', [square(4_000, 0, 500)])];
  const [across, ...more] = check(names, []);
  expect(more).toEqual([]);
  expect(across).toMatchObject({ code: 'across', leader: null });
});

test('beside its disc a name needs no leader, and never lies on it', () => {
  const disc = { x: 512, y: 312, radius: 20 };
  const box = { left: 492, right: 532, top: 292, bottom: 332 };
  const [name] = placeNames([{ ...nameOf('small', [square(500, 300, 24)]), disc }], {
    em,
    bounds,
    taken: [box],
    ...{ discs: [], lines: [], seams: [] },
  });
  expect(name?.leader).toBeNull();
  const gap = Math.max(Math.abs((name?.x ?? 0) - 512) - 25 - 20, Math.abs((name?.y ?? 0) - 312) - 22 - 20);
  expect(gap).toBeGreaterThanOrEqual(0);
  expect(gap).toBeLessThan(em);
});

test('a leader leads from where no mark covers its area, and goes round marks where it can', () => {
  const small = nameOf('small', [square(500, 300, 40)]);
  const [middle, right] = [
    { left: 510, top: 310, right: 545, bottom: 345 },
    { left: 545, top: 280, right: 600, bottom: 360 },
  ];
  const [name] = check([small], [middle, right]);
  const { from, to } = name?.leader ?? { from: { x: 0, y: 0 }, to: { x: 0, y: 0 } };
  const samples = Array.from({ length: 50 }, (_, i) => ({
    ...{ x: from.x + ((to.x - from.x) * i) / 49, y: from.y + ((to.y - from.y) * i) / 49 },
  }));
  const isOn = ({ x, y }: { x: number; y: number }) =>
    [middle, right].some((box) => x > box.left && x < box.right && y > box.top && y < box.bottom);
  expect(samples.some(isOn)).toBe(false);
});

test('a value stands beside its own dot and nearer to it than to any other, or nowhere', () => {
  const radius = 6;
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 100, max: 300 }), fc.integer({ min: 100, max: 300 })), { maxLength: 14 }),
      (spots) => {
        const discs = spots.map(([x, y]) => ({ x, y, radius }));
        const names = discs.map((disc, i) => ({ ...nameOf(`v${i}`, [], 46, 24), mostCost: 0, disc }));
        const taken = discs.map(({ x, y }) => ({
          ...{ left: x - radius, top: y - radius, right: x + radius, bottom: y + radius },
        }));
        const placed = placeNames(names, { em, bounds, taken, discs: [], lines: [], seams: [] });
        const farFrom = ({ x, y }: PlacedName, disc: { x: number; y: number }) =>
          Math.hypot(Math.max(Math.abs(x - disc.x) - 23, 0), Math.max(Math.abs(y - disc.y) - 12, 0)) - radius;
        for (const name of placed) {
          const [own, ...others] = discs
            .map((disc, i) => ({ isOwn: name.code === `v${i}`, far: farFrom(name, disc) }))
            .toSorted((a, b) => Number(b.isOwn) - Number(a.isOwn));
          expect(name.leader).toBeNull();
          expect(own?.far ?? 0).toBeLessThan(em / 2);
          for (const other of others) expect(other.far).toBeGreaterThan(own?.far ?? 0);
        }
        if (spots.length === 1) expect(placed).toHaveLength(1);
      },
    ),
    { numRuns: 30 },
  );
});

test('where it has no room in its area a name stands beside the mark of that, without a leader', () => {
  const [own, other] = [
    { x: 520, y: 320, radius: 16 },
    { x: 570, y: 320, radius: 16 },
  ];
  const taken = [own, other].map(({ x, y }) => ({ left: x - 16, top: y - 16, right: x + 16, bottom: y + 16 }));
  const names = [{ ...nameOf('small', [square(500, 300, 40)]), marks: [own] }];
  const [name] = placeNames(names, { em, bounds, taken, discs: [own, other], lines: [], seams: [] });
  const far = (disc: typeof own) =>
    Math.hypot(
      Math.max(Math.abs((name?.x ?? 0) - disc.x) - 25, 0),
      Math.max(Math.abs((name?.y ?? 0) - disc.y) - 22, 0),
    );
  expect(name?.leader).toBeNull();
  expect(far(own)).toBeLessThan(16 + em / 2);
  expect(far(other)).toBeGreaterThan(far(own));
});
