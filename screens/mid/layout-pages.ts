import type { Layout } from '../place';
import type { Breadth } from './breadth';

/** A list beside what is chosen in it. */
const listAnd = (queue: string, share: number): Layout => ({
  grid: {
    columns: `minmax(0, ${share}fr) minmax(0, ${100 - share}fr)`,
    rows: '52px minmax(0, 1fr)',
    areas: ['top top', 'queue detail'],
  },
  panels: { queue },
});

const listed = (queue: string): Record<Breadth, Layout> => ({
  wide: listAnd(queue, 42),
  medium: listAnd(queue, 46),
  slim: {
    grid: { columns: 'minmax(0, 1fr)', rows: 'auto 480px auto', areas: ['top', 'queue', 'detail'] },
    panels: { queue },
  },
});

/** Queue beside the case that is chosen (矛盾纠纷). No map: a place on it would tell who quarrels. */
export const dispute = listed('dispute-queue');
export const campaign = listed('campaign-list');
export const control = listed('control-queue');
export const address = listed('address-list');
export const catalog = listed('catalog-list');

const verifyPanels = { rates: 'verify-rates', queue: 'verify-list' };

const verifyAt = (columns: string): Layout => ({
  grid: { columns, rows: '52px 92px minmax(0, 1fr)', areas: ['top top', 'rates rates', 'queue detail'] },
  panels: verifyPanels,
});

/** The headline rates over the batches, and beside these the one chosen, or quality by community and the rules (核查). */
export const verify: Record<Breadth, Layout> = {
  wide: verifyAt('minmax(0, 38fr) minmax(0, 62fr)'),
  medium: verifyAt('minmax(0, 40fr) minmax(0, 60fr)'),
  slim: {
    grid: { columns: 'minmax(0, 1fr)', rows: 'auto auto 480px auto', areas: ['top', 'rates', 'queue', 'detail'] },
    panels: verifyPanels,
  },
};

const standbyPanels = { ready: 'centre-readiness', calls: 'muster-list', drills: 'drill-list' };

const standbyAt = (columns: string): Layout => ({
  grid: {
    columns,
    rows: '52px minmax(0, 1fr) minmax(0, 1fr)',
    areas: ['top top top', 'ready calls detail', 'ready drills detail'],
  },
  panels: standbyPanels,
});

/** How the centres are staffed, roll calls over drills, and what is chosen or opened (值守). */
export const standby: Record<Breadth, Layout> = {
  wide: standbyAt('minmax(0, 30fr) minmax(0, 34fr) minmax(0, 36fr)'),
  medium: standbyAt('minmax(0, 28fr) minmax(0, 37fr) minmax(0, 35fr)'),
  slim: {
    grid: {
      columns: 'minmax(0, 1fr)',
      rows: 'auto 420px 300px 300px auto',
      areas: ['top', 'ready', 'calls', 'drills', 'detail'],
    },
    panels: standbyPanels,
  },
};

const fieldPanels = { errands: 'errand-list', calls: 'volunteer-list', teams: 'team-list' };

const fieldAt = (columns: string): Layout => ({
  grid: {
    columns,
    rows: '52px minmax(0, 1fr) minmax(0, 1fr)',
    areas: ['top top top', 'errands calls detail', 'errands teams detail'],
  },
  panels: fieldPanels,
});

/** Errands, calls for volunteers over their teams, and what is chosen or opened (一线任务). */
export const field: Record<Breadth, Layout> = {
  wide: fieldAt('minmax(0, 34fr) minmax(0, 30fr) minmax(0, 36fr)'),
  medium: fieldAt('minmax(0, 34fr) minmax(0, 31fr) minmax(0, 35fr)'),
  slim: {
    grid: {
      columns: 'minmax(0, 1fr)',
      rows: 'auto 420px 300px 300px auto',
      areas: ['top', 'errands', 'calls', 'teams', 'detail'],
    },
    panels: fieldPanels,
  },
};

const careAt = (columns: string): Layout => ({
  grid: {
    columns,
    rows: '52px 92px minmax(0, 1fr)',
    areas: ['top top', 'rates detail', 'queue detail'],
  },
  panels: { rates: 'care-rates', queue: 'care-list' },
});

/** How the visits go over the register, and beside it one person or where help is due (关爱). No map: a place on it would tell who. */
export const care: Record<Breadth, Layout> = {
  wide: careAt('minmax(0, 58fr) minmax(0, 42fr)'),
  medium: careAt('minmax(0, 56fr) minmax(0, 44fr)'),
  slim: {
    grid: {
      columns: 'minmax(0, 1fr)',
      rows: 'auto auto 560px auto',
      areas: ['top', 'rates', 'queue', 'detail'],
    },
    panels: { rates: 'care-rates', queue: 'care-list' },
  },
};

