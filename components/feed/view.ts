'use client';

import { createParser, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { createContext, useCallback, useContext, useMemo } from 'react';
import { Camera, Clause, emptyView, FilterField, periods, Selection, type View } from '@/data/model/view';

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

const parsers = {
  page: parseAsString.withOptions({ history: 'push' }),
  division: parseAsString.withOptions({ history: 'push' }),
  period: parseAsStringLiteral(periods).withOptions({ history: 'push' }),
  at: parseAsString,
  filters: parseAsFilters.withDefault([]).withOptions({ history: 'push' }),
  selection: parseAsString,
  metric: parseAsString,
  layers: parseAsKeys,
  camera: parseAsCamera,
};

const urlKeys = {
  page: 'v',
  division: 'a',
  period: 't',
  filters: 'f',
  selection: 'sel',
  metric: 'm',
  layers: 'ly',
  camera: 'cam',
} as const;

/** What a screen looks at where its URL says nothing: a wall at today. */
export const ViewDefaults = createContext<Pick<View, 'period'>>({ period: emptyView.period });

/** The View of this page: read from the URL, written to it. Malformed parts of a URL fall back to their default. */
export const useView = (): { view: View; set: (patch: Partial<View>) => void } => {
  const [state, setState] = useQueryStates(parsers, { urlKeys });
  const defaults = useContext(ViewDefaults);
  const view = useMemo<View>(
    () => ({
      ...state,
      period: state.period ?? defaults.period,
      at: state.at && !Number.isNaN(Date.parse(state.at)) ? new Date(state.at).toISOString() : null,
      selection: Selection.safeParse(state.selection).data ?? null,
    }),
    [state, defaults],
  );
  const set = useCallback(
    (patch: Partial<View>) => {
      setState(patch);
    },
    [setState],
  );
  return { view, set };
};

/** The filters with one panel's clause on one field replaced; no values removes it. */
export const withClause = (view: View, clause: Clause): View['filters'] => [
  ...view.filters.filter(({ source, field }) => source !== clause.source || field !== clause.field),
  ...(clause.values.length > 0 ? [clause] : []),
];
