import type { Metric } from '@/data/metrics/metric';
import {
  atClock,
  type Binder,
  binder,
  type CompileInput,
  checkDimensions,
  columnsOf,
  conditions,
  intervalsFor,
  paramsIn,
  type Standing,
} from './clause';
import { clockColumns, relationOf, unsettledEvents } from './columns';
import { type ChartSql, cutsOf, type Side, sideOf, writeRows } from './narrow';
import type { Interval } from './period';
import { rollRows } from './roll';
import { type Ends, endsOf, isRolled, isSettled, whereSql } from './standing';

/** What an index is compiled of: the question, and what is known of the rows at the same state of the data. */
export type CubeInput = { metric: Metric; input: CompileInput; standing: Standing; maxRows: number };

type Source = CubeInput & { now: Interval; binding: Binder };

/** Events counted one by one can be taken off again; sums of fractions leave a rest. */
const isCounted = ({ numerator }: Metric): boolean => numerator === '1';

/** One chart counted from the small numbers of the events. */
const scanRows = (source: Source, chart: number, sides: readonly [Side, Side], part: 'now' | 'nowEdge', ends: Ends) => {
  const { metric, input, standing, binding } = source;
  const { cuts, rest } = cutsOf(metric, input, standing.numberOf);
  const { settled } = clockColumns(input.question.known);
  const stands = isCounted(metric) ? [] : [{ column: settled, sql: (name: string) => `${name} <= $asOf` }];
  const where = whereSql([...cuts, ...stands], conditions(metric, rest, part, ends, binding));
  const n = isCounted(metric) ? 'count(*)' : `coalesce(sum(${metric.numerator}), 0)`;
  const counted = `select ${sides[0].group} as ga, ${sides[1].group} as gb, ${n} as n from event fact${where} group by ga, gb`;
  return writeRows(chart, sides, counted);
};

/** Charts of events as they stand now: from the roll-up where it tells, and else from the events. */
const narrowRows = (source: Source): ChartSql[] => {
  const { metric, input, now, standing } = source;
  const [active, ...others] = input.dimensions.map((key) => sideOf(metric, key));
  if (!active) return [];
  const ends = endsOf(metric, now, standing);
  const { cuts, rest } = cutsOf(metric, input, standing.numberOf);
  return others.flatMap((other, chart) => {
    const sides = [active, other] as const;
    const rolled = isRolled(metric, rest) ? rollRows(chart, sides, { cuts, ends, timeZone: input.timeZone }) : null;
    if (!rolled) return scanRows(source, chart, sides, 'now', ends);
    return rolled.edge ? [rolled.rows, scanRows(source, chart, sides, 'nowEdge', rolled.edge)] : rolled.rows;
  });
};

/** Charts counted in one pass over any relation: every set is the active dimension and one other. */
const wideRows = (
  { metric, input, now, binding }: Source,
  numerator: string,
  relation: (text: string) => string,
): ChartSql => {
  const columns = columnsOf(metric, input.dimensions);
  const where = conditions(metric, input, 'now', now, binding);
  const groups = columns.map(({ group }, index) => `${group} as g${index}, `).join('');
  const [active = '', ...others] = columns.map(({ label }, index) => label.replaceAll('$', () => `g${index}`));
  const byChart = (read: (chart: number) => string) =>
    `case ${others.map((_, index) => `when grouping(g${index + 1}) = 0 then ${read(index)}`).join(' ')} end`;
  const read = `${groups}${numerator} as numerator`;
  const sql =
    `select ${byChart(String)}::double as chart, 'nan'::double as a, 'nan'::double as b, ` +
    `coalesce(sum(numerator), 0)::double as n, ${active} as a_text, ${byChart((chart) => others[chart] ?? '')} as b_text ` +
    `from (select ${read} from ${relation(`${read}${where}`)} fact${where}) ` +
    `group by grouping sets (${others.map((_, index) => `(g0, g${index + 1})`).join(', ')})`;
  return { isText: true, sql };
};

/** What the clock changes of events as they stand now: those that have changed since as they were, less as they are. */
const changedRows = (source: Source): ChartSql => {
  const { metric, input } = source;
  const { known } = input.question;
  const stood = (text: string) => unsettledEvents(known, text);
  if (!isCounted(metric)) return wideRows(source, metric.numerator, (text) => `(${stood(text)})`);
  const standing = `select *, -1 as sign from event where ${clockColumns(known).settled} > $asOf`;
  return wideRows(source, 'sign', (text) => `(select *, 1 as sign from (${stood(text)}) union all ${standing})`);
};

/** One of the two queries of an index; null = no chart is read that way. */
export type CubeSql = { sql: string; params: Record<string, string> } | null;

/**
 * Two queries. Rows: `chart` its ordinal among the others · `a`, `b` small numbers of the active bin and of the chart's
 * own, NaN where it has none · `n` a sum; in `texts` also `a_text`, `b_text`. A pair of bins may have several rows in
 * both, which add up; one row more than `maxRows` says that there are more.
 */
export const compileCube = (cube: CubeInput): { numbers: CubeSql; texts: CubeSql; interval: Interval } => {
  const { metric, input, standing, maxRows } = cube;
  checkDimensions(metric, input.dimensions);
  const binding = binder(metric);
  const { now } = intervalsFor(metric, { ...input, operators: [] }).intervals;
  const source = { ...cube, now, binding };
  const charts =
    metric.fact === 'event'
      ? [...narrowRows(source), ...(isSettled(standing, now.to) ? [] : [changedRows(source)])]
      : [wideRows(source, metric.numerator, (text) => relationOf(metric.fact, input.question.known, text))];
  const query = (isText: boolean): CubeSql => {
    const parts = charts.filter((chart) => chart.isText === isText).map(({ sql }) => sql);
    if (parts.length === 0) return null;
    const text = `select * from (${parts.join(' union all ')}) limit ${maxRows + 1}`;
    const sql = atClock(text, 'now', now.to, input, binding);
    return { sql, params: paramsIn(sql, binding) };
  };
  return { numbers: query(false), texts: query(true), interval: now };
};
