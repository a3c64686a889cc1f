import type { WallScene } from './scene';

/** Assessment (考核评价): who meets the target, who has moved? Places and departments, never a person. */
export const assessment: WallScene = {
  key: 'assessment',
  stage: {
    layers: ['division-fill', 'division-line', 'division-label'],
    legend: ['division-fill'],
    metric: 'event.on_time_close_rate',
    period: 'P30D',
    labels: 'exceptions',
    hasLevels: false,
    hasCallout: false,
    camera: 'division',
  },
  pages: {
    XL: {
      header: 0.069,
      columns: [0.25, 0.25, 0.25, 0.25],
      rows: [{ share: 0.4315 }, { share: 0.4995 }],
      areas: ['left1 map side right1', 'left2 map side right2'],
      panels: {
        left1: 'assessment-board',
        left2: 'assessment-moved',
        side: 'assessment-map',
        right1: 'assessment-subdistrict',
        right2: 'assessment-department',
      },
    },
    L: {
      header: 0.069,
      columns: [0.28, 0.44, 0.28],
      rows: [{ share: 0.53 }, { share: 0.401 }],
      areas: ['left1 map right1', 'left2 map right2'],
      panels: {
        left1: 'assessment-board',
        left2: 'assessment-moved',
        right1: 'assessment-department',
        right2: 'assessment-subdistrict',
      },
    },
    S: {
      header: 0.069,
      columns: [0.25, 0.5, 0.25],
      rows: [{ share: 1 }],
      areas: ['left1 map right1'],
      panels: { left1: 'assessment-board', right1: 'assessment-department' },
    },
    portrait: {
      header: 0.04,
      columns: [1],
      rows: [{ share: 0.45 }, { share: 0.3, least: 560 }, { share: 0.21, least: 380 }],
      areas: ['map', 'left1', 'right1'],
      panels: { left1: 'assessment-board', right1: 'assessment-department' },
    },
  },
  narrow: {
    header: 0.069,
    columns: [0.5, 0.5],
    rows: [{ share: 1 }],
    areas: ['left1 map'],
    panels: { left1: 'assessment-board' },
  },
};
