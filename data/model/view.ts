import { z } from 'zod';
import { DivisionCode } from './division';

/** Columns a filter clause may name; each is a dimension of the catalogue. */
export const filterFields = ['category', 'categoryL1', 'level', 'source', 'stage', 'department', 'status'] as const;
export const FilterField = z.enum(filterFields);
export type FilterField = z.infer<typeof FilterField>;

/** One filter: OR within `values`, AND between clauses. `source` = the panel that set it, left out of its own query. */
export const Clause = z.object({
  source: z.string(),
  field: FilterField,
  values: z.array(z.string().max(40)).max(240),
});
export type Clause = z.infer<typeof Clause>;

/** Periods a screen can look at, ending at the clock. */
export const periods = ['today', 'P7D', 'P30D', 'P90D', 'P365D', 'all'] as const;
export const Period = z.enum(periods);
export type Period = z.infer<typeof Period>;

/** What is selected: `division:…`, `building:…`, `event:…`. */
export const Selection = z.string().regex(/^(division|building|dwelling|event|block):[\w-]{1,40}$/);

export const Camera = z.object({
  lng: z.number().min(-180).max(180),
  lat: z.number().min(-90).max(90),
  zoom: z.number().min(0).max(22),
  pitch: z.number().min(0).max(60),
  bearing: z.number().min(-180).max(180),
});
export type Camera = z.infer<typeof Camera>;

/** What every panel and layer is asked about: it is the URL, and later the message that drives a wall. */
export const View = z.object({
  /** Division looked at; null = the root of the caller's territory. */
  division: DivisionCode.nullable(),
  period: Period,
  /** Instant the clock stands at; null = live. */
  at: z.iso.datetime({ offset: true }).nullable(),
  filters: z.array(Clause),
  selection: Selection.nullable(),
  /** Metric the map is filled by. */
  metric: z.string().max(60).nullable(),
  layers: z.array(z.string().max(40)).nullable(),
  camera: Camera.nullable(),
});
export type View = z.infer<typeof View>;

/** The part of a View that decides a query's answer. */
export const Question = View.pick({ division: true, period: true, at: true, filters: true });
export type Question = z.infer<typeof Question>;

export const emptyView: View = {
  division: null,
  period: 'P30D',
  at: null,
  filters: [],
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
  filters: view.filters.filter((clause) => clause.source !== panel && clause.values.length > 0),
});
