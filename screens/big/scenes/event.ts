import type { WallScene } from './scene';

/** Event command (事件指挥): one incident – how far, how long, who comes? */
export const event: WallScene = {
  key: 'event',
  stage: {
    layers: ['building-stack', 'division-line', 'nearest-force', 'event-points'],
    legend: ['nearest-force'],
    metric: null,
    period: 'today',
    labels: 'all',
    hasLevels: false,
    hasCallout: false,
    camera: 'incident',
  },
  pages: {
    XL: {
      header: 0.069,
      columns: [0.25, 0.5, 0.25],
      rows: [{ share: 0.16, least: 180 }, { share: 0.2715 }, { share: 0.4995 }],
      areas: ['left1 map right1', 'left2 map right1', 'left3 map right2'],
      panels: {
        left1: 'incident-head',
        left2: 'incident-queue',
        left3: 'incident-timeline',
        right1: 'nearest-force',
        right2: 'weather-hours',
      },
    },
    L: {
      header: 0.069,
      columns: [0.265, 0.47, 0.265],
      rows: [{ share: 0.24, least: 200 }, { share: 0.24 }, { share: 0.45 }],
      areas: ['left1 map right1', 'left2 map right1', 'left2 map right2'],
      panels: { left1: 'incident-head', left2: 'incident-timeline', right1: 'nearest-force', right2: 'incident-queue' },
    },
    S: {
      header: 0.069,
      columns: [0.24, 0.52, 0.24],
      rows: [{ share: 0.34, least: 170 }, { share: 0.591 }],
      areas: ['left1 map right1', 'left2 map right1'],
      panels: { left1: 'incident-head', left2: 'incident-timeline', right1: 'nearest-force' },
    },
    portrait: {
      header: 0.04,
      columns: [0.54, 0.46],
      rows: [{ share: 0.12, least: 190 }, { share: 0.46 }, { share: 0.36, least: 560 }],
      areas: ['left1 left1', 'map map', 'left2 left3'],
      panels: { left1: 'incident-head', left2: 'incident-timeline', left3: 'nearest-force' },
    },
  },
  narrow: {
    header: 0.069,
    columns: [0.45, 0.55],
    rows: [{ share: 0.22, least: 170 }, { share: 0.385 }, { share: 0.326 }],
    areas: ['left1 map', 'left2 map', 'left3 map'],
    panels: { left1: 'incident-head', left2: 'incident-timeline', left3: 'nearest-force' },
  },
};
