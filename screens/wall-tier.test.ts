import { describe, expect, it } from 'vitest';
import { scenes as tourScenes } from '@/data/model/view';
import { scenes } from './big/scenes';
import { defaultUnit, unitOfSetup } from './wall-setup';
import { isNarrow, layoutOf, snapTo, tierOf, tracks } from './wall-tier';

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

describe('isNarrow', () => {
  it.each([
    [1600, 900, 1.164, true],
    [3840, 1080, 1.862, true],
    [5760, 1080, 1.862, false],
    [1920, 1080, 0.931, false],
    [1080, 1920, 0.931, false],
  ])('%s × %s at %s: %s', (width, height, unit, expected) => {
    expect(isNarrow({ width, height }, unit)).toBe(expected);
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
  it('a narrow wall has one wing, wide enough to read, beside a map of half its width', () => {
    const [width, unit] = [1600, 1.164];
    for (const { key, narrow, pages } of Object.values(scenes)) {
      const { grid } = layoutOf(narrow ?? pages.S, { width, height: 900 }, unit, { x: [], y: [] });
      const columns = px(grid.columns);
      const map = grid.areas[1]?.split(' ').indexOf('map') ?? -1;
      expect(columns, key).toHaveLength(2);
      expect((columns[1 - map] ?? 0) / unit, key).toBeGreaterThanOrEqual(540);
      if (tourScenes.some((scene) => scene === key))
        expect((columns[map] ?? 0) / width, key).toBeGreaterThanOrEqual(0.5);
    }
  });
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

describe('columns follow the seams', () => {
  const own = tourScenes.map((key) => scenes[key]);
  /** Columns by what stands in them, px from the left. */
  const columnsOf = (
    page: (typeof own)[number]['pages']['XL'],
    width: number,
    height: number,
    unit: number,
    x: number[],
  ) => {
    const { grid } = layoutOf(page, { width, height }, unit, { x, y: [] });
    const rows = grid.areas.slice(1).map((row) => row.split(' '));
    const sizes = px(grid.columns);
    return sizes.map((size, i) => {
      const from = sum(sizes.slice(0, i));
      return { from, to: from + size, areas: new Set(rows.map((row) => row[i] ?? '')) };
    });
  };
  const isMap = ({ areas }: { areas: ReadonlySet<string> }) => ['map', 'side', 'strip'].some((area) => areas.has(area));

  it.each([
    ['three heads, near', 'XL', 5760, 1080, 0.931, [1920, 3840]],
    ['four heads, two rows', 'XL', 7680, 2160, 1.862, [1920, 3840, 5760]],
    ['two heads', 'L', 3840, 2160, 1.862, [1920]],
  ] as const)(
    '%s: a border of the map lies on a seam, no wing but one of several heads has one inside',
    (_, tier, width, height, unit, x) => {
      for (const { pages } of own) {
        const columns = columnsOf(pages[tier], width, height, unit, [...x]);
        expect(columns.at(-1)?.to).toBe(width);
        for (const [i, column] of columns.slice(1).entries())
          if (isMap(column) !== isMap(columns[i] ?? column)) expect(x).toContain(column.from);
        for (const { from, to, areas } of columns) {
          const inside = x.filter((seam) => seam > from && seam < to);
          if (!isMap({ areas })) expect(inside.length === 0 || to - from > width / 4).toBe(true);
        }
        const map = columns.filter(isMap);
        expect(sum(map.map(({ from, to }) => to - from)) / width).toBeGreaterThanOrEqual(0.5 - 1e-9);
      }
    },
  );
  it('a wall of three heads read from afar keeps its wings within the outer ones, where they would be too narrow beside one another', () => {
    const x = [1920, 3840];
    for (const { pages } of own)
      for (const column of columnsOf(pages.S, 5760, 1080, 1.862, x))
        if (!isMap(column)) expect(x.filter((seam) => seam > column.from && seam < column.to)).toEqual([]);
  });
  it('stays as it is without seams, on an upright wall, and where wings would be too narrow to read', () => {
    const { pages } = scenes.overview;
    expect(columnsOf(pages.XL, 6656, 1792, 1.862, []).map(({ areas }) => [...areas][0])).toEqual([
      'left1',
      'map',
      'right1',
    ]);
    expect(
      layoutOf(scenes.event.pages.portrait, { width: 1080, height: 1920 }, 0.931, { x: [540], y: [] }).grid.areas,
    ).toEqual(layoutOf(scenes.event.pages.portrait, { width: 1080, height: 1920 }, 0.931, { x: [], y: [] }).grid.areas);
    expect(columnsOf(pages.XL, 7680, 2160, 1.862, [1200]).map(({ areas }) => [...areas][0])).toEqual([
      'left1',
      'map',
      'right1',
    ]);
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
