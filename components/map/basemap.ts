import type { ExpressionSpecification, LayerSpecification, StyleSpecification } from 'maplibre-gl';
import { mix, type Palette, withOpacity } from './palette';

/** Places in the drawing order that layers name; each is an invisible layer of the style. Lowest first. */
export const slots = ['area', 'line', 'building', 'label', 'top'] as const;
export type Slot = (typeof slots)[number];
export const slotId = (slot: Slot) => `slot-${slot}`;

/** Family names as CSS knows them; the first word pair decides the weight maplibre draws with. */
export const fontStack = {
  regular: ['Inter Variable', 'Noto Sans SC Variable'],
  semibold: ['Inter Variable Semibold', 'Inter Variable', 'Noto Sans SC Variable'],
};

type BasemapOptions = {
  palette: Palette;
  theme: 'dark' | 'light';
  lang: 'zh' | 'en';
  /** Size of a caption in px; labels and casings grow with it. */
  captionPx: number;
};

const kindIs = (...kinds: string[]): ExpressionSpecification => ['in', ['get', 'kind'], ['literal', kinds]];
const zoomed = (...stops: number[]): ExpressionSpecification =>
  ['interpolate', ['exponential', 1.6], ['zoom'], ...stops] as unknown as ExpressionSpecification;

/** Grounds are steps between two tokens: the theme changes, the order of brightness does not. */
const groundColours = ({ palette, theme }: BasemapOptions) => {
  const [land, water] = [palette('map-land'), palette('map-water')];
  const green = theme === 'dark' ? '#15251f' : '#d5e5d3';
  return {
    land,
    water,
    sea: theme === 'dark' ? mix(palette('bg-0'), water, 0.55) : water,
    outside: mix(land, palette('bg-0'), 0.6),
    built: theme === 'dark' ? mix(land, palette('text-3'), 0.075) : mix(land, palette('text-3'), 0.08),
    wood: mix(land, green, theme === 'dark' ? 0.5 : 0.55),
    park: green,
    beach: mix(land, theme === 'dark' ? '#8a7a5c' : '#e8d9b0', theme === 'dark' ? 0.35 : 0.7),
    hill: theme === 'dark' ? palette('text-1') : palette('text-3'),
    road: theme === 'dark' ? mix(palette('bg-0'), palette('text-3'), 0.16) : palette('surface-1'),
    casing: theme === 'dark' ? palette('bg-0') : mix(land, palette('text-3'), 0.35),
  };
};

/** Smoothing an edge draws every outline once more: only where the edge is seen. */
type Ground = { colour: string; opacity?: number; hasEdge?: boolean };

const fillLayer = (id: string, kinds: string[], ground: Ground): LayerSpecification => ({
  id,
  type: 'fill',
  source: 'base',
  filter: kindIs(...kinds),
  paint: {
    'fill-color': ground.colour,
    'fill-opacity': ground.opacity ?? 1,
    'fill-antialias': ground.hasEdge ?? false,
  },
});

const groundLayers = (options: BasemapOptions): LayerSpecification[] => {
  const colour = groundColours(options);
  return [
    { id: 'sea', type: 'background', paint: { 'background-color': colour.sea } },
    fillLayer('base-outside', ['outside'], { colour: colour.outside, hasEdge: true }),
    fillLayer('base-land', ['land'], { colour: colour.land, hasEdge: true }),
  ];
};

/** Ground drawn over area fills, faint: woods, relief and built-up land stay readable under a metric. */
const textureLayers = (options: BasemapOptions): LayerSpecification[] => {
  const colour = groundColours(options);
  const isDark = options.theme === 'dark';
  return [
    fillLayer('base-wood', ['wood'], { colour: colour.wood, opacity: isDark ? 0.12 : 0.15 }),
    // every contour lies on the ones below it, so steps of one faint tone add up to relief
    fillLayer('base-hill', ['hill'], { colour: colour.hill, opacity: isDark ? 0.013 : 0.02 }),
    fillLayer('base-built', ['built', 'industry'], { colour: colour.built, opacity: isDark ? 0.2 : 0.25 }),
    fillLayer('base-park', ['park'], { colour: colour.park, opacity: 0.5, hasEdge: true }),
    fillLayer('base-beach', ['beach'], { colour: colour.beach, opacity: 0.85, hasEdge: true }),
    fillLayer('base-reservoir', ['reservoir'], { colour: colour.water, hasEdge: true }),
    {
      id: 'base-stream',
      type: 'line',
      source: 'base',
      filter: kindIs('stream'),
      paint: { 'line-color': colour.water, 'line-width': zoomed(10, 0.6, 16, 6) },
    },
  ];
};

