import { describe, expect, it } from 'vitest';
import type { LngLat } from '@/data/model/geo';
import { type Box, fitClear, isRoomierBelow } from './fit';

const stage = { width: 1000, height: 800 };
const room = { left: 20, top: 20, right: 980, bottom: 780 };
/** A triangle whose top left corner is free land. */
const outline: LngLat[] = Array.from(
  { length: 60 },
  (_, i): LngLat => [114.4 + (i / 59) * 0.2, 22.5 + (i / 59) * 0.15],
);
outline.push([114.6, 22.5], [114.4, 22.5]);

const onStage = ([lng, lat]: LngLat, { center, zoom }: { center: LngLat; zoom: number }): [number, number] => {
  const world = 512 * 2 ** zoom;
  const y = (degrees: number) => -Math.asinh(Math.tan((degrees * Math.PI) / 180)) / (2 * Math.PI);
  return [stage.width / 2 + ((lng - center[0]) / 360) * world, stage.height / 2 + (y(lat) - y(center[1])) * world];
};

const extentOf = (fit: { center: LngLat; zoom: number }): Box => {
  const points = outline.map((point) => onStage(point, fit));
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  return { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) };
};

describe('isRoomierBelow', () => {
  const mirrored = outline.map(([lng, lat]): LngLat => [lng, 45.15 - lat]);
  it('tells which corner at the left an outline leaves free', () => {
    expect(isRoomierBelow(outline)).toBe(false);
    expect(isRoomierBelow(mirrored)).toBe(true);
  });
  it('is false without points', () => expect(isRoomierBelow([])).toBe(false));
});

describe('fitClear', () => {
  it('fills one dimension of the room when nothing covers it', () => {
    const fit = fitClear(outline, stage, room, [], 20);
    expect(fit).not.toBeNull();
    if (!fit) return;
    const extent = extentOf(fit);
    const fills = [(extent.right - extent.left) / 960, (extent.bottom - extent.top) / 760];
    expect(Math.max(...fills)).toBeCloseTo(1, 3);
    expect(Math.min(extent.left, extent.top)).toBeGreaterThanOrEqual(19.9);
  });

  it('keeps the size when a cover lies where the outline is not', () => {
    const cover = { left: 0, top: 0, right: 250, bottom: 150 };
    expect(fitClear(outline, stage, room, [cover], 20)?.zoom).toBeCloseTo(
      fitClear(outline, stage, room, [], 20)?.zoom ?? 0,
      6,
    );
  });

  it('makes way for covers, and no point lies under one', () => {
    const covers = [
      { left: 0, top: 560, right: 360, bottom: 800 },
      { left: 700, top: 0, right: 1000, bottom: 120 },
    ];
    const fit = fitClear(outline, stage, room, covers, 20);
    for (const point of outline) {
      const [x, y] = fit ? onStage(point, fit) : [0, 0];
      expect(
        covers.some(
          (box) => x > box.left + 0.01 && x < box.right - 0.01 && y > box.top + 0.01 && y < box.bottom - 0.01,
        ),
      ).toBe(false);
    }
  });

  it('fills the room all the same when covers leave no place', () => {
    const cover = { left: 0, top: 0, right: 1000, bottom: 800 };
    expect(fitClear(outline, stage, room, [cover], 20)?.zoom).toBeCloseTo(
      fitClear(outline, stage, room, [], 20)?.zoom ?? 0,
      6,
    );
  });

  it('goes no closer than the closest zoom', () => {
    expect(fitClear([[114.4, 22.5]], stage, room, [], 17)?.zoom).toBeCloseTo(17, 6);
  });
});