const themePanels = { queue: 'theme-list', tree: 'theme-tree', rail: 'time-rail' };

const themeAt = (columns: string): Layout => ({
  grid: {
    columns,
    rows: '52px 48px minmax(0, 1fr) minmax(0, 1fr) 84px',
    areas: ['top top top', 'filter filter filter', 'queue map detail', 'queue tree detail', 'rail rail rail'],
  },
  panels: themePanels,
});

/** What is searched, the rows on the map over what hangs together, and the card of the one chosen (主题库). */
export const theme: Record<Breadth, Layout> = {
  wide: themeAt('minmax(0, 38fr) minmax(0, 34fr) minmax(0, 28fr)'),
  medium: themeAt('minmax(0, 40fr) minmax(0, 33fr) minmax(0, 27fr)'),
  slim: {
    grid: {
      columns: 'minmax(0, 1fr)',
      rows: 'auto auto 640px 360px 420px auto 84px',
      areas: ['top', 'filter', 'queue', 'map', 'tree', 'detail', 'rail'],
    },
    panels: themePanels,
  },
};

const gatePanels = { queue: 'theme-list', rank: 'rank-board', rail: 'time-rail' };

const gateAt = (columns: string): Layout => ({
  grid: {
    columns,
    rows: '52px 48px 316px minmax(0, 1fr) 84px',
    areas: ['top top top', 'filter filter filter', 'queue map detail', 'rank map detail', 'rail rail rail'],
  },
  panels: gatePanels,
});

/** Before a search: what it is for, and how much each theme counts, where; nobody is told of (主题库). */
export const themeGate: Record<Breadth, Layout> = {
  wide: gateAt('minmax(0, 30fr) minmax(0, 44fr) minmax(0, 26fr)'),
  medium: gateAt('minmax(0, 36fr) minmax(0, 37fr) minmax(0, 27fr)'),
  slim: {
    grid: {
      columns: 'minmax(0, 1fr)',
      rows: 'auto auto auto 360px 420px auto 84px',
      areas: ['top', 'filter', 'queue', 'map', 'rank', 'detail', 'rail'],
    },
    panels: gatePanels,
  },
};

const aloneAt = (lines: string, rows: string): Layout => ({
  grid: { columns: 'minmax(0, 1fr)', rows, areas: ['top', 'lines'] },
  panels: { lines },
});

/** One panel alone. */
const alone = (panel: string): Record<Breadth, Layout> => ({
  wide: aloneAt(panel, '52px minmax(0, 1fr)'),
  medium: aloneAt(panel, '52px minmax(0, 1fr)'),
  slim: aloneAt(panel, 'auto 640px'),
});

/** Who looked at what (审计留痕). */
export const audit = alone('audit-list');

const recutPanels = { lines: 'recut-form', rank: 'rank-board' };

const recutAt = (columns: string): Layout => ({
  grid: {
    columns,
    rows: '52px 48px fit-content(66%) minmax(0, 1fr)',
    areas: ['top top', 'filter filter', 'lines map', 'rank map'],
  },
  panels: recutPanels,
});

/** Boundaries cut anew over who lives in those that stand, and beside it the map of these and of those that would begin (区划调整). */
export const recut: Record<Breadth, Layout> = {
  wide: recutAt('minmax(0, 38fr) minmax(0, 62fr)'),
  medium: recutAt('minmax(0, 46fr) minmax(0, 54fr)'),
  slim: {
    grid: {
      columns: 'minmax(0, 1fr)',
      rows: 'auto auto auto 420px 420px',
      areas: ['top', 'filter', 'lines', 'map', 'rank'],
    },
    panels: recutPanels,
  },
};

const accountAt = (columns: string): Layout => ({
  grid: { columns, rows: '52px minmax(0, 1fr)', areas: ['top top', 'queue detail'] },
  panels: { queue: 'account-list' },
});

/** Who may sign in and what posts he holds, and beside it one account or the form of a new one (账号). */
export const account: Record<Breadth, Layout> = {
  wide: accountAt('minmax(0, 62fr) minmax(0, 38fr)'),
  medium: accountAt('minmax(0, 58fr) minmax(0, 42fr)'),
  slim: {
    grid: { columns: 'minmax(0, 1fr)', rows: 'auto 560px auto', areas: ['top', 'queue', 'detail'] },
    panels: { queue: 'account-list' },
  },
};
