import { DimensionKey } from '../metrics/dimensions';
import type { Metric } from '../metrics/metric';
import { Operator } from './ask';
import { Ranking } from './asked';
import { isAtGate, metricOfTheme, themeSearchOf } from './theme';
import { DeskPage, type View } from './view';

/** Ways the explorer draws an answer (图形). */
export const chartKinds = ['line', 'bar', 'stacked', 'pie', 'heat', 'calendar', 'map', 'table'] as const;
export type ChartKind = (typeof chartKinds)[number];

/** Dimensions a table of the explorer is split by at most, those of the multiples apart. */
export const mostSplits = 2;

/** What the explorer shows of a metric. */
export type Exploration = {
  /** Along the axis or down the rows, then by colour or across. */
  split: DimensionKey[];
  /** Small multiples, one a code; null = none. */
  each: DimensionKey | null;
  /** Null = as the split has it. */
  order: Ranking | null;
  /** Null = the usual one of the split. */
  chart: ChartKind | null;
  /** What is told beside the value; null = the usual ones. */
  operators: Operator[] | null;
};

/** Ranking as a page carries it: `d` from the most, `a5` the five least; undefined = it is none. */
const rankingOf = (text: string): Ranking | undefined => {
  const [, sign, n] = /^([ad])(\d{1,2})?$/.exec(text) ?? [];
  const ranking = { direction: sign === 'a' ? 'asc' : 'desc', limit: n === undefined ? null : Number(n) };
  return sign === undefined ? undefined : Ranking.safeParse(ranking).data;
};

/** Starts the dimension of the multiples. */
const eachPrefix = 'per-';
/** Nothing is told beside the value. */
const plain = 'plain';

/** Operators the explorer offers; the normal band comes by itself. */
export const exploredOperators = Operator.exclude(['band']);

const operatorsOf = (words: readonly string[]): Operator[] | null => {
  const found = words.flatMap((word) => exploredOperators.safeParse(word).data ?? []);
  return found.length > 0 || words.includes(plain) ? [...new Set(found)] : null;
};

/**
 * Page of the desk a View stands at; the explorer's page carries what it shows, each part a word that none of the other
 * parts knows: `explorer.community.month.per-level.a5.stacked.share`.
 */
export const deskPageOf = ({ page }: Pick<View, 'page'>): { page: DeskPage } & Exploration => {
  const [name, ...rest] = (page ?? '').split('.');
  const dimensionsOf = (words: readonly string[]) => words.flatMap((word) => DimensionKey.safeParse(word).data ?? []);
  const split = [...new Set(dimensionsOf(rest))].slice(0, mostSplits);
  const [each] = dimensionsOf(rest.map((word) => (word.startsWith(eachPrefix) ? word.slice(eachPrefix.length) : '')));
  return {
    page: DeskPage.safeParse(name).data ?? 'analyst',
    split,
    each: each && !split.includes(each) ? each : null,
    order: rest.flatMap((word) => rankingOf(word) ?? [])[0] ?? null,
    chart: chartKinds.find((kind) => rest.includes(kind)) ?? null,
    operators: operatorsOf(rest),
  };
};

const orderWord = (order: Ranking | null): string[] =>
  order ? [`${order.direction === 'asc' ? 'a' : 'd'}${order.limit ?? ''}`] : [];

/** Page of the explorer that shows this. */
export const explorerPage = ({ split = [], each, order, chart, operators }: Partial<Exploration>): string =>
  [
    'explorer',
    ...split,
    ...(each ? [eachPrefix + each] : []),
    ...orderWord(order ?? null),
    ...(chart ? [chart] : []),
    ...(operators ? (operators.length > 0 ? operators : [plain]) : []),
  ].join('.');

/** What a metric's table is split by: as chosen where the metric allows it, else by the finest level of its divisions above the grid. */
export const splitOf = (metric: Pick<Metric, 'dimensions'>, wanted: readonly DimensionKey[]): DimensionKey[] => {
  const allowed = wanted.filter((key) => metric.dimensions.includes(key));
  if (allowed.length > 0) return allowed;
  const usual = (['community', 'subdistrict', 'district'] as const).find((key) => metric.dimensions.includes(key));
  return [usual ?? metric.dimensions[0]].filter((key) => key !== undefined);
};

/** Metric a page's map is about: before a search what its theme counts, of boundaries who lives within; null = none of its own. */
export const metricOfPage = (view: Pick<View, 'page'>): string | null => {
  if (view.page === 'recut') return metricOfTheme.person;
  return isAtGate(view) ? metricOfTheme[themeSearchOf(view).theme] : null;
};
