import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Placing, placeCallout } from './callout-place';

const placing = (patch: Partial<Placing> = {}): Placing => ({
  anchor: { x: 1000, y: 500 },
  radius: 40,
  box: { width: 600, height: 200 },
  stage: { width: 3840, height: 1600 },
  margin: 40,
  obstacles: [],
  ...patch,
});

describe('placeCallout', () => {
  it('stands close by, level with its mark, when nothing is in the way', () => {
    const placed = placeCallout(placing());
    expect(Math.abs(placed.y + 100 - 500)).toBeLessThan(200);
    expect(Math.hypot(placed.to.x - 1000, placed.to.y - 500)).toBeCloseTo(40);
  });
  it('moves away from what it would cover', () => {
    const obstacle = { x: 1050, y: 300, width: 900, height: 400 };
    const { x, y } = placeCallout(placing({ obstacles: [obstacle] }));
    const isClear = x + 600 <= obstacle.x || x >= 1950 || y + 200 <= 300 || y >= 700;
    expect(isClear).toBe(true);
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
