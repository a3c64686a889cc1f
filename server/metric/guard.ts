import type { z } from 'zod';
import { careLeastN } from '@/data/metrics/care';
import { isPlace } from '@/data/metrics/dimensions';
import type { Metric } from '@/data/metrics/metric';
import { personResident } from '@/data/metrics/place';
import type { Cell } from '@/data/model/answer';
import type { Ask } from '@/data/model/ask';
import type { DivisionLevel } from '@/data/model/division';
import type { Clause } from '@/data/model/view';
import type { PartRow } from './assemble';
import { isCareAsk, leafDimensions, withholdCare } from './care';
import type { Compiled, CompileInput } from './clause';
import { filterSql } from './columns';
import type { Facts } from './follower';
import { localDay } from './period';
import { type Few, fewKey, findFew, isTotalFew, type PeopleAsk, withholdFew } from './suppress';

/** What the compiler needs, and the division asked about. */
export type PlacedInput = CompileInput & { code: string; path: string; level: DivisionLevel };

/** An answer before its cells are guarded. `read` runs a question. */
export type Guarded = {
  metric: Metric;
  ask: z.output<typeof Ask>;
  input: PlacedInput;
  compiled: Compiled;
  facts: Facts;
  read: (metric: Metric, input: CompileInput) => Promise<readonly PartRow[]>;
};

/** Rows behind one check of an answer. */
const maxRows = 200_000;

/** Sets of hidden sums kept for one load of the facts. */
const maxKept = 60;
const kept = new WeakMap<Facts, Map<string, Promise<Few>>>();

/** What is counted to see whether a cell tells of too few: the residents of its places, or the metric's own persons. */
const baseOf = (metric: Metric): Metric => (metric.countsPersons ? metric : personResident);

/** What is hidden at a clock; people change only with a load of the facts, so it is worked out once a load and day. */
const fewAt = ({ facts, input, read }: Guarded, ask: PeopleAsk, clock: Date): Promise<Few> => {
  const base = baseOf(ask.metric);
  const cache = kept.get(facts) ?? new Map<string, Promise<Few>>();
  kept.set(facts, cache);
  // the register of persons changes with the log, residents with a load of the facts alone
  const state = base === personResident ? facts.loads() : `${base.key} ${facts.status().watermark}`;
  const key = [state, localDay(clock, input.timeZone), ask.metric.leastN, fewKey(ask)].join(' ');
  const known = cache.get(key);
  if (known) return known;
  if (cache.size >= maxKept) cache.clear();
  const question = { ...input.question, filters: [] };
  const few = findFew(ask, (dimensions, within) => {
    const people = { ...input, dimensions, within: within ? [within] : [], operators: [], clock, question, maxRows };
    return read(base, people);
  });
  cache.set(key, few);
  few.catch(() => cache.delete(key));
  return few;
};

/** Cells as they may be shown, and whether the sum over the asked division may not. */
export type Shown = { cells: readonly Cell[]; isTotalHidden: boolean };

/** Sums cut by clauses are guarded by their whole alone: the rest of a withheld one would tell it. */
const isFiltered = (filters: readonly Pick<Clause, 'values'>[]): boolean =>
  filters.some(({ values }) => values.length > 0);

const guardPeople = async (guarded: Guarded, cells: readonly Cell[]): Promise<Shown> => {
  const { metric, ask, input, compiled } = guarded;
  const isWhole = input.within.every(({ code }) => code !== input.code);
  const clauses = ask.question.filters.filter(({ field }) => baseOf(metric).dimensions.includes(field));
  const people = {
    metric,
    dimensions: ask.dimensions,
    filters: clauses.filter(({ field }) => !isPlace(field)),
    cuts: clauses.filter(({ field, values }) => isPlace(field) && values.length > 0 && filterSql(metric.fact, field)),
    place: isWhole ? null : { code: input.code, level: input.level },
  };
  const { now, previous, lastYear } = compiled.intervals;
  const few = {
    now: await fewAt(guarded, people, now.to),
    ...(previous ? { previous: await fewAt(guarded, people, previous.to) } : {}),
    ...(lastYear ? { lastYear: await fewAt(guarded, people, lastYear.to) } : {}),
  };
  const isTotalHidden = isFiltered([...people.filters, ...people.cuts]) || isTotalFew(people, few.now);
  return { cells: withholdFew(cells, people, few), isTotalHidden };
};

const guardCare = async ({ metric, ask, input, read }: Guarded, cells: readonly Cell[]): Promise<Shown> => {
  const { filters, period, known } = ask.question;
  const care = { metric, dimensions: ask.dimensions, filters, isGrid: input.level === 'grid' };
  if (!isCareAsk(care)) return { cells, isTotalHidden: false };
  const isOther = ({ field }: { field: string }) => field !== 'category' && field !== 'categoryL1';
  const dimensions = leafDimensions(ask.dimensions);
  const question = { period, known, filters: filters.filter(isOther) };
  const leaves = { ...input, dimensions, operators: [], question, maxRows };
  const isTotalHidden = isFiltered(filters.filter((clause) => !isOther(clause)));
  const rows = await read(metric, leaves);
  return { cells: withholdCare(cells, rows, care), isTotalHidden };
};

/** Withholds what would tell of too few people, or of the few events of a person in need in a small place. */
export const guard = async (guarded: Guarded, cells: readonly Cell[]): Promise<Shown> => {
  const care = await guardCare(guarded, cells);
  if (guarded.metric.leastN === 0) return care;
  const people = await guardPeople(guarded, care.cells);
  return { cells: people.cells, isTotalHidden: care.isTotalHidden || people.isTotalHidden };
};

/**
 * What the withheld cells add up to, so that sums can be checked: 0 when none is withheld, null when it must not be told
 * or the metric does not add up.
 */
export const withheldTotalOf = (
  metric: Metric,
  all: readonly Cell[],
  { cells, isTotalHidden }: Shown,
): number | null => {
  if (metric.kind !== 'count' && metric.kind !== 'sum') return null;
  const hidden = all.filter((_, index) => cells[index]?.withheld);
  const sum = hidden.reduce((total, { numerator }) => total + (numerator ?? 0), 0);
  if (hidden.length === 0) return 0;
  return isTotalHidden || sum < (metric.leastN || careLeastN) ? null : sum;
};
