import type { Metric } from '@/data/metrics/metric';
import { clockColumns, type DimensionSql, narrowSql, relationOf, unsettledEvents } from './columns';
import {
  atClock,
  type Binder,
  binder,
  type Compiled,
  type CompileInput,
  checkDimensions,
  columnsOf,
  conditions,
  intervalsFor,
  paramsIn,
} from './compile';
import type { Interval } from './period';

/** Instants the rows of the event fact lie between, epoch ms; null = none. */
export type Bounds = { firstAt: number | null; lastAt: number | null; settledAt: number | null };

/** Reads the bounds of a metric's clock; DuckDB keeps them, so no row is read. */
export const boundsSql = (metric: Metric, { question }: CompileInput): string => {
  const { settled } = clockColumns(question.known);
  const time = metric.time ?? settled;
  return (
    `select epoch_ms(min(${time}))::double as "firstAt", epoch_ms(max(${time}))::double as "lastAt", ` +
    `epoch_ms(max(${settled}))::double as "settledAt" from event`
  );
};

/** Conditions that every event meets: they need not be read. */
type Met = { from: boolean; to: boolean; settled: boolean };

/** An event whose clock has not been reached has no instant, and the end of the interval leaves it out. */
export const metBy = (metric: Metric, { firstAt, lastAt, settledAt }: Bounds, { from, to }: Interval): Met => ({
  from: !from || (firstAt !== null && firstAt >= from.getTime()),
  to: metric.time === 'reported_at' && lastAt !== null && lastAt < to.getTime(),
  settled: settledAt !== null && settledAt < to.getTime(),
});

const textOf = ({ label }: DimensionSql, group: string): string =>
  label.replaceAll('$code', () => `${group}_code.code`).replaceAll('$', () => group);

const joinOf = ({ list }: { list?: string }, group: string): string =>
  list ? ` left join code ${group}_code on ${group}_code.list = '${list}' and ${group}_code.n = ${group}` : '';

type Source = { metric: Metric; input: CompileInput & { maxRows: number }; now: Interval; binding: Binder };

/** Days first: rows lie in order of time, so what is counted together lies together. */
const isTime = (group: string): boolean =>
  /_no$/.test(group) && /^(reported|dispatched|handled|ended|due)_/.test(group);

/** Pairs counted from the small numbers of the event itself, one query a chart. */
const narrowRows = ({ metric, input, now, binding }: Source, met: Met): string[] => {
  const [active, ...others] = columnsOf(metric, input.dimensions, narrowSql);
  if (!active) return [];
  const cut = { from: met.from ? null : now.from, to: met.to ? null : now.to };
  const where = conditions(metric, input, 'now', cut, binding);
  const { settled } = clockColumns(input.question.known);
  const whole = met.settled ? where : `${where ? `${where} and` : ' where'} ${settled} <= $asOf`;
  const n = metric.numerator === '1' ? 'count(*)' : `coalesce(sum(${metric.numerator}), 0)`;
  return others.map((other, index) => {
    const keys = isTime(other.group) ? 'gb, ga' : 'ga, gb';
    const counted = `select ${active.group} as ga, ${other.group} as gb, ${n}::double as n from event fact${whole} group by ${keys}`;
    return `select ${index + 1} as chart, ${textOf(active, 'ga')} as a, ${textOf(other, 'gb')} as b, counted.n from (${counted}) counted${joinOf(active, 'ga')}${joinOf(other, 'gb')}`;
  });
};

/** Pairs counted in one pass over any relation: every set is the active dimension and one other. */
const wideRows = ({ metric, input, now, binding }: Source, relation: string): string => {
  const columns = columnsOf(metric, input.dimensions);
  const where = conditions(metric, input, 'now', now, binding);
  const groups = columns.map(({ group }, index) => `${group} as g${index}, `).join('');
  const [active = '', ...others] = columns.map((column, index) => textOf(column, `g${index}`));
  const byChart = (read: (chart: number) => string) =>
    `case ${others.map((_, index) => `when grouping(g${index + 1}) = 0 then ${read(index + 1)}`).join(' ')} end`;
  return (
    `select ${byChart(String)} as chart, ${active} as a, ${byChart((chart) => others[chart - 1] ?? '')} as b, ` +
    `coalesce(sum(numerator), 0)::double as n from (select ${groups}${metric.numerator} as numerator from ${relation} fact${where}) ` +
    `group by grouping sets (${others.map((_, index) => `(g0, g${index + 1})`).join(', ')})`
  );
};

/**
 * One row a bin of a chart: its sums by ordinal of the active bin, an ordinal twice where events have changed since the
 * clock. `chart` 0 = the active chart's own bins. `bounds` null = nothing is known of the rows.
 */
export const compileCube = (
  metric: Metric,
  input: CompileInput & { maxRows: number },
  bounds: Bounds | null,
): Pick<Compiled, 'sql' | 'params'> & { interval: Interval } => {
  checkDimensions(metric, input.dimensions);
  const binding = binder(metric);
  const { now } = intervalsFor(metric, { ...input, operators: [] }).intervals;
  const source = { metric, input, now, binding };
  const met = bounds ? metBy(metric, bounds, now) : { from: false, to: false, settled: false };
  const parts =
    metric.fact === 'event'
      ? [
          ...narrowRows(source, met),
          ...(met.settled ? [] : [wideRows(source, `(${unsettledEvents(input.question.known)})`)]),
        ]
      : [wideRows(source, relationOf(metric.fact, input.question.known))];
  // a pair stands in at most two parts, so one cut off here still has more than `maxRows` pairs
  const text =
    `with raw as materialized (select * from (${parts.join(' union all ')}) limit ${2 * input.maxRows + 2}), ` +
    `axis as (select a, (row_number() over (order by a) - 1)::integer as i from (select distinct a from raw)) ` +
    `select chart, b as code, list(i) as bins, list(n) as sums from raw join axis using (a) group by chart, b ` +
    `union all select 0, a, [i], [0] from axis`;
  const sql = atClock(text, 'now', now.to, input, binding);
  return { sql, params: paramsIn(sql, binding), interval: now };
};
