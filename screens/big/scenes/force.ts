import type { WallScene } from './scene';

/** Duty and force (值班力量): who stands to duty, and where are too few? */
export const force: WallScene = {
  key: 'force',
  stage: {
    layers: ['division-fill', 'division-line', 'division-label'],
    legend: ['division-fill'],
    metric: 'duty.per_ten_thousand',
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
      rows: [{ share: 0.4315 }, { share: 0.4995 }],
      areas: ['left1 map right1', 'left2 map right2'],
      panels: { left1: 'duty-roster', left2: 'duty-hours', right1: 'force-summary', right2: 'force-by-area' },
    },
    L: {
      header: 0.069,
      columns: [0.25, 0.5, 0.25],
      rows: [{ share: 0.3 }, { share: 0.1655 }, { share: 0.4655 }],
      areas: ['left1 map right1', 'left1 map right2', 'left2 map right2'],
      panels: { left1: 'duty-roster', left2: 'duty-hours', right1: 'force-summary', right2: 'force-by-area' },
    },
    S: {
      header: 0.069,
      columns: [0.22, 0.56, 0.22],
      rows: [{ share: 1 }],
      areas: ['left1 map right1'],
      panels: { left1: 'duty-roster', right1: 'force-by-area' },
    },
    portrait: {
      header: 0.04,
      columns: [1],
      rows: [{ share: 0.5 }, { share: 0.23, least: 420 }, { share: 0.23, least: 420 }],
      areas: ['map', 'left1', 'right1'],
      panels: { left1: 'duty-roster', right1: 'force-by-area' },
    },
  },
  narrow: {
    header: 0.069,
    columns: [0.42, 0.58],
    rows: [{ share: 0.43, least: 320 }, { share: 0.5 }],
    areas: ['left1 map', 'left2 map'],
    panels: { left1: 'duty-roster', left2: 'force-by-area' },
  },
};
