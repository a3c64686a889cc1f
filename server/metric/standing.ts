import { z } from 'zod';
import type { Metric } from '@/data/metrics/metric';
import { aggregateSql, type Sums, sumsOf } from './aggregate';
import { type Binder, type CompileInput, columnsOf, conditions, type Part, type Standing } from './clause';
import { clockColumns, type DimensionSql, numberedSql, storedColumns } from './columns';
import type { Run } from './duck';
import { type Cut, cutsOf } from './narrow';
import type { Interval } from './period';
import { rolled } from './roll';

/** Codes of a list that stand as small numbers in the event fact. */
export const CodeRow = z.object({ list: z.string(), code: z.string(), n: z.number().int() });
export type CodeRow = z.infer<typeof CodeRow>;

/** Reads it for the clock of a question, in the state of the data that `rows` reads; `codes` = those the question names. */
export const readStanding = async (
  rows: Run,
  { clock, question }: CompileInput,
  codes: readonly CodeRow[],
): Promise<Standing> => {
  const { settled } = clockColumns(question.known);
  const later = await rows(
    `(select 'changed' as what from event where ${settled} > $clock::timestamptz limit 1) union all ` +
      `(select 'reported' from event where reported_at >= $clock::timestamptz limit 1)`,
    { clock: clock.toISOString() },
  );
  const before = (what: string) => (later.some((row) => row.what === what) ? null : clock);
  const known = new Map(codes.map(({ list, code, n }) => [`${list} ${code}`, n]));
  return {
    settledBy: before('changed'),
    reportedBy: before('reported'),
    numberOf: (list, code) => known.get(`${list} ${code}`),
  };
};

/** Codes that the places and clauses of a question name, with their numbers. */
export const readCodes = async (rows: Run, { within, question }: CompileInput): Promise<CodeRow[]> => {
  const named = [...within.map(({ code }) => code), ...question.filters.flatMap(({ values }) => values)];
  if (named.length === 0) return [];
  const params = Object.fromEntries(named.map((code, index) => [`code${index}`, code]));
  const list = named.map((_, index) => `$code${index}`).join(', ');
  return z.array(CodeRow).parse(await rows(`select list, code, n from code where code in (${list})`, params));
};

/** True when no event has changed since the instant: all are read as they stand. */
export const isSettled = ({ settledBy }: Standing, at: Date): boolean => settledBy !== null && settledBy <= at;

/** An interval whose open ends cut nothing. */
export type Ends = { from: Date | null; to: Date | null };

/** The interval without an end that every event meets; one whose clock has not been reached is left out by its end. */
export const endsOf = ({ time }: Metric, { from, to }: Interval, { reportedBy }: Standing): Ends => ({
  from,
  to: time === 'reported_at' && reportedBy !== null && reportedBy <= to ? null : to,
});

/** Conditions on small numbers and all others as one text. */
export const whereSql = (cuts: readonly Cut[], others: string): string => {
  const all = [...cuts.map(({ column, sql }) => sql(column)), ...(others ? [others.replace(' where ', '')] : [])];
  return all.length > 0 ? ` where ${all.join(' and ')}` : '';
};

/** Events counted one by one, by when they were reported: what the roll-up counts. */
export const isRolled = ({ numerator, time, where, by }: Metric, rest: CompileInput): boolean =>
  numerator === '1' &&
  time === 'reported_at' &&
  !where &&
  !by &&
  rest.within.length === 0 &&
  rest.question.filters.every(({ values }) => values.length === 0);

/** What a metric adds up over rows that stand for `n` events each: of plain counts, `n` itself. */
const talliedSums = (metric: Metric): Sums => {
  const { numerator, denominator } = sumsOf(metric);
  const of = (name: string, told: string) => (told === '1' ? 'n' : told === '0' ? '0' : name);
  return { numerator: of('numerator', numerator), denominator: of('denominator', denominator), n: 'n' };
};

/** Sums of events by small numbers alone, which are counted several times sooner than what is made of them. */
const tallied = (metric: Metric, stored: readonly string[], where: string): string => {
  const sums = talliedSums(metric);
  const told = sumsOf(metric);
  const parts = (['numerator', 'denominator'] as const).flatMap((name) =>
    sums[name] === name ? [`sum(${told[name]}) as ${name}`] : [],
  );
  const read = [...stored, ...parts, 'count(*) as n'].join(', ');
  return `select ${read} from event fact${where}${stored.length > 0 ? ' group by all' : ''}`;
};

/** The same from the roll-up, and of the last hours from the events; null = it does not tell them. */
const talliedByRoll = (
  { metric, input, stored, ends, cuts, rest }: Tally,
  edgeSql: (ends: Ends) => string,
): string | null => {
  if (!isRolled(metric, rest)) return null;
  const roll = rolled({ columns: stored, cuts, ends, timeZone: input.timeZone });
  if (!roll) return null;
  return roll.edge ? `${roll.sql} union all ${edgeSql(roll.edge)}` : roll.sql;
};

type Tally = {
  metric: Metric;
  input: CompileInput;
  stored: readonly string[];
  ends: Ends;
  cuts: Cut[];
  rest: CompileInput;
};

/** Sums as `aggregateSql` has them, and the columns they are grouped by. */
export type Grouped = { columns: readonly DimensionSql[]; sql: string };

/**
 * Sums of one part over events none of which has changed since its clock; null = some have, or they are no events. Counted
 * by small numbers where every dimension has them.
 */
export const standingSql = (
  metric: Metric,
  input: CompileInput,
  part: Part,
  interval: Interval,
  binding: Binder,
): Grouped | null => {
  const { standing, dimensions } = input;
  if (!standing || metric.fact !== 'event' || !isSettled(standing, interval.to)) return null;
  const ends = endsOf(metric, interval, standing);
  const { cuts, rest } = cutsOf(metric, input, standing.numberOf);
  const where = (name: Part | `${Part}Edge`, between: Ends) =>
    whereSql(cuts, conditions(metric, rest, name, between, binding));
  const stored = storedColumns(metric, dimensions);
  if (!stored) {
    const columns = columnsOf(metric, dimensions);
    return { columns, sql: aggregateSql(columns, sumsOf(metric), () => `event fact${where(part, ends)}`) };
  }
  const tally = { metric, input, stored, ends, cuts, rest };
  const counted =
    talliedByRoll(tally, (edge) => tallied(metric, stored, where(`${part}Edge`, edge))) ??
    tallied(metric, stored, where(part, ends));
  const columns = dimensions.map((key) => numberedSql(metric, key));
  const sql = aggregateSql(columns, talliedSums(metric), () => `(${counted})`);
  // what has gone from a group still stands in the roll-up, once as more and once as less
  return { columns, sql: columns.length > 0 ? `select * from (${sql}) where n > 0` : sql };
};
