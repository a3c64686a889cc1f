import { type DimensionKey, isPlace, placeDimensions } from '@/data/metrics/dimensions';
import type { Metric } from '@/data/metrics/metric';
import { aggregateSql, groups, labels, sumsOf } from './aggregate';
import { maxCells } from './assemble';
import {
  atClock,
  type Binder,
  binder,
  type Compiled,
  type CompileInput,
  checkDimensions,
  columnsOf,
  conditions,
  filterClauses,
  intervalsFor,
  type Part,
  paramsIn,
  placeSql,
} from './clause';
import { relationOf } from './columns';
import type { Interval } from './period';
import { standingSql } from './standing';

/** What a query over the metric's fact reads from and the conditions its rows meet. */
const fromFact =
  (metric: Metric, { question }: CompileInput, where: string) =>
  (text: string) =>
    `${relationOf(metric.fact, question.known, `${text}${where}`)} fact${where}`;

/** Sums of one part over the rows as they stood at its clock. */
const asItStood = (metric: Metric, input: CompileInput, part: Part, interval: Interval, binding: Binder) => {
  const columns = columnsOf(metric, input.dimensions);
  const where = conditions(metric, input, part, interval, binding);
  return { columns, sql: aggregateSql(columns, sumsOf(metric), fromFact(metric, input, where)) };
};

/** One part over one interval. */
const partSql = (metric: Metric, input: CompileInput, part: Part, interval: Interval, binding: Binder): string => {
  const { columns, sql } =
    standingSql(metric, input, part, interval, binding) ?? asItStood(metric, input, part, interval, binding);
  const residents = 'null::double as residents, null::double[] as series';
  return (
    `select '${part}' as part, ${labels(columns)} as at, numerator, denominator, n, ${residents} ` +
    `from (${atClock(sql, part, interval.to, input, binding)})`
  );
};

/** Counts of the same bucket of the week over the band's interval, one list a bucket. */
const bandSql = (metric: Metric, input: CompileInput, interval: Interval, binding: Binder): string => {
  const columns = columnsOf(metric, input.dimensions);
  const where = conditions(metric, input, 'band', interval, binding);
  const inner = aggregateSql(columns, { ...sumsOf(metric), denominator: '0' }, fromFact(metric, input, where));
  const week = input.dimensions.map((key, index) => {
    const column = columns[index] ?? { group: '', label: '$' };
    const label = column.label.replaceAll('$', () => `g${index}`);
    if (key === 'hour')
      return `isodow(date '2000-01-01' + (g${index} // 24)::integer) || format('T{:02d}:00', g${index} % 24)`;
    return key === 'day' ? `isodow(g${index})::varchar` : label;
  });
  const text =
    `select 'band' as part, [${week.join(', ')}] as at, 0::double as numerator, 0::double as denominator, ` +
    `sum(n) as n, null::double as residents, list(numerator) as series from (${inner}) group by all`;
  return atClock(text, 'band', interval.to, input, binding);
};

/** Clauses on places of a question about events, for the residents they are told by. */
const placeClauses = (metric: Metric, input: CompileInput, binding: Binder): string[] => {
  const filters = input.question.filters.filter(({ field }) => isPlace(field));
  return filterClauses(metric, { ...input, question: { ...input.question, filters } }, binding);
};

/** People living in each place of the ask at the end of the interval: the denominator `residents`. */
const residentSql = (
  [metric, person]: readonly [Metric, Metric],
  input: CompileInput,
  part: Part,
  interval: Interval,
  binding: Binder,
): string => {
  const columns = input.dimensions.map((key) =>
    (placeDimensions as readonly DimensionKey[]).includes(key) ? columnsOf(person, [key])[0] : undefined,
  );
  const place = columns.filter((column) => column !== undefined);
  const places = [...placeSql(person, input.within, binding), ...placeClauses(metric, input, binding)];
  const where = [...places, `(${person.where})`].join(' and ');
  const text = aggregateSql(place, { ...sumsOf(person), denominator: '0' }, fromFact(person, input, ` where ${where}`));
  const at = labels(place);
  return (
    `select '${part}' as part, ${at} as at, 0::double as numerator, 0::double as denominator, 0::double as n, ` +
    `numerator as residents, null::double[] as series from (${atClock(text, part, interval.to, input, binding)})`
  );
};

