import type { WallScene } from './scene';

/** Population and housing (人口房屋): who lives where, and what has changed? Aggregates above the floor alone. */
export const population: WallScene = {
  key: 'population',
  stage: {
    layers: ['population-density', 'division-line'],
    legend: ['population-density'],
    metric: null,
    period: 'today',
    labels: 'exceptions',
    hasLevels: false,
    hasCallout: false,
    camera: 'division',
  },
  pages: {
    XL: {
      header: 0.069,
      columns: [0.25, 0.25, 0.25, 0.25],
      rows: [{ share: 0.4315 }, { share: 0.27 }, { share: 0.2295 }],
      areas: ['left1 map side right1', 'left2 map side right2', 'left2 map side right3'],
      panels: {
        left1: 'population-headline',
        left2: 'population-pyramid',
        side: 'population-map',
        right1: 'population-dwelling',
        right2: 'population-origin',
        right3: 'population-change',
      },
    },
    L: {
      header: 0.069,
      columns: [0.25, 0.5, 0.25],
      rows: [{ share: 0.43, least: 400 }, { share: 0.501 }],
      areas: ['left1 map right1', 'left2 map right2'],
      panels: {
        left1: 'population-headline',
        left2: 'population-pyramid',
        right1: 'population-origin',
        right2: 'population-dwelling',
      },
    },
    S: {
      header: 0.069,
      columns: [0.22, 0.56, 0.22],
      rows: [{ share: 1 }],
      areas: ['left1 map right1'],
      panels: { left1: 'population-headline', right1: 'population-pyramid' },
    },
    portrait: {
      header: 0.04,
      columns: [1],
      rows: [{ share: 0.52 }, { share: 0.21, least: 440 }, { share: 0.23, least: 470 }],
      areas: ['map', 'left1', 'left2'],
      panels: { left1: 'population-headline', left2: 'population-pyramid' },
    },
  },
  narrow: {
    header: 0.069,
    columns: [0.42, 0.58],
    rows: [{ share: 1 }],
    areas: ['left1 map'],
    panels: { left1: 'population-headline' },
  },
};
