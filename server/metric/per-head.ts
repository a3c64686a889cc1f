import type { z } from 'zod';
import { isPlace } from '@/data/metrics/dimensions';
import type { Metric } from '@/data/metrics/metric';
import { isToldPerHead } from '@/data/metrics/per-head';
import { personResident } from '@/data/metrics/place';
import type { Answer, Cell } from '@/data/model/answer';
import type { Ask } from '@/data/model/ask';
import { Problem } from '@/data/model/problem';
import { maxCells } from './assemble';

type ParsedAsk = z.output<typeof Ask>;

/** Asks for the residents of the places of a question, at its clock. Throws `invalid` where its metric isn't told per head. */
export const residentsAsk = (metric: Metric, ask: ParsedAsk): ParsedAsk => {
  if (!isToldPerHead(metric, ask.dimensions))
    throw new Problem('invalid', `${metric.key} is not told per head by ${ask.dimensions.join(', ') || 'nothing'}.`);
  return {
    ...{ ...ask, metric: personResident.key, dimensions: ask.dimensions.filter(isPlace), operators: [] },
    ...{ question: { ...ask.question, filters: [] }, complete: false, limit: maxCells },
  };
};

/** Residents of a cell's place, of an answer to `residentsAsk`: what is withheld there is null, so that no rate opens it. */
export const residentsIn = ({ cells, dimensions }: Answer): ((cell: Cell) => number | null) => {
  const codesOf = ({ at }: Cell) => dimensions.map((key) => at[key]).join('|');
  const residents = new Map(cells.map((cell) => [codesOf(cell), cell.numerator]));
  return (cell) => residents.get(codesOf(cell)) ?? (residents.has(codesOf(cell)) ? null : 0);
};
