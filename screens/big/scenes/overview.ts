import type { WallScene } from './scene';

/** Overview (综合态势): what is wrong now, and where? Borders of XL lie on the half and the quarters, where cabinets meet. */
export const overview: WallScene = {
  key: 'overview',
  stage: {
    layers: ['division-fill', 'division-line', 'division-label', 'event-points'],
    legend: ['division-fill'],
    metric: 'event.on_time_close_rate',
    period: 'today',
    fillPeriod: 'P30D',
    labels: 'exceptions',
    hasLevels: true,
    hasCallout: true,
    insets: { left: 'alert-list', right: 'division-board' },
    camera: 'division',
  },
  pages: {
    XL: {
      header: 0.069,
      columns: [0.25, 0.5, 0.25],
      rows: [{ share: 0.431, least: 404 }, { share: 0.25 }, { share: 0.025 }, { share: 0.225 }],
      areas: ['left1 map right1', 'left2 map right2', 'left3 map right3', 'left3 strip right3'],
      panels: {
        left1: 'headline',
        left2: 'event-hours',
        left3: 'category-rank',
        strip: 'target-gap',
        right1: 'attention-list',
        right2: 'overdue-list',
        right3: 'loop-funnel',
      },
    },
    L: {
      header: 0.069,
      columns: [0.235, 0.53, 0.235],
      rows: [{ share: 0.44 }, { share: 0.238 }, { share: 0.033 }, { share: 0.22, least: 250 }],
      areas: ['left1 map right1', 'left1 map right2', 'left1 map right3', 'left1 strip right3'],
      panels: {
        left1: 'headline',
        strip: 'target-gap',
        right1: 'attention-list',
        right2: 'overdue-list',
        right3: 'event-hours',
      },
    },
    S: {
      header: 0.069,
      columns: [0.2, 0.6, 0.2],
      rows: [{ share: 1 }],
      areas: ['left1 map right1'],
      panels: { left1: 'headline', right1: 'attention-list' },
    },
    portrait: {
      header: 0.04,
      columns: [1],
      rows: [{ share: 0.55 }, { share: 0.22, least: 530 }, { share: 0.19, least: 424 }],
      areas: ['map', 'right1', 'left1'],
      panels: { right1: 'attention-list', left1: 'headline' },
    },
  },
  narrow: {
    header: 0.069,
    columns: [0.58, 0.42],
    rows: [{ share: 0.65 }, { share: 0.281, least: 225 }],
    areas: ['map right1', 'map right2'],
    panels: { right1: 'attention-list', right2: 'headline' },
  },
};
