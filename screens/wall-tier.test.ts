import { describe, expect, it } from 'vitest';
import { scenes } from './big/scenes';
import { defaultUnit, unitOfSetup } from './wall-setup';
import { layoutOf, snapTo, tierOf, tracks } from './wall-tier';

const px = (text: string) => text.split(' ').map((track) => Number.parseInt(track, 10));
const sum = (list: number[]) => list.reduce((a, b) => a + b, 0);

describe('unit', () => {
  it.each([
    [1.25, 8, 1.862],
    [1.25, 12, 2.793],
    [0.63, 5, 2.309],
  ])('%s mm from %s m → %s px a minute', (pitchMm, distanceM, unit) => {
    expect(unitOfSetup({ pitchMm, distanceM })).toBeCloseTo(unit, 2);
  });
  it.each([
    [7680, 2160, 1.862],
    [3840, 2160, 1.862],
    [5760, 1080, 1.862],
    [1920, 1080, 0.931],
    [1080, 1920, 0.931],
    [800, 500, 0.6],
  ])('%s × %s has %s by default', (width, height, unit) => {
    expect(defaultUnit(width, height)).toBeCloseTo(unit, 3);
  });
});

describe('tierOf', () => {
  it.each([
    [7680, 2160, 1.862, 'XL'],
    [7680, 2160, 2.31, 'XL'],
    [3840, 2160, 1.862, 'L'],
    [1920, 1080, 0.931, 'L'],
    [5760, 1080, 1.862, 'S'],
    [1080, 1920, 0.931, 'portrait'],
  ])('%s × %s at %s is %s', (width, height, unit, tier) => {
    expect(tierOf({ width, height }, unit)).toBe(tier);
  });
});

describe('layoutOf', () => {
  it.each([
    ['XL', 7680, 2160, 1.862],
    ['XL', 7680, 2160, 2.31],
    ['L', 3840, 2160, 1.862],
    ['S', 5760, 1080, 1.862],
    ['portrait', 1080, 1920, 0.931],
  ] as const)(
    'every scene on %s fills %s × %s to the pixel and names every panel once',
    (tier, width, height, unit) => {
      for (const scene of Object.values(scenes)) {
        const { grid, panels } = layoutOf(scene.pages[tier], { width, height }, unit, { x: [], y: [] });
        expect(sum(px(grid.columns))).toBe(width);
        expect(sum(px(grid.rows))).toBe(height);
        const areas = new Set(grid.areas.join(' ').split(' '));
        expect([...areas].sort()).toEqual(['header', 'map', ...Object.keys(panels)].sort());
        expect(grid.columns.split(' ')).toHaveLength(grid.areas[1]?.split(' ').length ?? 0);
      }
    },
  );
  it('keeps the map at half the width and over 35 % of the area', () => {
    for (const [tier, width] of [
      ['XL', 7680],
      ['L', 3840],
    ] as const) {
      const { grid } = layoutOf(scenes.overview.pages[tier], { width, height: 2160 }, 1.862, { x: [], y: [] });
      const map = (px(grid.columns)[1] ?? 0) * sum(px(grid.rows).slice(1, -1));
      expect((px(grid.columns)[1] ?? 0) / width).toBeGreaterThanOrEqual(0.5);
      expect(map / (width * 2160)).toBeGreaterThanOrEqual(0.35);
    }
  });
  it('puts borders onto seams near them', () => {
    const { grid } = layoutOf(scenes.overview.pages.XL, { width: 7680, height: 2160 }, 1.862, {
      x: [1900, 3840, 5800],
      y: [1080],
    });
    expect(px(grid.columns)).toEqual([1900, 3900, 1880]);
    expect(sum(px(grid.rows).slice(0, 2))).toBe(1080);
  });
});

describe('tracks', () => {
  it('raises a track to its least and lets the others give way', () => {
    expect(tracks([{ share: 0.1, least: 300 }, { share: 0.9 }], 1000, 1, [])).toEqual([300, 700]);
  });
  it('leaves far seams alone', () => {
    expect(snapTo(500, [900], 1000)).toBe(500);
  });
});
