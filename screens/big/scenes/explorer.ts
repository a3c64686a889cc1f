import type { WallScene } from './scene';

const panels = { left1: 'explorer-scene' };

/** What a desk explores (指标图), shown by a cast alone: its chart, and the map filled by the same metric. */
export const explorer: WallScene = {
  key: 'explorer',
  stage: {
    layers: ['division-fill', 'division-line'],
    legend: ['division-fill'],
    metric: null,
    period: 'P30D',
    labels: 'all',
    hasLevels: false,
    hasCallout: false,
    camera: 'division',
  },
  pages: {
    XL: { header: 0.069, columns: [0.5, 0.5], rows: [{ share: 0.931 }], areas: ['left1 map'], panels },
    L: { header: 0.069, columns: [0.6, 0.4], rows: [{ share: 0.931 }], areas: ['left1 map'], panels },
    S: { header: 0.069, columns: [0.6, 0.4], rows: [{ share: 0.931 }], areas: ['left1 map'], panels },
    portrait: {
      header: 0.04,
      columns: [1],
      rows: [{ share: 0.52 }, { share: 0.44 }],
      areas: ['left1', 'map'],
      panels,
    },
  },
};
