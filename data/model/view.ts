import { z } from 'zod';
import type { DimensionKey } from '../metrics/dimensions';
import { DivisionCode } from './division';

/** Columns a filter clause may name; each is a dimension of the catalogue. */
export const filterFields = [
  'subdistrict',
  'community',
  'hourOfDay',
  'category',
  'categoryL1',
  'level',
  'source',
  'stage',
  'department',
  'status',
  'houseType',
  'houseUse',
  'entityType',
  'industry',
  'assetGroup',
  'assetType',
  'sex',
  'ageBand',
  'populationType',
  'workerType',
] as const satisfies DimensionKey[];
export const FilterField = z.enum(filterFields);
export type FilterField = z.infer<typeof FilterField>;

/** Fields of places and of time, whose values stand in no dictionary list. Only events have them: people are not cut by them. */
const listless = ['subdistrict', 'community', 'hourOfDay'] as const satisfies FilterField[];
type ListField = Exclude<FilterField, (typeof listless)[number]>;

/** Dictionary list the values of a filter belong to. */
const listOfField: Record<ListField, string> = {
  category: 'event-category',
  categoryL1: 'event-category-l1',
  level: 'event-level',
  source: 'event-source',
  stage: 'event-stage',
  department: 'department',
  status: 'event-status',
  houseType: 'house-type',
  houseUse: 'house-use',
  entityType: 'entity-type',
  industry: 'industry',
  assetGroup: 'asset-group',
  assetType: 'resource-type',
  sex: 'sex',
  ageBand: 'age-band',
  populationType: 'population-type',
  workerType: 'gridworker-type',
};

/** Dictionary list the codes of a dimension belong to; dimensions of place and time have none. */
export const listOfDimension: Readonly<Record<string, string>> = {
  ...listOfField,
  ageGroup: 'age-band',
  origin: 'region',
  weekday: 'weekday',
  warning: 'weather-warning',
  careGroup: 'care-group',
  recordOrigin: 'data-origin',
  plateKind: 'plate-kind',
  holderKind: 'holder-kind',
};

/** One filter: OR within `values`, AND between clauses. `source` = the panel that set it, left out of its own query. */
export const Clause = z.object({
  source: z.string(),
  field: FilterField,
  values: z.array(z.string().max(40)).max(240),
});
export type Clause = z.infer<typeof Clause>;

/** Periods a screen can look at, ending at the clock. */
export const periods = ['today', 'P7D', 'P30D', 'P90D', 'P365D', 'all'] as const;
export type NamedPeriod = (typeof periods)[number];

/** A fixed stretch of local dates, half-open: `2026-10-01/2026-10-31` ends as the 31st begins. */
export type FixedPeriod = `${string}/${string}`;

const dayMs = 86_400_000;
const maxDays = 3_700;

/** First date, first date after the end, and days between of a fixed period; null for a named one. */
export const datesOf = (period: string): { from: string; until: string; days: number } | null => {
  const [, from = '', until = ''] = /^(\d{4}-\d{2}-\d{2})\/(\d{4}-\d{2}-\d{2})$/.exec(period) ?? [];
  const [first, last] = [from, until].map((date) => {
    const at = new Date(`${date}T00:00:00Z`);
    return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(date) ? at.getTime() : Number.NaN;
  });
  const days = ((last ?? 0) - (first ?? 0)) / dayMs;
  return from !== '' && days > 0 && days <= maxDays ? { from, until, days } : null;
};

export const FixedPeriod = z.custom<FixedPeriod>(
  (text) => typeof text === 'string' && datesOf(text) !== null,
  'Two local dates, 2026-10-01/2026-10-31, at most ten years apart.',
);
export const Period = z.union([z.enum(periods), FixedPeriod]);
export type Period = z.infer<typeof Period>;

/** Which record a past instant is read by: all that is recorded today, or what was recorded by then (当时所知). */
export const knowns = ['now', 'then'] as const;
export const Known = z.enum(knowns);
export type Known = z.infer<typeof Known>;

