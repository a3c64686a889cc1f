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

/** Clauses that cut events to places. */
const placeClauses = ({ fact }: Metric, { question }: ParsedAsk) =>
  question.filters.filter(({ field, values }) => fact === 'event' && isPlace(field) && values.length > 0);

/** Asks for the residents of the places of a question, at its clock. Throws `invalid` where its metric isn't told per head. */
export const residentsAsk = (metric: Metric, ask: ParsedAsk): ParsedAsk => {
  if (!isToldPerHead(metric, ask.dimensions))
    throw new Problem('invalid', `${metric.key} is not told per head by ${ask.dimensions.join(', ') || 'nothing'}.`);
  const dimensions = [
    ...new Set([...ask.dimensions.filter(isPlace), ...placeClauses(metric, ask).map(({ field }) => field)]),
  ];
  return {
    ...{ ...ask, metric: personResident.key, dimensions, operators: [] },
    ...{ question: { ...ask.question, filters: [] }, complete: false, limit: maxCells },
  };
};

/**
 * Residents of a cell's place, of an answer to `residentsAsk`, in the places that clauses let through: what is withheld
 * there is null, so that no rate opens it.
 */
export const residentsIn = (metric: Metric, ask: ParsedAsk, { cells }: Answer): ((cell: Cell) => number | null) => {
  const places = ask.dimensions.filter(isPlace);
  const codesOf = ({ at }: Cell) => places.map((key) => at[key]).join('|');
  const residents = new Map<string, number | null>();
  for (const cell of cells) {
    if (!placeClauses(metric, ask).every(({ field, values }) => values.includes(cell.at[field] ?? ''))) continue;
    const [key, sum] = [codesOf(cell), residents.get(codesOf(cell))];
    residents.set(key, sum === null || cell.numerator === null ? null : (sum ?? 0) + cell.numerator);
  }
  return (cell) => residents.get(codesOf(cell)) ?? (residents.has(codesOf(cell)) ? null : 0);
};
