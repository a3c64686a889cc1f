import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EventRow } from '@/data/model/event';
import { seamPx } from '../base/seams';
import { type EventMark, indexEvents, isDrawn, isMarkLed, placeMarks, singleMark, sumByDivision } from './event-mark';
import { noSeams } from './map-seams';

const rowOf = (i: number, level: number, lng: number, lat: number, isClosed: boolean): EventRow => ({
  id: `E${i}`,
  version: 1,
  number: `${i}`,
  title: '',
  category: '',
  categoryL1: '',
  level: level as EventRow['level'],
  source: '',
  status: isClosed ? 'S70' : 'S40',
  stage: isClosed ? 'closed' : 'handle',
  position: i % 17 === 0 ? null : [lng, lat],
  address: null,
  subdistrict: null,
  community: `C${i % 4}`,
  grid: null,
  block: null,
  building: null,
  department: null,
  reportedAt: '2026-11-22T00:00:00Z',
  dueAt: null,
  closedAt: null,
  stageAt: '2026-11-22T00:00:00Z',
});

const rows = fc
  .array(
    fc.tuple(
      fc.integer({ min: 1, max: 4 }),
      fc.double({ min: 114.33, max: 114.62, noNaN: true }),
      fc.double({ min: 22.44, max: 22.67, noNaN: true }),
      fc.boolean(),
    ),
    { maxLength: 300 },
  )
  .map((tuples) => tuples.map(([level, lng, lat, isClosed], i) => rowOf(i, level, lng, lat, isClosed)));

const total = (marks: EventMark[]) => marks.reduce((sum, { count }) => sum + count, 0);
/** What the marks of each level count together. */
const byLevel = (marks: { level: number; count: number }[]) =>
  [1, 2, 3, 4].map((level) => marks.filter((mark) => mark.level === level).reduce((sum, { count }) => sum + count, 0));

describe('event marks', () => {
  it.each([
    [2, 40, false],
    [2, 60, true],
    [4, 60, false],
    [4, 120, true],
  ])('of level %d that stand %d %% of their size aside are led to their place: %s', (level, aside, isLed) => {
    const mark = { ...singleMark(rowOf(1, level, 114.5, 22.6, false), [114.5, 22.6]), size: 100 };
    expect(isMarkLed({ ...mark, shift: [aside, 0] })).toBe(isLed);
  });

  it('lose and double nothing at any zoom, count each level by itself, and keep Ⅰ and Ⅱ alone', () => {
    fc.assert(
      fc.property(rows, fc.integer({ min: 8, max: 20 }), (events, zoom) => {
        const marks = indexEvents(events, 40)(zoom);
        const drawn = events.filter(isDrawn);
        expect(total(marks)).toBe(drawn.length);
        expect(byLevel(marks)).toEqual(byLevel(drawn.map(({ level }) => ({ level, count: 1 }))));
        const alone = drawn.filter(({ level }) => level <= 2);
        expect(marks.filter(({ level, count }) => level <= 2 && count === 1)).toHaveLength(alone.length);
      }),
      { numRuns: 60 },
    );
  });

  it('sum up by division and level to the very same events', () => {
    const centers = new Map<string, [number, number]>([
      ['C0', [114.4, 22.6]],
      ['C1', [114.5, 22.6]],
      ['C2', [114.5, 22.5]],
    ]);
    fc.assert(
      fc.property(rows, (events) => {
        const marks = sumByDivision(events, (row) => row.community, centers);
        const drawn = events.filter(isDrawn);
        expect(byLevel(marks)).toEqual(byLevel(drawn.map(({ level }) => ({ level, count: 1 }))));
        for (const mark of marks.filter(({ division }) => division !== null)) {
          const own = drawn.filter(({ community, level }) => community === mark.division && level === mark.level);
          expect(mark.level).toBeGreaterThan(2);
          expect(mark.count).toBe(own.length);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('step aside until none covers another, the gravest staying where it is', () => {
    const crowd = Array.from({ length: 14 }, (_, i) =>
      rowOf(i + 1, 1 + (i % 4), 114.5 + (i % 3) * 2e-4, 22.6 + (i % 5) * 2e-4, false),
    );
    const zoom = 12;
    const size = 24;
    const marks = placeMarks(indexEvents(crowd, 0)(20), zoom, () => size, 0, { seams: noSeams, covers: [] });
    const world = 512 * 2 ** zoom;
    const y = (lat: number) => -Math.asinh(Math.tan((lat * Math.PI) / 180)) / (2 * Math.PI);
    const spots = marks.map(({ position: [lng, lat], shift }) => [
      (lng / 360) * world + shift[0],
      y(lat) * world + shift[1],
    ]);
    const gaps = spots.flatMap(([x = 0, top = 0], i) =>
      spots.slice(i + 1).map(([otherX = 0, otherTop = 0]) => Math.hypot(x - otherX, top - otherTop)),
    );
    expect(marks).toHaveLength(crowd.length);
    expect(Math.min(...gaps)).toBeGreaterThan(size * 0.9);
    expect(marks[0]).toMatchObject({ level: 1, shift: [0, 0] });
    const fromGravest = spots
      .slice(1)
      .map(([x = 0, top = 0]) => Math.hypot(x - (spots[0]?.[0] ?? 0), top - (spots[0]?.[1] ?? 0)));
    // room for a ring round it
    expect(Math.min(...fromGravest)).toBeGreaterThanOrEqual((size * (1.5 + 0.92)) / 2 - 1e-6);
  });

  it('none stands on a seam of the wall, the gravest neither', () => {
    const crowd = Array.from({ length: 9 }, (_, i) =>
      rowOf(i + 1, 1 + (i % 4), 114.5 + (i % 3) * 4e-4, 22.6 + (i % 2) * 4e-4, false),
    );
    const zoom = 12;
    const size = 24;
    const seam = 114.5002;
    const marks = placeMarks(indexEvents(crowd, 0)(20), zoom, () => size, 0, {
      seams: { lng: [seam], lat: [] },
      covers: [],
    });
    const apart = marks.map(({ position: [lng], shift }) =>
      Math.abs(((lng - seam) / 360) * 512 * 2 ** zoom + shift[0]),
    );
    expect(apart).toHaveLength(crowd.length);
    expect(Math.min(...apart)).toBeGreaterThanOrEqual(size / 2 + seamPx - 1e-6);
  });

  it('step out from under what covers the map', () => {
    const zoom = 12;
    const size = 24;
    const cover: [number, number, number, number] = [114.4998, 22.5998, 114.5002, 22.6002];
    const [mark] = placeMarks(indexEvents([rowOf(1, 3, 114.5, 22.6, false)], 0)(20), zoom, () => size, 0, {
      ...{ seams: noSeams, covers: [cover] },
    });
    expect(Math.hypot(...(mark?.shift ?? [0, 0]))).toBeGreaterThanOrEqual(size / 2);
  });
});
