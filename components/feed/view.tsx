'use client';

import { createParser, createSerializer, parseAsString, parseAsStringLiteral, useQueryStates, type Values } from 'nuqs';
import { createContext, type ReactNode, useCallback, useContext, useMemo, useRef } from 'react';
import {
  Camera,
  ClassChoice,
  Clause,
  datesOf,
  emptyView,
  FilterField,
  knowns,
  Period,
  Selection,
  type View,
} from '@/data/model/view';
import { endOfPeriod } from '../chart/bucket';
import { useText } from './text';

const code = (text: string) => encodeURIComponent(text).replace(/[.~!]/g, '');

/** `source.field.value~value!source.field.value` */
const parseAsFilters = createParser<View['filters']>({
  parse: (text) => {
    const clauses = text.split('!').map((part) => {
      const [source, field, values] = part.split('.');
      const parsed = FilterField.safeParse(field);
      return parsed.success && source && values
        ? Clause.safeParse({ source, field: parsed.data, values: values.split('~').map(decodeURIComponent) }).data
        : undefined;
    });
    return clauses.filter((clause) => clause !== undefined);
  },
  serialize: (filters) =>
    filters.map(({ source, field, values }) => `${code(source)}.${field}.${values.map(code).join('~')}`).join('!'),
  eq: (a, b) => JSON.stringify(a) === JSON.stringify(b),
});

const list = (numbers: readonly number[]) => numbers.join('~');
const numbers = (text = '') => text.split('~').filter(Boolean).map(Number);

/** `layer!metric!by!limit~limit!class~class,…` */
const parseAsClasses = createParser<View['classes']>({
  parse: (text) =>
    text.split(',').flatMap((part) => {
      const [layer, metric, by, breaks, shown] = part.split('!');
      return ClassChoice.safeParse({ layer, metric, by, breaks: numbers(breaks), shown: numbers(shown) }).data ?? [];
    }),
  serialize: (classes) =>
    classes
      .map(({ layer, metric, by, breaks, shown }) => [layer, metric, by, list(breaks), list(shown)].join('!'))
      .join(','),
  eq: (a, b) => JSON.stringify(a) === JSON.stringify(b),
});

/** `lng,lat,zoom,pitch,bearing` */
const parseAsCamera = createParser<Camera>({
  parse: (text) => {
    const [lng, lat, zoom, pitch, bearing] = text.split(',').map(Number);
    return Camera.safeParse({ lng, lat, zoom, pitch, bearing }).data ?? null;
  },
  serialize: ({ lng, lat, zoom, pitch, bearing }) =>
    [lng.toFixed(5), lat.toFixed(5), zoom.toFixed(2), pitch.toFixed(0), bearing.toFixed(0)].join(','),
  eq: (a, b) => JSON.stringify(a) === JSON.stringify(b),
});

const parseAsKeys = createParser<string[]>({
  parse: (text) => text.split(',').filter(Boolean),
  serialize: (keys) => keys.join(','),
  eq: (a, b) => a.join() === b.join(),
});

/** A named period, or two local dates with a slash. */
const parseAsPeriod = createParser<Period>({
  parse: (text) => Period.safeParse(text).data ?? null,
  serialize: (period) => period,
});

const parsers = {
  page: parseAsString.withOptions({ history: 'push' }),
  division: parseAsString.withOptions({ history: 'push' }),
  period: parseAsPeriod.withOptions({ history: 'push' }),
  at: parseAsString,
  known: parseAsStringLiteral(knowns).withDefault(emptyView.known),
  filters: parseAsFilters.withDefault([]).withOptions({ history: 'push' }),
  classes: parseAsClasses.withDefault([]).withOptions({ history: 'push' }),
  selection: parseAsString,
  metric: parseAsString,
  layers: parseAsKeys,
  camera: parseAsCamera,
};

