import type { DimensionKey } from '@/data/metrics/dimensions';
import { deskPageOf } from '@/data/model/desk-page';
import { isAtGate } from '@/data/model/theme';
import type { DeskPage, View } from '@/data/model/view';
import type { Layout } from '../place';
import type { Breadth } from './breadth';
import {
  account,
  address,
  audit,
  campaign,
  care,
  catalog,
  control,
  dispute,
  field,
  recut,
  standby,
  theme,
  themeGate,
  verify,
} from './layout-pages';

/** Layers of the desk's map when the View names none. */
export const mapLayers = [
  'division-fill',
  'division-line',
  'building-stack',
  'division-label',
  'event-points',
] as const;

/** Layers of each page's map when the View names none. */
const layersOf: Record<DeskPage, readonly string[]> = {
  analyst: mapLayers,
  desk: ['division-line', 'building-stack', 'nearest-force', 'division-label', 'event-points'],
  explorer: ['division-fill', 'division-line', 'division-label'],
  assess: [],
  dispute: [],
  campaign: [],
  control: [],
  address: [],
  standby: [],
  verify: [],
  field: [],
  care: [],
  theme: ['division-line', 'building-stack', 'theme-rows'],
  recut: ['division-fill', 'division-line', 'recut-outline', 'division-label'],
  audit: [],
  account: [],
  catalog: [],
};

const bars = '52px 48px';

/** Wide: only map and table grow. Medium: the card lies over them. Slim (200 % zoom): the page scrolls. */
const analyst: Record<Breadth, Layout> = {
  wide: {
    grid: {
      columns: '264px 380px 320px minmax(0, 1fr) 440px',
      rows: `${bars} minmax(300px, 1fr) 390px`,
      areas: [
        'top top top top top',
        'filter filter filter filter filter',
        'side map map map card',
        'side trend rank queue card',
      ],
    },
    panels: { trend: 'event-trend', rank: 'rank-board', queue: 'event-queue' },
  },
  medium: {
    grid: {
      columns: '248px minmax(0, 300fr) minmax(0, 280fr) minmax(0, 440fr)',
      rows: `${bars} minmax(300px, 1fr) minmax(280px, 42vh)`,
      areas: ['top top top top', 'filter filter filter filter', 'side map map map', 'side trend rank queue'],
    },
    panels: { trend: 'event-trend', rank: 'rank-board', queue: 'event-queue' },
  },
  slim: {
    grid: {
      columns: 'minmax(0, 1fr) minmax(0, 1fr)',
      rows: 'auto auto minmax(340px, 60vh) 360px 420px',
      areas: ['top top', 'filter filter', 'map map', 'trend rank', 'queue queue'],
    },
    panels: { trend: 'event-trend', rank: 'rank-board', queue: 'event-queue' },
  },
};

const dispatchPanels = {
  queue: 'desk-queue',
  suggest: 'dispatch-suggest',
  pressed: 'desk-supervision',
  force: 'nearest-force',
  overdue: 'desk-overdue',
  rail: 'time-rail',
};

const dispatchAt = (columns: string): Layout => ({
  grid: {
    columns,
    rows: `${bars} minmax(0, 42fr) minmax(0, 16fr) minmax(0, 12fr) minmax(0, 30fr) 84px`,
    areas: [
      'top top top',
      'filter filter filter',
      'queue detail suggest',
      'queue detail force',
      'pressed map force',
      'pressed map overdue',
      'rail rail rail',
    ],
  },
  panels: dispatchPanels,
});

/** Queue over supervision 30 %, detail over a small map 42 %, whom to send it to, who is near and what is overdue 28 % (分拨台). */
const dispatch: Record<Breadth, Layout> = {
  wide: dispatchAt('minmax(0, 30fr) minmax(0, 42fr) minmax(0, 28fr)'),
  medium: dispatchAt('minmax(0, 39fr) minmax(0, 36fr) minmax(0, 25fr)'),
  slim: {
    grid: {
      columns: 'minmax(0, 1fr)',
      rows: 'auto auto 480px auto 480px 360px 84px 360px 360px 420px',
      areas: ['top', 'filter', 'queue', 'detail', 'suggest', 'map', 'rail', 'force', 'overdue', 'pressed'],
    },
    panels: dispatchPanels,
  },
};

/** Metric tree, chart over table, map, and what the metric means (指标). */
const explorer: Record<Breadth, Layout> = {
  wide: {
    grid: {
      columns: '260px minmax(0, 1fr) 440px',
      rows: `${bars} minmax(0, 46fr) minmax(0, 54fr) 84px`,
      areas: ['top top top', 'filter filter filter', 'tree figures map', 'tree figures meaning', 'tree rail meaning'],
    },
    panels: { tree: 'explorer-tree', figures: 'explorer-figures', rail: 'time-rail' },
  },
  medium: {
    grid: {
      columns: '220px minmax(0, 1fr) 320px',
      rows: `${bars} minmax(0, 46fr) minmax(0, 54fr) 84px`,
      areas: ['top top top', 'filter filter filter', 'tree figures map', 'tree figures meaning', 'tree rail meaning'],
    },
    panels: { tree: 'explorer-tree', figures: 'explorer-figures', rail: 'time-rail' },
  },
  slim: {
    grid: {
      columns: 'minmax(0, 1fr)',
      rows: 'auto auto 260px 720px 84px 360px auto',
      areas: ['top', 'filter', 'tree', 'figures', 'rail', 'map', 'meaning'],
    },
    panels: { tree: 'explorer-tree', figures: 'explorer-figures', rail: 'time-rail' },
  },
};