/**
 * Compiles one ask to one SQL text over the facts. Expressions come from the catalogue alone; everything a caller sends
 * is a parameter. `person` = the metric that counts residents.
 */
export const compile = (metric: Metric, input: CompileInput, person: Metric): Compiled => {
  checkDimensions(metric, input.dimensions);
  const binding = binder(metric);
  const { intervals, shifts } = intervalsFor(metric, input);
  const texts = (Object.entries(intervals) as [Part, Interval][]).flatMap(([part, interval]) => {
    if (part === 'band') return [bandSql(metric, input, interval, binding)];
    const text = partSql(metric, input, part, interval, binding);
    return metric.denominator === 'residents'
      ? [text, residentSql([metric, person], input, part, interval, binding)]
      : [text];
  });
  const maxRows = input.maxRows ?? maxCells * texts.length;
  const sql = `select * from (${texts.join('\nunion all\n')}) limit ${maxRows + 1}`;
  return { sql, params: paramsIn(sql, binding), intervals, shifts, maxRows };
};

/** Codes of a cell; a dimension it says nothing of is not asked. */
export type At = Readonly<Record<string, string>>;

/** The rows of one cell with the columns read of each, and the conditions that pick the cell. */
const cellRows = (metric: Metric, input: CompileInput, at: At, told: string, binding: Binder) => {
  checkDimensions(metric, input.dimensions);
  const { now } = intervalsFor(metric, { ...input, operators: [] }).intervals;
  const columns = columnsOf(metric, input.dimensions);
  const where = conditions(metric, input, 'now', now, binding);
  const asked = input.dimensions.flatMap((key, index) =>
    at[key] === undefined ? [] : [`codes[${index + 1}] = ${binding.bind(`at${index}`, at[key])}`],
  );
  const read = `${groups(columns)}${told}`;
  const inner = `select ${read} from ${fromFact(metric, input, where)(read)}`;
  const rows = `(select *, ${labels(columns)} as codes from (${inner}))`;
  return { rows: asked.length > 0 ? `${rows} where ${asked.join(' and ')}` : rows, now };
};

/** Rows behind one cell: those whose codes are the cell's, with what each adds to both parts. */
export const compileRows = (
  metric: Metric,
  input: CompileInput,
  at: At,
  limit: number,
): Pick<Compiled, 'sql' | 'params'> => {
  const binding = binder(metric);
  const denominator = metric.denominator === 'residents' ? '0' : metric.denominator;
  const read = `id, lng, lat, ${metric.numerator} as numerator, ${denominator} as denominator`;
  const { rows, now } = cellRows(metric, input, at, read, binding);
  const text =
    `select id, lng, lat, coalesce(numerator, 0)::double as numerator, denominator::double as denominator, ` +
    `count(*) over ()::double as total from ${rows} order by id desc limit ${limit}`;
  const sql = atClock(text, 'now', now.to, input, binding);
  return { sql, params: paramsIn(sql, binding) };
};

/** How many rows of one cell of events came from each import, and of the others from each way they were reported. */
export const compileLineage = (metric: Metric, input: CompileInput, at: At): Pick<Compiled, 'sql' | 'params'> => {
  const binding = binder(metric);
  const read = 'batch, case when batch is null then source end as way, reported_at as told_at';
  const { rows, now } = cellRows(metric, input, at, read, binding);
  const text =
    `select batch, way, count(*)::double as n, epoch_ms(max(told_at))::double as newest ` +
    `from ${rows} group by batch, way order by n desc, batch, way`;
  const sql = atClock(text, 'now', now.to, input, binding);
  return { sql, params: paramsIn(sql, binding) };
};
