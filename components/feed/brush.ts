'use client';

import type { QueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { type DimensionKey, noCode } from '@/data/metrics/dimensions';
import type { Answer } from '@/data/model/answer';
import type { Cube } from '@/data/model/brush';
import { buildBrushIndex } from '@/data/model/brush-index';
import type { EventRow } from '@/data/model/event';
import type { FixedPeriod, Question } from '@/data/model/view';
import { type BrushBins, type BrushChart, overlaid } from './brush-overlay';
import type { Api } from './trpc';

const counted = 'event.reported';
/** Figures a brush moves: counts of events, alone or over the residents, who are told as of the clock either way. */
const brushed = [counted, 'event.per_ten_thousand'];
/** Told by the clock: a period that ends sooner reads them sooner, which no index of now can know. */
const byClock: readonly string[] = ['stage', 'status', 'department'] satisfies DimensionKey[];
/** Every event stands in one bin of it: its bins add up to the whole. */
const wholeBy = (active: DimensionKey): DimensionKey => (active === 'level' ? 'source' : 'level');
/** Milliseconds an index of a living View is kept. */
const keptMs = 10_000;

type EventPoints = { rows: EventRow[]; total: number };
type Asked = { metric: string; dimensions?: DimensionKey[]; question: Question };

/** What a brush is over: the dimension under the hand in a View; panels and layers that ask about it follow. */
export type BrushBase = Pick<Question, 'period' | 'at'> & {
  active: DimensionKey;
  /** Source of the clauses a brush takes the place of: what follows is asked without them. */
  source: string;
  /** Of places: one under the hand is looked at in place of `focus`, and lies in `within`. */
  place?: { focus: string | null; within: string | null };
};

type State = { base: BrushBase; bins: BrushBins | null; charts: ReadonlyMap<string, BrushChart> };

let state: State | null = null;
/** Base whose indices were asked for last. */
let asked = '';
let version = 0;
let frame = 0;

/** Who is told of a brush: figures at once, maps when the page has time, or the hand rests where a picture stands for them. */
type BrushFollower = 'figure' | 'map';
const listeners: Record<BrushFollower, Set<() => void>> = { figure: new Set(), map: new Set() };
/** A map without a picture follows at least this often, ms, however busy the page is: the hand waits for no map. */
const mapWithin = 250;
/** A hand that has not moved for so many ms rests. */
const restMs = 200;
let isMapDue = false;
/** The hand moves: what nobody sees need not follow before it rests. */
let isMoving = false;
let rest: ReturnType<typeof setTimeout> | undefined;

/** What shows a brush in place of a map while the hand moves. */
export type BrushPicture = {
  /** A hand has come near. */
  prepare: () => void;
  /** Shows the brush as it is now; false = it cannot. */
  paint: () => boolean;
};
const pictures = new Set<BrushPicture>();

/** Lets a picture follow the hand; returns how it ends that. */
export const addPicture = (picture: BrushPicture): (() => void) => {
  pictures.add(picture);
  return () => pictures.delete(picture);
};

const preparePictures = () => {
  for (const picture of pictures) picture.prepare();
};

const paintPictures = (): boolean => [...pictures].map((picture) => picture.paint()).some(Boolean);

const whenIdle = (work: () => void): void => {
  if ('requestIdleCallback' in window) requestIdleCallback(work, { timeout: mapWithin });
  else setTimeout(work);
};

const tellMaps = () => {
  isMapDue = false;
  for (const listen of listeners.map) listen();
};

/** Whether maps have been told of the brush as it is now. */
export const isMapTold = (): boolean => frame === 0 && !isMapDue;

const settle = (isPainted: boolean) => {
  isMoving = false;
  for (const listen of listeners.figure) listen();
  if (isPainted) tellMaps();
};

/** A picture stood for the maps: they are told when the hand rests, or has gone. */
let isPictured = false;

/** Draws at most once a frame, whatever the hand does in between. */
const tell = () => {
  if (frame !== 0) return;
  frame = requestAnimationFrame(() => {
    frame = 0;
    version += 1;
    clearTimeout(rest);
    isMoving = state?.bins != null;
    for (const listen of listeners.figure) listen();
    const isPainted = isMoving && paintPictures();
    if (isMoving) rest = setTimeout(settle, restMs, isPainted);
    if (!isPainted && (isPictured || !isMapDue)) whenIdle(tellMaps);
    isPictured = isPainted;
    isMapDue = true;
  });
};

const questionKey = ({ division, at, known, filters, period }: Question): string =>
  JSON.stringify([division, period, at, known ?? 'now', filters]);

const baseKey = ({ active, source, period, at, place }: BrushBase): string =>
  JSON.stringify([active, source, period, at, place]);

/** What is asked of a procedure; undefined when it is another's. */
const inputOf = ([path, options]: readonly unknown[], wanted: string): Asked | undefined =>
  Array.isArray(path) && path.join('.') === wanted ? (options as { input?: Asked } | undefined)?.input : undefined;

const askWithout = (queryKey: readonly unknown[], base: BrushBase): Asked | null => {
  const { active, source, period, at, place } = base;
  const input = inputOf(queryKey, 'metric.ask');
  if (!input || !brushed.includes(input.metric)) return null;
  const { dimensions = [], question } = input;
  if (dimensions.length > 1) return null;
  // a stretch of another period, as the rail's, has rows of the same kinds but no such days
  if (active === 'day' && (question.period !== period || question.at !== at)) return null;
  if (place && question.division !== place.focus) return null;
  const filters = question.filters.filter((clause) => clause.source !== source);
  const fields = [...dimensions, ...filters.map(({ field }) => field)];
  if (active === 'day' && fields.some((key) => byClock.includes(key))) return null;
  return { ...input, question: { ...question, filters, division: place ? place.within : question.division } };
};

/** What was asked last without the clauses of a base: every panel asks at every move. */
const without = new WeakMap<readonly unknown[], { base: BrushBase; ask: Asked | null }>();

/** What is asked, without the clauses the brush takes the place of; null = it does not follow. */
const askOf = (queryKey: readonly unknown[], base: BrushBase): Asked | null => {
  const known = without.get(queryKey);
  if (known?.base === base) return known.ask;
  const ask = askWithout(queryKey, base);
  without.set(queryKey, { base, ask });
  return ask;
};

/** Dimensions by question, of all that is drawn now and would follow. */
const followers = (client: QueryClient, base: BrushBase) => {
  const byQuestion = new Map<string, { question: Question; dimensions: Set<DimensionKey> }>();
  for (const { queryKey } of client.getQueryCache().findAll({ type: 'active' })) {
    const input = askOf(queryKey, base);
    if (!input) continue;
    const key = questionKey(input.question);
    const found = byQuestion.get(key) ?? { question: input.question, dimensions: new Set([wholeBy(base.active)]) };
    for (const dimension of input.dimensions ?? []) if (dimension !== base.active) found.dimensions.add(dimension);
    byQuestion.set(key, found);
  }
  return byQuestion;
};

const maxCharts = 12;
const built = new WeakMap<Cube, [string, BrushChart][]>();

const chartsOf = (cube: Cube): [string, BrushChart][] => {
  const known = built.get(cube);
  if (known) return known;
  const charts = cube.charts.map((chart): [string, BrushChart] => [
    chart.dimension,
    { codes: chart.codes, index: buildBrushIndex(cube, chart), active: cube.codes },
  ]);
  built.set(cube, charts);
  return charts;
};

/**
 * Asks for the indices of all charts that follow, on hover or press. Of days, over whole buckets: `period` reaches from
 * the first to the last of the chart. They belong to the questions they were asked for, so a frame is never of another
 * View.
 */
export const prepareBrush = async (
  { api, client }: { api: Api; client: QueryClient },
  base: BrushBase,
  period?: FixedPeriod,
): Promise<void> => {
  // one that stands by keys is not taken away by a pointer that passes
  if (state?.bins && baseKey(state.base) !== baseKey(base)) return;
  preparePictures();
  asked = baseKey(base);
  const cubes = [...followers(client, base)].map(async ([key, { question, dimensions }]) => {
    const others = [...dimensions].sort().slice(0, maxCharts);
    const query = api.metric.brush.queryOptions({
      metric: counted,
      active: base.active,
      others,
      question: { ...question, period: period ?? question.period },
    });
    const cube = await client.fetchQuery({ ...query, staleTime: base.at === null ? keptMs : Number.POSITIVE_INFINITY });
    return chartsOf(cube).map(([dimension, chart]) => [`${key} ${dimension}`, chart] as const);
  });
  const charts = new Map((await Promise.all(cubes)).flat());
  // the hand has gone on to another chart
  if (asked !== baseKey(base)) return;
  state = { base, bins: state && baseKey(state.base) === asked ? state.bins : null, charts };
  if (state.bins) tell();
};

/** Moves the brush. Without an index nothing moves. */
export const moveBrush = (base: BrushBase, bins: BrushBins): void => {
  asked = baseKey(base);
  state = state && baseKey(state.base) === asked ? { ...state, bins } : { base, bins, charts: new Map() };
  tell();
};

/** The View has become another: what stood in the last frame stays until its own answers are there. */
export const endBrush = (): void => {
  if (state) state = { ...state, bins: null };
  tell();
};

/** Events of a map in the rows under the hand; all of them where not all that may follow are there. */
const pointsLeft = (points: EventPoints, { question }: Asked, { base, bins }: State): EventPoints => {
  const isThere = points.rows.length === points.total && question.filters.every(({ source }) => source !== base.source);
  // one place is looked at, not chosen; the hour of an event is not in its row
  const isTold = base.active in (points.rows[0] ?? {});
  if (!bins || 'from' in bins || (base.place && bins.length === 1) || !isTold || !isThere) return points;
  const rows = points.rows.filter((row) => bins.includes(String(row[base.active as keyof EventRow] ?? noCode)));
  return { ...points, rows, total: rows.length };
};

const answerLeft = (answer: Answer, input: Asked, { base, bins, charts }: State, before?: Answer): Answer => {
  const dimension = input.dimensions?.[0];
  const chart = charts.get(`${questionKey(input.question)} ${dimension ?? wholeBy(base.active)}`);
  return chart && bins ? overlaid(answer, chart, dimension, bins, before) : answer;
};

const memo = new WeakMap<object, { version: number; shown: unknown }>();

const shownOf = (queryKey: readonly unknown[], data: object): unknown => {
  if (!state?.bins) return data;
  const input = askOf(queryKey, state.base);
  const points = inputOf(queryKey, 'event.points');
  if (!input && !points) return data;
  const last = memo.get(data);
  if (last?.version === version) return last.shown;
  const shown = points
    ? pointsLeft(data as EventPoints, points, state)
    : input && answerLeft(data as Answer, input, state, last?.shown as Answer);
  memo.set(data, { version, shown });
  return shown;
};

const listenAs = (follower: BrushFollower) => (listener: () => void) => {
  listeners[follower].add(listener);
  return () => listeners[follower].delete(listener);
};
const listen = { figure: listenAs('figure'), map: listenAs('map') };

type ReadBrushed = <Data>(
  queryKey: readonly unknown[],
  data: Data,
  /** True for figures of the chart under the hand, which keeps them. */
  isOwn?: (active: DimensionKey) => boolean,
) => Data;

/** Whether an answer may be another while the hand moves; events of a map are where rows are under it, not days. */
const mayFollow = (queryKey: readonly unknown[]): boolean => {
  if (state === null) return false;
  const isOfRows = state.bins !== null && !('from' in state.bins);
  return askOf(queryKey, state.base) !== null || (isOfRows && inputOf(queryKey, 'event.points') !== undefined);
};

/**
 * What a brush leaves of an answer while the hand moves; the answer itself when it does not follow. Who asks for none of
 * `queryKeys` that may follow is not drawn anew, nor who has them all for the chart under the hand (`isOwn`, by their place).
 */
export const useBrushed = (
  queryKeys: readonly (readonly unknown[])[],
  follower: BrushFollower,
  isOwn: (active: DimensionKey, place: number) => boolean = () => false,
): ReadBrushed => {
  const follows = (queryKey: readonly unknown[], place: number): boolean =>
    state !== null && !isOwn(state.base.active, place) && mayFollow(queryKey);
  useSyncExternalStore(
    listen[follower],
    () => (queryKeys.some(follows) ? version : 0),
    () => 0,
  );
  return (queryKey, data, isOwn) => {
    const isKept = !data || (state && isOwn?.(state.base.active));
    return isKept ? data : (shownOf(queryKey, data) as typeof data);
  };
};

const useHand = (isSo: () => boolean): boolean => useSyncExternalStore(listen.figure, isSo, () => false);

/** Whether a hand is on a chart or rows. */
export const useIsBrushing = (): boolean => useHand(() => state?.bins != null);

/** Whether that hand moves: what follows it changes at every frame. */
export const useIsMoving = (): boolean => useHand(() => isMoving);
