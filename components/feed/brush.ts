'use client';

import type { QueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import type { DimensionKey } from '@/data/metrics/dimensions';
import { type Answer, type Cell, scaleOf } from '@/data/model/answer';
import type { Cube } from '@/data/model/brush';
import { type BrushIndex, buildBrushIndex, readBrush } from '@/data/model/brush-index';
import type { FixedPeriod, Question } from '@/data/model/view';
import type { Api } from './trpc';

const counted = 'event.reported';
/** Figures a brush moves: counts of events, alone or over the residents, who are told as of the clock either way. */
const brushed = [counted, 'event.per_ten_thousand'];
/** Told by the clock: a period that ends sooner reads them sooner, which no index of now can know. */
const byClock: readonly string[] = ['stage', 'status', 'department'] satisfies DimensionKey[];
/** Every event stands in one bin of it: its bins add up to the whole. */
const wholeBy = 'level';
/** Milliseconds an index of a living View is kept. */
const keptMs = 10_000;

type Asked = { metric: string; dimensions?: DimensionKey[]; question: Question };

/** The View a brush is over: panels and layers that ask about it follow. */
export type BrushBase = Pick<Question, 'period' | 'at'>;

type Chart = { codes: string[]; index: BrushIndex; days: string[]; asOf: string };

/** Local dates under the hand, half-open. */
export type BrushDays = { from: string; until: string };

type State = { base: BrushBase; days: BrushDays | null; charts: ReadonlyMap<string, Chart> };

let state: State | null = null;
let version = 0;
let frame = 0;
const listeners = new Set<() => void>();

/** Draws at most once a frame, whatever the hand does in between. */
const tell = () => {
  if (frame !== 0) return;
  frame = requestAnimationFrame(() => {
    frame = 0;
    version += 1;
    for (const listen of listeners) listen();
  });
};

const questionKey = ({ division, at, known, filters, period }: Question): string =>
  JSON.stringify([division, period, at, known ?? 'now', filters]);

const askOf = (queryKey: readonly unknown[]): Asked | null => {
  const [path, options] = queryKey as [unknown, { input?: Asked } | undefined];
  const isAsk = Array.isArray(path) && path.join('.') === 'metric.ask';
  const input = isAsk ? options?.input : undefined;
  const dimensions = input?.dimensions ?? [];
  const isOne = dimensions.length <= 1 && !dimensions.some((key) => byClock.includes(key));
  const isPlain = input?.question.filters.every(({ field }) => !byClock.includes(field));
  return input && isOne && isPlain && brushed.includes(input.metric) ? input : null;
};

const isOver = ({ question }: Asked, base: BrushBase): boolean =>
  question.period === base.period && question.at === base.at;

/** Dimensions by question, of all that is drawn now and would follow. */
const followers = (client: QueryClient, base: BrushBase) => {
  const byQuestion = new Map<string, { question: Question; dimensions: Set<DimensionKey> }>();
  for (const { queryKey } of client.getQueryCache().findAll({ type: 'active' })) {
    const asked = askOf(queryKey);
    if (!asked || !isOver(asked, base)) continue;
    const key = questionKey(asked.question);
    const found = byQuestion.get(key) ?? { question: asked.question, dimensions: new Set([wholeBy]) };
    for (const dimension of asked.dimensions ?? []) if (dimension !== 'day') found.dimensions.add(dimension);
    byQuestion.set(key, found);
  }
  return byQuestion;
};

const maxCharts = 12;
const built = new WeakMap<Cube, [string, Chart][]>();

const chartsOf = (cube: Cube): [string, Chart][] => {
  const known = built.get(cube);
  if (known) return known;
  const charts = cube.charts.map((chart): [string, Chart] => [
    chart.dimension,
    { codes: chart.codes, index: buildBrushIndex(cube, chart), days: cube.codes, asOf: cube.asOf },
  ]);
  built.set(cube, charts);
  return charts;
};

/**
 * Asks for the indices of all charts that follow, on hover or press. Over whole buckets: `period` reaches from the first
 * to the last of the chart. They belong to the questions they were asked for, so a frame is never of another View.
 */
export const prepareBrush = async (
  { api, client }: { api: Api; client: QueryClient },
  base: BrushBase,
  period: FixedPeriod,
): Promise<void> => {
  const asked = [...followers(client, base)].map(async ([key, { question, dimensions }]) => {
    const others = [...dimensions].sort().slice(0, maxCharts);
    const query = api.metric.brush.queryOptions({
      metric: counted,
      active: 'day',
      others,
      question: { ...question, period },
    });
    const cube = await client.fetchQuery({ ...query, staleTime: base.at === null ? keptMs : Number.POSITIVE_INFINITY });
    return chartsOf(cube).map(([dimension, chart]) => [`${key} ${dimension}`, chart] as const);
  });
  const charts = new Map((await Promise.all(asked)).flat());
  const isSame = state && state.base.period === base.period && state.base.at === base.at;
  state = { base, days: isSame && state ? state.days : null, charts };
  if (state.days) tell();
};

/** Moves the brush; null takes it away. Without an index nothing moves. */
export const moveBrush = (base: BrushBase, days: BrushDays | null): void => {
  const charts = state && state.base.period === base.period && state.base.at === base.at ? state.charts : new Map();
  state = { base, days, charts };
  tell();
};

/** The View has become another: what stood in the last frame stays until its own answers are there. */
export const endBrush = (): void => {
  if (state) state = { ...state, days: null };
  tell();
};

const placeIn = (days: readonly string[], day: string): number => {
  const place = days.findIndex((code) => code >= day);
  return place < 0 ? days.length : place;
};

const cellOf = (answer: Answer, at: Cell['at'], sum: number, base: Cell | undefined): Cell => {
  if (base && base.value === null && base.withheld) return base;
  if (Number.isNaN(sum)) return { at, value: null, numerator: null, denominator: null, n: null, withheld: 'small' };
  const denominator = answer.kind === 'rate' ? (base?.denominator ?? 0) : 1;
  const value = denominator === 0 ? null : (sum / denominator) * scaleOf(answer.unit);
  return { at, value, numerator: sum, denominator, n: sum };
};

const overlay = (answer: Answer, chart: Chart, dimension: DimensionKey | undefined, days: BrushDays): Answer => {
  const sums = readBrush(chart.index, { from: placeIn(chart.days, days.from), to: placeIn(chart.days, days.until) });
  if (!dimension) {
    const [base] = answer.cells;
    return {
      ...answer,
      cells: [
        cellOf(
          answer,
          {},
          sums.reduce((a, b) => a + b, 0),
          base,
        ),
      ],
    };
  }
  const byCode = new Map(chart.codes.map((code, i) => [code, sums[i] ?? 0]));
  const known = new Map(answer.cells.map((cell) => [cell.at[dimension] ?? '', cell]));
  const cells = answer.cells.map((cell) => cellOf(answer, cell.at, byCode.get(cell.at[dimension] ?? '') ?? 0, cell));
  // a bin of the whole buckets that the period itself cuts off
  for (const [code, sum] of byCode)
    if (sum > 0 && !known.has(code) && answer.kind === 'count')
      cells.push(cellOf(answer, { [dimension]: code }, sum, undefined));
  return { ...answer, cells };
};

const memo = new WeakMap<Answer, { version: number; shown: Answer }>();

const shownOf = (queryKey: readonly unknown[], answer: Answer): Answer => {
  const asked = state?.days ? askOf(queryKey) : null;
  if (!asked || !state?.days || !isOver(asked, state.base)) return answer;
  const dimension = asked.dimensions?.[0];
  const chart = state.charts.get(`${questionKey(asked.question)} ${dimension ?? wholeBy}`);
  if (!chart) return answer;
  const last = memo.get(answer);
  if (last?.version === version) return last.shown;
  const shown = overlay(answer, chart, dimension, state.days);
  memo.set(answer, { version, shown });
  return shown;
};

const listen = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** What a brush leaves of an answer while the hand moves; the answer itself when it does not follow. */
export const useBrushed = (): (<Data>(queryKey: readonly unknown[], data: Data) => Data) => {
  useSyncExternalStore(
    listen,
    () => version,
    () => 0,
  );
  return (queryKey, data) => (data ? (shownOf(queryKey, data as unknown as Answer) as unknown as typeof data) : data);
};
