import type { z } from 'zod';
import { isPlace } from '@/data/metrics/dimensions';
import { dutyOnDuty } from '@/data/metrics/duty';
import type { Metric } from '@/data/metrics/metric';
import { isToldPerHead, isToldPerWorker } from '@/data/metrics/per-head';
import { personResident } from '@/data/metrics/place';
import type { Answer, Cell } from '@/data/model/answer';
import type { Ask, PerHead } from '@/data/model/ask';
import { Problem } from '@/data/model/problem';
import { maxCells } from './assemble';

type ParsedAsk = z.output<typeof Ask>;

/** Clauses that cut events to places. */
const placeClauses = ({ fact }: Metric, { question }: ParsedAsk) =>
  question.filters.filter(({ field, values }) => fact === 'event' && isPlace(field) && values.length > 0);

/** The people an operator tells a number by. */
export const peopleOf = (operator: PerHead): Metric => (operator === 'perWorker' ? dutyOnDuty : personResident);

/** Asks for the people of the places of a question, at its clock. Throws `invalid` where its metric isn't told by them. */
export const peopleAsk = (metric: Metric, ask: ParsedAsk, operator: PerHead): ParsedAsk => {
  const isTold = operator === 'perWorker' ? isToldPerWorker : isToldPerHead;
  if (!isTold(metric, ask.dimensions))
    throw new Problem('invalid', `${metric.key} has no ${operator} by ${ask.dimensions.join(', ') || 'nothing'}.`);
  const dimensions = [
    ...new Set([...ask.dimensions.filter(isPlace), ...placeClauses(metric, ask).map(({ field }) => field)]),
  ];
  return {
    ...{ ...ask, metric: peopleOf(operator).key, dimensions, operators: [] },
    ...{ question: { ...ask.question, filters: [] }, complete: false, limit: maxCells },
  };
};

/**
 * People of a cell's place, of an answer to `peopleAsk`, in the places that clauses let through: what is withheld
 * there is null, so that no rate opens it.
 */
export const peopleIn = (metric: Metric, ask: ParsedAsk, { cells }: Answer): ((cell: Cell) => number | null) => {
  const places = ask.dimensions.filter(isPlace);
  const codesOf = ({ at }: Cell) => places.map((key) => at[key]).join('|');
  const people = new Map<string, number | null>();
  for (const cell of cells) {
    if (!placeClauses(metric, ask).every(({ field, values }) => values.includes(cell.at[field] ?? ''))) continue;
    const [key, sum] = [codesOf(cell), people.get(codesOf(cell))];
    people.set(key, sum === null || cell.numerator === null ? null : (sum ?? 0) + cell.numerator);
  }
  return (cell) => people.get(codesOf(cell)) ?? (people.has(codesOf(cell)) ? null : 0);
};
