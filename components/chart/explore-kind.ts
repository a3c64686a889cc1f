import { bucketDimensions, type DimensionKey, mapDimensions, timeDimensions } from '@/data/metrics/dimensions';
import type { Metric } from '@/data/metrics/metric';
import { isToldPerHead, isToldPerWorker } from '@/data/metrics/per-head';
import type { Cell } from '@/data/model/answer';
import type { Operator, PerHead } from '@/data/model/ask';
import { type ChartKind, chartKinds } from '@/data/model/desk-page';
import type { Period } from '@/data/model/view';

/** What the explorer is split by: along the axis or down the rows, then by colour or across, and into small multiples. */
export type Split = { split: readonly DimensionKey[]; each: DimensionKey | null };
type Told = Pick<Metric, 'kind' | 'by'>;

const isOneOf = (keys: readonly string[], key: string | undefined): boolean => key !== undefined && keys.includes(key);
export const isTimeKey = (key: string | undefined): boolean => isOneOf(timeDimensions, key);
const isBucket = (key: string | undefined): boolean => isOneOf(bucketDimensions, key);

/** Parts a pie has at most. */
const mostSlices = 3;

/** Whether the parts of a dimension make up a whole: nothing is counted twice, and counts add up. */
const makesWhole = ({ kind, by }: Told, key: DimensionKey | undefined): boolean =>
  (kind === 'count' || kind === 'sum') && key !== undefined && !by?.[key];

const isPie = (metric: Told, { split, each }: Split, cells: readonly Cell[]): boolean =>
  split.length === 1 &&
  each === null &&
  makesWhole(metric, split[0]) &&
  !isBucket(split[0]) &&
  cells.length >= 2 &&
  cells.length <= mostSlices &&
  cells.every(({ value }) => value !== null && value >= 0);

/** Dimensions the explorer's map can be filled by; `area` = the level its areas stand at. */
const isMapped = (key: DimensionKey | undefined, area: string): boolean =>
  isOneOf(mapDimensions, key) && (isOneOf(['block', 'hexagon', 'grid'], key) || key === area);

/** Kinds that say something true of these dimensions, the usual one first. */
export const offeredKinds = (metric: Told, asked: Split, cells: readonly Cell[], area: string): ChartKind[] => {
  const { split, each } = asked;
  const [first, second] = split;
  const isAlone = split.length === 1 && each === null;
  const isGiven: Record<ChartKind, boolean> = {
    line: isTimeKey(first),
    bar: true,
    stacked: second !== undefined && makesWhole(metric, second),
    pie: isPie(metric, asked, cells),
    heat: second !== undefined && each === null,
    calendar: isAlone && first === 'day',
    map: isAlone && isMapped(first, area),
    table: true,
  };
  return chartKinds.filter((kind) => isGiven[kind]);
};

/** The kind drawn: the wanted one where it is offered, else the usual one of these dimensions. */
export const kindOf = (wanted: ChartKind | null, offered: readonly ChartKind[]): ChartKind =>
  wanted && offered.includes(wanted) ? wanted : (offered[0] ?? 'table');

/** Operators that say something of a metric so split over a period. */
export const offeredOperators = (
  metric: Told & Pick<Metric, 'time' | 'denominator' | 'fact' | 'leastN'>,
  { split, each }: Split,
  period: Period,
): Operator[] => {
  const all = each ? [...split, each] : split;
  const buckets = all.filter(isBucket);
  const hasBegin = metric.time !== null && period !== 'all';
  const isRunning =
    hasBegin && buckets.length === 1 && !metric.by?.[buckets[0] as DimensionKey] && metric.denominator !== 'residents';
  const isGiven: Partial<Record<Operator, boolean>> = {
    previous: buckets.length === 0 && period !== 'all',
    lastYear: period !== 'all' || metric.time === null,
    share: all.every((key) => makesWhole(metric, key)),
    rank: buckets.length === 0,
    cumulative: isRunning,
    moving: isRunning,
    perThousand: isToldPerHead(metric, all),
    perTenThousand: isToldPerHead(metric, all),
    perWorker: isToldPerWorker(metric, all),
  };
  return (Object.keys(isGiven) as Operator[]).filter((operator) => isGiven[operator]);
};

/** Whether the normal band of a metric is told by this split: counts of events by day or hour. */
export const hasBand = (metric: Told & Pick<Metric, 'fact'>, { split, each }: Split, period: Period): boolean =>
  metric.kind === 'count' &&
  metric.fact === 'event' &&
  !metric.by &&
  split.length === 1 &&
  each === null &&
  isOneOf(['day', 'hour'], split[0]) &&
  period !== 'all';

/** What a chart draws of each cell: the value, or what is told of it. */
export type Drawn = 'value' | 'share' | 'cumulative' | PerHead;

const inPlace = ['cumulative', 'perTenThousand', 'perThousand', 'perWorker', 'share'] as const;

/** Chosen operators that are drawn in place of the value; the others stand in the table alone. */
export const drawnOf = (operators: readonly Operator[]): Drawn =>
  inPlace.find((operator) => operators.includes(operator)) ?? 'value';
