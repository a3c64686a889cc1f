import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { beneath, type Placing, placeCallout } from './callout-place';

const placing = (patch: Partial<Placing> = {}): Placing => ({
  anchor: { x: 1000, y: 500 },
  radius: 40,
  box: { width: 600, height: 200 },
  stage: { width: 3840, height: 1600 },
  margin: 40,
  labels: [],
  panels: [],
  marks: [],
  ...patch,
});

describe('placeCallout', () => {
  it('stands close by, level with its mark, when nothing is in the way', () => {
    const placed = placeCallout(placing());
    expect(Math.abs(placed.y + 100 - 500)).toBeLessThan(200);
    const [, end] = placed.leader;
    expect(placed.leader).toHaveLength(2);
    expect(Math.hypot((end?.x ?? 0) - 1000, (end?.y ?? 0) - 500)).toBeCloseTo(40);
  });
  it('moves away from what it would cover', () => {
    const obstacle = { x: 1050, y: 300, width: 900, height: 400 };
    const { x, y } = placeCallout(placing({ panels: [obstacle] }));
    const isClear = x + 600 <= obstacle.x || x >= 1950 || y + 200 <= 300 || y >= 700;
    expect(isClear).toBe(true);
  });
  it('covers labels rather than a panel where nothing is free', () => {
    const stage = { width: 1400, height: 400 };
    const labels = Array.from({ length: 20 }, (_, i) => ({ x: 20 + i * 30, y: 0, width: 20, height: 400 }));
    const panel = { x: 640, y: 0, width: 760, height: 400 };
    const { x } = placeCallout(placing({ stage, anchor: { x: 300, y: 200 }, labels, panels: [panel] }));
    expect(x + 600).toBeLessThanOrEqual(panel.x);
  });
  it('leads past a mark rather than across it', () => {
    const mark = { x: 1080, y: 460, width: 80, height: 80 };
    const { leader } = placeCallout(placing({ marks: [mark] }));
    expect(beneath(leader, [mark])).toEqual([{ from: leader[0], to: leader[1] }]);
  });
  it('bends round marks that stand in every straight way', () => {
    const ring = Array.from({ length: 12 }, (_, i) => (i / 12) * 2 * Math.PI);
    const marks = ring
      .filter((turn) => Math.abs(turn - Math.PI / 2) > 0.6)
      .map((turn) => ({ x: 960 + 140 * Math.cos(turn), y: 460 + 140 * Math.sin(turn), width: 80, height: 80 }));
    // below the gap there is no room for the box
    const legend = { x: 0, y: 800, width: 3840, height: 800 };
    const { x, y, leader } = placeCallout(placing({ marks, panels: [legend] }));
    expect(leader).toHaveLength(3);
    expect(beneath(leader, marks)).toHaveLength(2);
    expect(y + 200).toBeLessThanOrEqual(800);
    expect(x).toBeGreaterThanOrEqual(40);
  });
  it('never leaves the stage', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3840 }), fc.integer({ min: 0, max: 1600 }), (x, y) => {
        const placed = placeCallout(placing({ anchor: { x, y } }));
        expect(placed.x).toBeGreaterThanOrEqual(40);
        expect(placed.x + 600).toBeLessThanOrEqual(3800);
        expect(placed.y).toBeGreaterThanOrEqual(40);
        expect(placed.y + 200).toBeLessThanOrEqual(1560);
      }),
    );
  });
});

describe('beneath', () => {
  const point = fc.record({ x: fc.integer({ min: 0, max: 100 }), y: fc.integer({ min: 0, max: 100 }) });
  const box = fc.record({
    x: fc.integer({ min: 0, max: 100 }),
    y: fc.integer({ min: 0, max: 100 }),
    width: fc.integer({ min: 1, max: 60 }),
    height: fc.integer({ min: 1, max: 60 }),
  });
  it('leaves of a line what no box covers, and all of that', () => {
    fc.assert(
      fc.property(point, point, fc.array(box, { maxLength: 4 }), (from, to, boxes) => {
        const length = Math.hypot(to.x - from.x, to.y - from.y);
        if (length === 0) return;
        const lines = beneath([from, to], boxes);
        for (let i = 0; i < 200; i++) {
          const share = (i + 0.5) / 200;
          const at = { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
          const isCovered = boxes.some(
            ({ x, y, width, height }) => at.x > x && at.x < x + width && at.y > y && at.y < y + height,
          );
          const isSeen = lines.some((line) => {
            const along = (point: { x: number; y: number }) => Math.hypot(point.x - from.x, point.y - from.y);
            return along(at) > along(line.from) && along(at) < along(line.to);
          });
          const isEdge = boxes.some(({ x, y, width, height }) =>
            [at.x - x, at.x - x - width, at.y - y, at.y - y - height].some((gap) => Math.abs(gap) < 1e-6),
          );
          if (!isEdge) expect(isSeen).toBe(!isCovered);
        }
      }),
    );
  });
});
