import type { DimensionKey } from '@/data/metrics/dimensions';
import type { Metric } from '@/data/metrics/metric';
import type { Operator } from '@/data/model/ask';
import type { DivisionLevel } from '@/data/model/division';
import { Problem } from '@/data/model/problem';
import type { Question } from '@/data/model/view';
import { type DimensionSql, dimensionSql, filterSql, relationOf } from './columns';
import { type Interval, intervalOf, localDay, moveInterval, type Shift } from './period';
import { bandInterval, isComparison, shiftOf } from './shift';

/** A division as a filter: its level is the column, its code the value. */
export type Place = { code: string; level: DivisionLevel };

/** Small number of a code in a list; undefined when it has none. */
export type NumberOf = (list: string, code: string) => number | undefined;

/**
 * What is known of the events at one state of the data: an instant since which none has changed, and one before which all
 * were reported, null where some are later than the clock; the numbers of codes.
 */
export type Standing = { settledBy: Date | null; reportedBy: Date | null; numberOf: NumberOf };

/** All that decides the SQL of an ask besides the metric. */
export type CompileInput = {
  dimensions: readonly DimensionKey[];
  question: Pick<Question, 'period' | 'filters' | 'known'>;
  operators: readonly Operator[];
  /** Divisions the rows must lie in, all of them; empty = the whole installation. */
  within: readonly Place[];
  /** End of the period: the instant asked for, or that of the data. */
  clock: Date;
  timeZone: string;
  /** Rows the answer may rest on; `maxCells` a part when left out. */
  maxRows?: number;
  /** What is known of the events at the state of the data they are counted at; without it their histories are asked too. */
  standing?: Standing;
};

/** Parts of an answer; each row of the result says which it belongs to. */
export type Part = 'now' | Operator;

/**
 * One SQL text with its values. Rows: `part` text · `at` codes by dimension · `numerator`, `denominator`, `n` ·
 * `residents` people of the place, null unless asked for · `series` counts behind a band, null elsewhere.
 */
export type Compiled = {
  sql: string;
  params: Record<string, string>;
  intervals: Partial<Record<Part, Interval>> & { now: Interval };
  /** Rows the parts may have together; one more is read to tell that there are more. */
  maxRows: number;
  /** How far back each comparison lies. */
  shifts: Partial<Record<'previous' | 'lastYear', Shift>>;
};

export type Binder = { params: Record<string, string>; bind: (name: string, value: string) => string };

export const binder = (metric: Metric): Binder => {
  const params: Record<string, string> = { ...metric.params };
  const bind = (name: string, value: string) => {
    params[name] = value;
    return `$${name}`;
  };
  return { params, bind };
};

/** Values whose placeholders stand in the text: an indicator's are left out with the part that named them. */
export const paramsIn = (sql: string, { params }: Binder): Record<string, string> => {
  const named = new Set(sql.match(/\$\w+/g)?.map((name) => name.slice(1)));
  return Object.fromEntries(Object.entries(params).filter(([name]) => named.has(name)));
};

/** Refuses what the metric cannot be split by, naming what it can. */
export const checkDimensions = (metric: Metric, dimensions: readonly DimensionKey[]): void => {
  for (const dimension of dimensions)
    if (!metric.dimensions.includes(dimension))
      throw new Problem('invalid', `${metric.key} has no dimension ${dimension}: ${metric.dimensions.join(', ')}.`);
  if (new Set(dimensions).size < dimensions.length)
    throw new Problem('invalid', `A dimension stands twice: ${dimensions.join(', ')}.`);
};

const checkBand = (metric: Metric, input: CompileInput, from: Date | null): void => {
  const buckets = input.dimensions.filter((key) => key === 'hour' || key === 'day');
  if (metric.kind !== 'count' || metric.fact !== 'event' || metric.by || buckets.length !== 1 || !from)
    throw new Problem('invalid', 'A band needs a count of events by hour or by day over a period with a beginning.');
};

/** Intervals that the ask and its operators count; a comparison that does not exist is left out. */
export const intervalsFor = (metric: Metric, input: CompileInput): Pick<Compiled, 'intervals' | 'shifts'> => {
  const { question, dimensions, operators, clock, timeZone } = input;
  const now = intervalOf(question.period, clock, timeZone);
  const intervals: Compiled['intervals'] = { now };
  const shifts: Compiled['shifts'] = {};
  for (const operator of operators.filter(isComparison)) {
    const shift = shiftOf(operator, question.period, dimensions, now, timeZone);
    if (!shift || (metric.time && !now.from)) continue;
    shifts[operator] = shift;
    intervals[operator] = moveInterval(now, shift, timeZone);
  }
  if (operators.includes('band')) {
    checkBand(metric, input, now.from);
    if (now.from) intervals.band = bandInterval(now.from, timeZone);
  }
  return { intervals, shifts };
};

/** Puts the clock of a part, and the events as they stood at it, into an expression of the catalogue. */
export const atClock = (sql: string, part: Part, to: Date, input: CompileInput, { bind }: Binder): string =>
  sql
    .replace(/\$events\b/g, () => relationOf('event', input.question.known, sql))
    .replace(/\$asOfDay\b/g, () => `${bind(`${part}_day`, localDay(to, input.timeZone))}::date`)
    .replace(/\$asOf\b/g, () => `${bind(`${part}_clock`, to.toISOString())}::timestamptz`);

/** A row lies in a place by its column, or by being one of those its metric counts it in. */
export const placeSql = (metric: Metric, within: readonly Place[], { bind }: Binder): string[] =>
  within.map(({ level, code }, index) => {
    const bound = bind(`within${index}`, code);
    const places = level === 'province' || level === 'city' ? undefined : metric.by?.[level];
    return places ? `list_contains(${places}, ${bound})` : `${level} = ${bound}`;
  });

/** Clauses on columns the fact has; one on a column it lacks says nothing about it. */
export const filterClauses = (metric: Metric, input: CompileInput, { bind }: Binder): string[] =>
  input.question.filters.flatMap(({ field, values }, clause) => {
    const column = filterSql(metric.fact, field);
    if (!column || values.length === 0) return [];
    const list = values.map((value, index) => bind(`filter${clause}_${index}`, value));
    return [`coalesce(${column}, 'none') in (${list.join(', ')})`];
  });

/** What rows must meet; an end of the interval that is null cuts nothing. */
export const conditions = (
  metric: Metric,
  input: CompileInput,
  part: Part | `${Part}Edge`,
  interval: { from: Date | null; to: Date | null },
  binding: Binder,
): string => {
  const { bind } = binding;
  const all = [...placeSql(metric, input.within, binding), ...filterClauses(metric, input, binding)];
  if (metric.where) all.push(`(${metric.where})`);
  if (metric.time) {
    if (interval.from) all.push(`${metric.time} >= ${bind(`${part}_from`, interval.from.toISOString())}::timestamptz`);
    if (interval.to) all.push(`${metric.time} < ${bind(`${part}_to`, interval.to.toISOString())}::timestamptz`);
  }
  return all.length > 0 ? ` where ${all.join(' and ')}` : '';
};

export const columnsOf = (metric: Metric, dimensions: readonly DimensionKey[]): DimensionSql[] =>
  dimensions.map((key) => {
    const column = dimensionSql(metric, key);
    if (!column) throw new Problem('invalid', `The ${metric.fact} fact carries no ${key}.`);
    return column;
  });
