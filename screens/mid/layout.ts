import type { Layout } from '../place';

/** Layers of the desk's map when the View names none. */
export const mapLayers = [
  'division-fill',
  'division-line',
  'building-stack',
  'division-label',
  'event-points',
] as const;

/** Widths at which the desk is laid out anew, px. */
export const widths = { wide: 1600, medium: 1100 } as const;

export type Breadth = 'wide' | 'medium' | 'slim';

const panels = { trend: 'event-trend', rank: 'rank-board', queue: 'event-queue' };

/** Wide: only map and table grow. Medium: the card lies over them. Slim (200 % zoom): the page scrolls. */
export const layouts: Record<Breadth, Layout> = {
  wide: {
    grid: {
      columns: '264px 404px 320px minmax(0, 1fr) 440px',
      rows: '52px 48px minmax(300px, 1fr) 390px',
      areas: [
        'top top top top top',
        'filter filter filter filter filter',
        'side map map map card',
        'side trend rank queue card',
      ],
    },
    panels,
  },
  medium: {
    grid: {
      columns: '248px minmax(0, 300fr) minmax(0, 280fr) minmax(0, 440fr)',
      rows: '52px 48px minmax(300px, 1fr) minmax(280px, 42vh)',
      areas: ['top top top top', 'filter filter filter filter', 'side map map map', 'side trend rank queue'],
    },
    panels,
  },
  slim: {
    grid: {
      columns: 'minmax(0, 1fr) minmax(0, 1fr)',
      rows: 'auto auto minmax(340px, 60vh) 360px 420px',
      areas: ['top top', 'filter filter', 'map map', 'trend rank', 'queue queue'],
    },
    panels,
  },
};

/** Panel of the card: that of the thing selected; the division's own when nothing is. */
export const cardOf = (kind: string | undefined): string =>
  kind === 'building' || kind === 'dwelling' ? 'building-card' : kind === 'event' ? 'event-card' : 'division-card';
