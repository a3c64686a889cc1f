import type { WallScene } from './scene';

/** Trends (趋势研判): what has changed, and where? The title is the answer. */
export const trend: WallScene = {
  key: 'trend',
  stage: {
    layers: ['trend-change', 'division-line'],
    legend: ['trend-change'],
    metric: null,
    period: 'P30D',
    labels: 'all',
    hasLevels: false,
    hasCallout: false,
    camera: 'division',
  },
  pages: {
    XL: {
      header: 0.069,
      columns: [0.5, 0.25, 0.25],
      rows: [{ share: 0.15, least: 140 }, { share: 0.2815 }, { share: 0.4995 }],
      areas: ['left1 map side', 'left2 map side', 'left3 map side'],
      panels: { left1: 'trend-conclusion', left2: 'trend-multiples', left3: 'trend-patterns', side: 'trend-map' },
    },
    L: {
      header: 0.069,
      columns: [0.5, 0.5],
      rows: [{ share: 0.16, least: 160 }, { share: 0.37 }, { share: 0.401 }],
      areas: ['left1 map', 'left2 map', 'left3 map'],
      panels: { left1: 'trend-conclusion', left2: 'trend-multiples', left3: 'trend-patterns' },
    },
    S: {
      header: 0.069,
      columns: [0.5, 0.5],
      rows: [{ share: 0.2, least: 150 }, { share: 0.731 }],
      areas: ['left1 map', 'left2 map'],
      panels: { left1: 'trend-conclusion', left2: 'trend-multiples' },
    },
    portrait: {
      header: 0.04,
      columns: [1],
      rows: [{ share: 0.1, least: 190 }, { share: 0.46 }, { share: 0.2, least: 400 }, { share: 0.2, least: 400 }],
      areas: ['left1', 'map', 'left2', 'left3'],
      panels: { left1: 'trend-conclusion', left2: 'trend-multiples', left3: 'trend-patterns' },
    },
  },
  narrow: {
    header: 0.069,
    columns: [0.475, 0.525],
    rows: [{ share: 0.2, least: 230 }, { share: 0.731 }],
    areas: ['left1 map', 'left2 map'],
    panels: { left1: 'trend-conclusion', left2: 'trend-multiples' },
  },
};