/** The explorer whose map takes the place of the chart, its table below. */
const explorerMap: Record<Breadth, Layout> = {
  wide: {
    ...explorer.wide,
    grid: {
      columns: '260px minmax(0, 1fr) 440px',
      rows: `${bars} minmax(0, 58fr) minmax(0, 42fr) 84px`,
      areas: ['top top top', 'filter filter filter', 'tree map meaning', 'tree figures meaning', 'tree rail meaning'],
    },
  },
  medium: {
    ...explorer.medium,
    grid: {
      columns: '220px minmax(0, 1fr) 320px',
      rows: `${bars} minmax(0, 52fr) minmax(0, 48fr) 84px`,
      areas: ['top top top', 'filter filter filter', 'tree map meaning', 'tree figures meaning', 'tree rail meaning'],
    },
  },
  slim: explorer.slim,
};

/** The three headline rates over the table of scores, and beside them the plan or what is chosen (考核). No map. */
const assess: Record<Breadth, Layout> = {
  wide: {
    grid: {
      columns: 'minmax(0, 1fr) 480px',
      rows: '52px 92px minmax(0, 1fr)',
      areas: ['top top', 'rates detail', 'board detail'],
    },
    panels: { rates: 'assess-rates', board: 'assess-board' },
  },
  medium: {
    grid: {
      columns: 'minmax(0, 1fr) 380px',
      rows: '52px 92px minmax(0, 1fr)',
      areas: ['top top', 'rates detail', 'board detail'],
    },
    panels: { rates: 'assess-rates', board: 'assess-board' },
  },
  slim: {
    grid: {
      columns: 'minmax(0, 1fr)',
      rows: 'auto auto 640px auto',
      areas: ['top', 'rates', 'board', 'detail'],
    },
    panels: { rates: 'assess-rates', board: 'assess-board' },
  },
};

const drillPanels = { queue: 'drill-queue', report: 'drill-report', suggest: 'dispatch-suggest' };

const drillAt = (columns: string): Layout => ({
  grid: {
    columns,
    rows: 'minmax(0, 46fr) minmax(0, 54fr)',
    areas: ['queue detail report', 'map detail suggest'],
  },
  panels: drillPanels,
});

/** The desk in a drill: its queue over its map, the event chosen, what is reported and whom it goes to. No figures. */
export const drillLayout: Record<Breadth, Layout> = {
  wide: drillAt('minmax(0, 34fr) minmax(0, 38fr) minmax(0, 28fr)'),
  medium: drillAt('minmax(0, 34fr) minmax(0, 36fr) minmax(0, 30fr)'),
  slim: {
    grid: {
      columns: 'minmax(0, 1fr)',
      rows: '420px auto 420px 360px 420px',
      areas: ['queue', 'detail', 'report', 'map', 'suggest'],
    },
    panels: drillPanels,
  },
};

/** Layers of the map in a drill: none of them rests on a figure. */
export const drillLayers = ['division-line', 'division-label', 'event-points'] as const;

const layouts: Record<DeskPage, Record<Breadth, Layout>> = {
  ...{
    analyst,
    desk: dispatch,
    explorer,
    assess,
    dispute,
    campaign,
    control,
    address,
    standby,
    verify,
    field,
    care,
    theme,
    recut,
    audit,
    account,
    catalog,
  },
};

type Place = Pick<ReturnType<typeof deskPageOf>, 'page' | 'split' | 'chart'> & {
  /** Nothing is searched yet. */
  isGate: boolean;
};

/** Where a View stands on the desk. */
export const placeOf = (view: Pick<View, 'page'>): ReturnType<typeof deskPageOf> & Place => ({
  ...{ ...deskPageOf(view), isGate: isAtGate(view) },
});

/** How a page of the desk is laid out. */
export const layoutOf = ({ page, chart, isGate }: Place, breadth: Breadth): Layout => {
  if (isGate) return themeGate[breadth];
  return (page === 'explorer' && chart === 'map' ? explorerMap : layouts[page])[breadth];
};

/** Layers that fill the explorer's map by what its table is split by; others leave it to the level looked at. */
const fillOf: Partial<Record<DimensionKey, string>> = {
  block: 'metric-block',
  hexagon: 'metric-hexagon',
  grid: 'metric-grid',
};

/** Layers of a page's map when the View names none. */
export const layersAt = ({ page, split, chart, isGate }: Place): readonly string[] => {
  if (isGate) return layersOf.explorer;
  const fill = page === 'explorer' && chart === 'map' && split[0] ? fillOf[split[0]] : undefined;
  return layersOf[page].map((layer) => (fill && layer === 'division-fill' ? fill : layer));
};

/** Cards by the kind of thing selected. */
const cards: Readonly<Record<string, string>> = {
  building: 'building-card',
  dwelling: 'building-card',
  event: 'event-card',
  entity: 'entity-card',
  block: 'block-card',
  asset: 'force-card',
  specialised_grid: 'cover-card',
  worker: 'worker-card',
  person: 'person-card',
  vehicle: 'vehicle-card',
  dispute: 'dispute-card',
  care: 'care-card',
  alert: 'alert-card',
  beach: 'beach-card',
  ticket: 'ticket-card',
  whistle: 'whistle-card',
};

/** Panel of the card: that of the thing selected; the division's own when nothing is. */
export const cardOf = (kind: string | undefined): string => cards[kind ?? ''] ?? 'division-card';