/** Names of the parts of a View in the query of a URL; those left out are named as in the View. */
export const urlKeys = {
  page: 'v',
  division: 'a',
  period: 't',
  known: 'k',
  filters: 'f',
  classes: 'c',
  selection: 'sel',
  metric: 'm',
  layers: 'ly',
  camera: 'cam',
} as const;

/** Parts of a View as the query of a URL, `?v=desk&t=P7D`. */
export const queryOf = createSerializer(parsers, { urlKeys });

/** What a screen looks at where its URL says nothing: a wall at today, a scene of it at its metric or incident. */
export type Defaults = Pick<View, 'period'> &
  Partial<Pick<View, 'metric' | 'selection'>> & {
    /** Period the areas of the map are filled over while the View names neither metric nor period; absent = its own. */
    fillPeriod?: Period;
  };
export const ViewDefaults = createContext<Defaults>({ period: emptyView.period });

/** Instant the clock stands at: the one asked for, never later than the end of a fixed period; null = live. */
const instantOf = (at: string | null, period: Period, timeZone: string): string | null => {
  const asked = at && !Number.isNaN(Date.parse(at)) ? Date.parse(at) : Number.POSITIVE_INFINITY;
  const clock = Math.min(asked, endOfPeriod(period, timeZone)?.getTime() ?? Number.POSITIVE_INFINITY);
  return clock < Date.now() ? new Date(clock).toISOString() : null;
};

type State = Values<typeof parsers>;
type SetState = (patch: { [K in keyof View]?: View[K] | null }) => unknown;

const StateContext = createContext<{ state: State; setState: SetState } | null>(null);

/**
 * Reads the URL once for the whole page. What it says keeps its identity while it says the same, so that writing the URL,
 * which follows a change with a delay, draws nothing a second time.
 */
export const ViewProvider = ({ children }: { children: ReactNode }) => {
  const [read, write] = useQueryStates(parsers, { urlKeys });
  const kept = useRef(read);
  if (JSON.stringify(kept.current) !== JSON.stringify(read)) kept.current = read;
  const state = kept.current;
  const latest = useRef(write);
  latest.current = write;
  const setState = useCallback<SetState>((patch) => latest.current(patch), []);
  const value = useMemo(() => ({ state, setState }), [state, setState]);
  return <StateContext value={value}>{children}</StateContext>;
};

/** A View below it that no URL tells and nothing writes: one page of a screen, as it stands when nothing else is said. */
export const PageView = ({ page, children }: { page: string; children: ReactNode }) => {
  const value = useMemo(() => ({ state: { ...emptyView, period: null, page }, setState: () => undefined }), [page]);
  return <StateContext value={value}>{children}</StateContext>;
};

/** The View of this page: read from the URL, written to it. Malformed parts of a URL fall back to their default. */
export const useView = (): { view: View; set: (patch: Partial<View>) => void } => {
  const page = useContext(StateContext);
  if (!page) throw new Error('useView needs a ViewProvider above it.');
  const { state, setState } = page;
  const defaults = useContext(ViewDefaults);
  const timeZone = useText().installation?.timeZone ?? 'UTC';
  const view = useMemo<View>(() => {
    const period = state.period ?? defaults.period;
    return {
      ...state,
      period,
      metric: state.metric ?? defaults.metric ?? null,
      at: instantOf(state.at, period, timeZone),
      selection: Selection.safeParse(state.selection).data ?? defaults.selection ?? null,
    };
  }, [state, defaults, timeZone]);
  const isFixed = datesOf(view.period) !== null;
  const set = useCallback(
    (patch: Partial<View>) => {
      // a fixed period that is over has no live: going back to it leaves the period too
      setState(isFixed && patch.at === null && patch.period === undefined ? { ...patch, period: null } : patch);
    },
    [setState, isFixed],
  );
  return { view, set };
};

/** The filters with one panel's clause on one field replaced; no values removes it. */
export const withClause = (view: View, clause: Clause): View['filters'] => [
  ...view.filters.filter(({ source, field }) => source !== clause.source || field !== clause.field),
  ...(clause.values.length > 0 ? [clause] : []),
];
