import { type DimensionKey, divisionDimensions, mapDimensions, placeDimensions } from './dimensions';
import type { Fact, Metric } from './metric';

/** Whether what a metric counts is told by the workers on duty (人均): events as they wait, by places of the tree. */
export const isToldPerWorker = (
  { kind, fact, time, by }: Pick<Metric, 'kind' | 'fact' | 'time' | 'by'>,
  dimensions: readonly DimensionKey[],
): boolean =>
  kind === 'count' &&
  fact === 'event' &&
  time === null &&
  !mapDimensions.some((key) => by?.[key] || (dimensions.includes(key) && !isDivision(key)));

const isDivision = (key: DimensionKey): boolean => (divisionDimensions as readonly DimensionKey[]).includes(key);

/** Facts whose rows are told by the people they are there for. */
const facts: readonly Fact[] = ['event', 'building', 'dwelling', 'entity', 'asset', 'worker'];

/**
 * Whether what a metric counts is told by residents (每千人、每万人): things that add up, each in one place. People
 * themselves are not, nor hexagons, which hold no residents of their own.
 */
export const isToldPerHead = (
  { kind, fact, leastN, by }: Pick<Metric, 'kind' | 'fact' | 'leastN' | 'by'>,
  dimensions: readonly DimensionKey[],
): boolean =>
  (kind === 'count' || kind === 'sum') &&
  leastN === 0 &&
  facts.includes(fact) &&
  !dimensions.includes('hexagon') &&
  !placeDimensions.some((key) => by?.[key]);