/** Width in px of a road of rank 1 … 5 at zooms 10, 13 and 17. */
const roadWidths: Record<number, [number, number, number]> = {
  1: [1.6, 3.6, 22],
  2: [1.1, 2.6, 16],
  3: [0.5, 1.7, 11],
  4: [0, 0.9, 8],
  5: [0, 0.4, 6],
};

const roadWidth = (extra: number, scale: number): ExpressionSpecification => {
  const at = (i: 0 | 1 | 2): ExpressionSpecification =>
    [
      'match',
      ['get', 'rank'],
      ...[1, 2, 3, 4].flatMap((rank) => [rank, (roadWidths[rank]?.[i] ?? 0) * scale + extra]),
      (roadWidths[5]?.[i] ?? 0) * scale + extra,
    ] as unknown as ExpressionSpecification;
  return ['interpolate', ['exponential', 1.6], ['zoom'], 10, at(0), 13, at(1), 17, at(2)];
};

const roadLayers = (options: BasemapOptions): LayerSpecification[] => {
  const colour = groundColours(options);
  const scale = Math.max(1, options.captionPx / 20);
  const line = (id: string, tint: string, extra: number, minRank: number, minzoom: number): LayerSpecification => ({
    id,
    type: 'line',
    source: 'base',
    minzoom,
    filter: ['all', kindIs('road'), ['<=', ['get', 'rank'], minRank]],
    layout: { 'line-cap': 'round', 'line-join': 'round' },
    // where a whole district is seen roads stand back behind what its areas are filled with
    paint: {
      'line-color': tint,
      'line-width': roadWidth(extra, scale),
      'line-opacity': ['interpolate', ['linear'], ['zoom'], 11, 0.5, 14, 1],
    },
  });
  return [
    line('base-road-casing', colour.casing, 1.6 * scale, 3, 12),
    line('base-road-lane', colour.road, 0, 5, 13),
    line('base-road', colour.road, 0, 3, 8),
  ];
};

const deskCaptionPx = 13;

/** Larger text needs more room: a wall shows a rank of places later than a desk. */
export const placeFilter = (captionPx: number): ExpressionSpecification => {
  const late = Math.log2(captionPx / deskCaptionPx);
  const ranks = [12, 13, 14, 15].flatMap((at, i) => [at + late, i + 2]);
  return ['<=', ['get', 'rank'], ['step', ['zoom'], 1, ...ranks]] as unknown as ExpressionSpecification;
};

const placeLayers = ({ palette, theme, lang, captionPx }: BasemapOptions): LayerSpecification[] => {
  const halo = withOpacity(palette(theme === 'dark' ? 'bg-0' : 'surface-1'), 0.8);
  return [
    {
      id: 'place',
      type: 'symbol',
      source: 'place',
      filter: placeFilter(captionPx),
      layout: {
        'text-field': ['get', lang === 'zh' ? 'name' : 'nameEn'],
        'text-font': fontStack.regular,
        'text-size': captionPx,
        'symbol-sort-key': ['get', 'rank'],
        'text-padding': captionPx * 0.4,
        'text-max-width': 9,
      },
      // names lie on fills of every shade
      paint: { 'text-color': palette('text-2'), 'text-halo-color': halo, 'text-halo-width': captionPx * 0.18 },
    },
  ];
};

const emptyCollection = { type: 'FeatureCollection' as const, features: [] };

/**
 * Style of the offline basemap, drawn from tokens alone: no sprite, no glyph server, no tile that leaves the origin.
 * An installation without base features shows its areas on plain ground.
 */
export const basemapStyle = (options: BasemapOptions): StyleSpecification => {
  const anchors = slots.map(
    (slot): LayerSpecification => ({
      id: slotId(slot),
      type: 'background',
      layout: { visibility: 'none' },
    }),
  );
  const [area, line, building, label, top] = anchors as [
    LayerSpecification,
    LayerSpecification,
    LayerSpecification,
    LayerSpecification,
    LayerSpecification,
  ];
  return {
    version: 8,
    sources: {
      base: { type: 'geojson', data: emptyCollection, tolerance: 0.25, maxzoom: 15 },
      place: { type: 'geojson', data: emptyCollection },
    },
    layers: [
      ...groundLayers(options),
      area,
      ...textureLayers(options),
      ...roadLayers(options),
      line,
      building,
      ...placeLayers(options),
      label,
      top,
    ],
    transition: { duration: 0, delay: 0 },
    light: { anchor: 'map', position: [1.3, 210, 40], intensity: 0.35, color: '#ffffff' },
  };
};
