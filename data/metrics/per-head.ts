import { type DimensionKey, placeDimensions } from './dimensions';
import type { Fact, Metric } from './metric';

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