/** What is selected: `division:…`, `building:…`, `event:…`; an account by its user name, a field by its table and column. */
export const Selection = z
  .string()
  .regex(
    /^(division|building|dwelling|event|block|entity|asset|beach|alert|specialised_grid|worker|dispute|ticket|whistle|campaign|control|address|drill|muster|errand|volunteer|team|care|verify|retention|person|vehicle):[\w-]{1,60}$|^account:[\w.-]{1,30}$|^catalog:[a-z_0-9]{1,40}\.[a-z_0-9]{1,40}$/,
  );

/** Scenes of a wall (场景), in the order of the tour; each answers one question. */
export const scenes = ['overview', 'event', 'trend', 'population', 'weather', 'force', 'assessment'] as const;
export const Scene = z.enum(scenes);
export type Scene = z.infer<typeof Scene>;
/** What a wall shows: a scene of the tour, or what a desk explores, which is shown by a cast alone. */
export type WallSceneKey = Scene | 'explorer';

/** Pages of the desk: the analyst's, the dispatch desk, the metric explorer, assessment, disputes, campaigns, joint control, addresses, readiness, verification, work in the field, care, theme search, boundaries, audit, accounts, the data catalogue. */
export const deskPages = [
  'analyst',
  'desk',
  'explorer',
  'assess',
  'dispute',
  'campaign',
  'control',
  'address',
  'standby',
  'verify',
  'field',
  'care',
  'theme',
  'recut',
  'audit',
  'account',
  'catalog',
] as const;
export const DeskPage = z.enum(deskPages);
export type DeskPage = z.infer<typeof DeskPage>;

export const Camera = z.object({
  lng: z.number().min(-180).max(180),
  lat: z.number().min(-90).max(90),
  zoom: z.number().min(0).max(22),
  pitch: z.number().min(0).max(60),
  bearing: z.number().min(-180).max(180),
});
export type Camera = z.infer<typeof Camera>;

/**
 * Classes of a legend left on (图例选类). The limits travel with them, so that every screen draws the same classes; areas
 * of the others are dimmed. It is no filter of a question: a class is a range of values, which no row carries.
 */
export const ClassChoice = z.object({
  layer: z.string().max(40),
  metric: z.string().max(60),
  /** Dimension of the areas or things that are classed. */
  by: z.string().max(20),
  /** Lower limits of the classes but the first, rising. */
  breaks: z.array(z.number()).max(11),
  /** Classes left on, from 0; the number after the last one stands for what has no value. */
  shown: z.array(z.number().int().min(0).max(12)).min(1).max(13),
});
export type ClassChoice = z.infer<typeof ClassChoice>;

/** What every panel and layer is asked about: it is the URL, and later the message that drives a wall. */
export const View = z.object({
  /** Page of the screen: a scene of the wall, a page of the desk, a card of the story; null = its first. */
  page: z.string().max(160).nullable(),
  /** Division looked at; null = the root of the caller's territory. */
  division: DivisionCode.nullable(),
  period: Period,
  /** Instant the clock stands at; null = live. */
  at: z.iso.datetime({ offset: true }).nullable(),
  /** Record the instant is read by; the same while the clock is live. */
  known: Known.default('now'),
  filters: z.array(Clause),
  classes: z.array(ClassChoice).max(10).default([]),
  selection: Selection.nullable(),
  /** Metric the map is filled by. */
  metric: z.string().max(60).nullable(),
  layers: z.array(z.string().max(40)).nullable(),
  camera: Camera.nullable(),
});
export type View = z.infer<typeof View>;

/** The part of a View that decides a query's answer. */
export const Question = View.pick({ division: true, period: true, at: true, known: true, filters: true });
export type Question = z.infer<typeof Question>;

export const emptyView: View = {
  page: null,
  division: null,
  period: 'P30D',
  at: null,
  known: 'now',
  filters: [],
  classes: [],
  selection: null,
  metric: null,
  layers: null,
  camera: null,
};

/** The question a panel asks: the View without its own clauses (cross-filter). */
export const askedBy = (panel: string, view: View): Question => ({
  division: view.division,
  period: view.period,
  at: view.at,
  known: view.at === null ? 'now' : view.known,
  filters: view.filters.filter((clause) => clause.source !== panel && clause.values.length > 0),
});
