import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fairRank, hasTellingRange, isCountApart, leastRanked, type Trial, wilson } from './fair-rank';

const trials = fc
  .array(
    fc
      .tuple(fc.integer({ min: 1, max: 400 }), fc.double({ min: 0, max: 1, noNaN: true }))
      .map(([n, p]) => ({ n, x: Math.round(n * p) })),
    { minLength: 1, maxLength: 25 },
  )
  .map((rows): Trial[] => rows.map((row, i) => ({ ...row, code: `c${String(i).padStart(2, '0')}` })));
const models = fc.constantFrom('share' as const, 'perHead' as const);
const ends = fc.constantFrom('high' as const, 'low' as const);

test('counts are apart where chance would seldom bring them so far: few ones hardly ever, and both ways alike', () => {
  expect(isCountApart(28, 20)).toBe(false);
  expect(isCountApart(280, 200)).toBe(true);
  expect(isCountApart(0, 0)).toBe(false);
  fc.assert(
    fc.property(fc.nat(5_000), fc.nat(5_000), (a, b) => {
      expect(isCountApart(a, b)).toBe(isCountApart(b, a));
      expect(isCountApart(a, a)).toBe(false);
      if (isCountApart(a, b)) expect(isCountApart(10 * a, 10 * b)).toBe(true);
    }),
  );
});

describe('fair ranking', () => {
  test('a place lies among the places that chance leaves open', () => {
    fc.assert(
      fc.property(trials, models, ends, (rows, model, best) => {
        const ranked = fairRank(rows, model, best).flatMap(({ place }) => place ?? []);
        for (const { place, first, last } of ranked) {
          expect(first).toBeLessThanOrEqual(place);
          expect(place).toBeLessThanOrEqual(last);
          expect(last).toBeLessThanOrEqual(ranked.length);
        }
        if (ranked.length > 0) expect(Math.min(...ranked.map(({ place }) => place))).toBe(1);
      }),
    );
  });
  test('one case is never at the top, however good; nor is any below the least number', () => {
    fc.assert(
      fc.property(trials, models, ends, (rows, model, best) => {
        const lucky = [0, 1].map((x) => ({ code: `z${x}`, x, n: 1 }));
        for (const { code, place } of fairRank([...rows, ...lucky], model, best))
          if (code.startsWith('z') || (rows.find((row) => row.code === code)?.n ?? 0) < leastRanked)
            expect(place).toBeNull();
      }),
    );
  });
  test('identical areas tie', () => {
    fc.assert(
      fc.property(trials, models, (rows, model) => {
        const twin = { ...(rows[0] as Trial), code: 'twin' };
        const ranked = new Map(fairRank([...rows, twin], model).map((row) => [row.code, row]));
        expect({ ...ranked.get('twin'), code: 'c00' }).toEqual(ranked.get('c00'));
      }),
    );
  });
  test('the order of the rows has no effect', () => {
    fc.assert(
      fc.property(trials, models, ends, fc.infiniteStream(fc.nat()), (rows, model, best, stream) => {
        const shuffled = rows.map((row) => ({ row, key: stream.next().value })).sort((a, b) => a.key - b.key);
        expect(
          fairRank(
            shuffled.map(({ row }) => row),
            model,
            best,
          ),
        ).toEqual(fairRank(rows, model, best));
      }),
    );
  });
  test('more cases at the same rate narrow its interval', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 2, max: 9 }), fc.nat(60), (n, more, k) => {
        const x = Math.min(k, n);
        const [few, many] = [wilson({ x, n }), wilson({ x: x * more, n: n * more })];
        expect(many.high - many.low).toBeLessThan(few.high - few.low);
      }),
    );
  });
  test('a lucky few are drawn to the rest: 11 of 11 stand behind 980 of 1000', () => {
    const rows = [
      { code: 'few', x: 11, n: 11 },
      { code: 'many', x: 980, n: 1000 },
      { code: 'poor', x: 700, n: 1000 },
      { code: 'middle', x: 850, n: 1000 },
    ];
    const places = fairRank(rows, 'share').map(({ code, place }) => [code, place?.place, place?.first, place?.last]);
    expect(places).toEqual([
      ['few', 2, 1, 3],
      ['many', 1, 1, 2],
      ['middle', 3, 2, 3],
      ['poor', 4, 4, 4],
    ]);
  });
  test('rates that differ by no more than chance share the first place', () => {
    const rows = [9, 10, 11].map((x, i) => ({ code: `c${i}`, x, n: 20 }));
    expect(fairRank(rows, 'share').map(({ place }) => place)).toEqual(
      Array(3).fill({ place: 1, first: 1, last: 3, isOpen: true }),
    );
  });
  test('a place is open where chance leaves more than half of all to it, and no range is told of it', () => {
    fc.assert(
      fc.property(trials, models, ends, (rows, model, best) => {
        const ranked = fairRank(rows, model, best).flatMap(({ place }) => place ?? []);
        for (const place of ranked) {
          const nPlaces = place.last - place.first + 1;
          expect(place.isOpen).toBe(nPlaces > 1 && nPlaces > ranked.length / 2);
          expect(hasTellingRange(place)).toBe(nPlaces > 1 && nPlaces <= ranked.length / 2);
        }
      }),
    );
    expect(hasTellingRange(null)).toBe(false);
    // one far behind, four that chance cannot tell apart
    const rows = [40, 90, 91, 92, 93].map((x, i) => ({ code: `c${i}`, x, n: 100 }));
    const found = fairRank(rows, 'share').map(({ place }) => [place?.first, place?.last, place?.isOpen]);
    expect(found).toEqual([[5, 5, false], ...Array(4).fill([1, 4, true])]);
  });
});
