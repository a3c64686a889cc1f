import type { WallScene } from './scene';

/** Weather and the three defences (三防气象): which warnings stand, whom do they meet, how much rain and wind? */
export const weather: WallScene = {
  key: 'weather',
  stage: {
    layers: ['alert-area', 'division-line', 'weather-station'],
    legend: ['weather-station', 'alert-area'],
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
      columns: [0.25, 0.5, 0.25],
      rows: [{ share: 0.4315 }, { share: 0.11 }, { share: 0.3895 }],
      areas: ['left1 map right1', 'left2 map right1', 'left2 map right2'],
      panels: { left1: 'alert-impact', left2: 'weather-stations', right1: 'weather-hours', right2: 'beach-load' },
    },
    L: {
      header: 0.069,
      columns: [0.25, 0.5, 0.25],
      rows: [{ share: 0.35 }, { share: 0.17 }, { share: 0.411 }],
      areas: ['left1 map right1', 'left1 map right1', 'left2 map right2'],
      panels: { left1: 'alert-impact', left2: 'weather-stations', right1: 'weather-hours', right2: 'beach-load' },
    },
    S: {
      header: 0.069,
      columns: [0.22, 0.56, 0.22],
      rows: [{ share: 1 }],
      areas: ['left1 map right1'],
      panels: { left1: 'alert-impact', right1: 'weather-hours' },
    },
    portrait: {
      header: 0.04,
      columns: [1],
      rows: [{ share: 0.53 }, { share: 0.19, least: 390 }, { share: 0.24, least: 490 }],
      areas: ['map', 'left1', 'right1'],
      panels: { left1: 'alert-impact', right1: 'weather-hours' },
    },
  },
  narrow: {
    header: 0.069,
    columns: [0.42, 0.58],
    rows: [{ share: 0.41, least: 316 }, { share: 0.52 }],
    areas: ['left1 map', 'left2 map'],
    panels: { left1: 'alert-list', left2: 'weather-hours' },
  },
};
