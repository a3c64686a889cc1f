import { type DimensionKey, isPlace, placeDimensions } from '@/data/metrics/dimensions';
import type { Metric } from '@/data/metrics/metric';
import type { Operator } from '@/data/model/ask';
import type { DivisionLevel } from '@/data/model/division';
import { Problem } from '@/data/model/problem';
import type { Known, Question } from '@/data/model/view';
import { maxCells } from './assemble';
import { type DimensionSql, dimensionSql, filterSql, relationOf } from './columns';
import { type Interval, intervalOf, localDay, moveInterval, type Shift } from './period';
import { bandInterval, isComparison, shiftOf } from './shift';

/** A division as a filter: its level is the column, its code the value. */
export type Place = { code: string; level: DivisionLevel };

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
    .replace(/\$events\b/g, () => relationOf('event', input.question.known))
    .replace(/\$asOfDay\b/g, () => `${bind(`${part}_day`, localDay(to, input.timeZone))}::date`)
    .replace(/\$asOf\b/g, () => `${bind(`${part}_clock`, to.toISOString())}::timestamptz`);

/** A row lies in a place by its column, or by being one of those its metric counts it in. */
const placeSql = (metric: Metric, within: readonly Place[], { bind }: Binder): string[] =>
  within.map(({ level, code }, index) => {
    const bound = bind(`within${index}`, code);
    const places = level === 'province' || level === 'city' ? undefined : metric.by?.[level];
    return places ? `list_contains(${places}, ${bound})` : `${level} = ${bound}`;
  });

/** Clauses on columns the fact has; one on a column it lacks says nothing about it. */
const filterClauses = (metric: Metric, input: CompileInput, { bind }: Binder): string[] =>
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
  part: Part | 'edge',
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

const labels = (columns: readonly DimensionSql[]): string =>
  columns.length > 0
    ? `[${columns.map(({ label }, index) => label.replaceAll('$', () => `g${index}`)).join(', ')}]`
    : '[]::varchar[]';

const groups = (columns: readonly DimensionSql[]): string =>
  columns.map(({ group }, index) => `${group} as g${index}, `).join('');

const groupBy = (columns: readonly unknown[]): string =>
  columns.length > 0 ? ` group by ${columns.map((_, index) => `g${index}`).join(', ')}` : '';

const names = (columns: readonly unknown[]): string => columns.map((_, index) => `g${index}, `).join('');

type Aggregate = {
  metric: Metric;
  known: Known;
  columns: readonly DimensionSql[];
  numerator: string;
  denominator: string;
};

/** Sums of the two additive parts and the rows behind them, grouped. */
const aggregateSql = ({ metric, known, columns, numerator, denominator }: Aggregate, where: string): string => {
  const read = `${groups(columns)}${numerator} as numerator, ${denominator} as denominator`;
  return (
    `select ${names(columns)}coalesce(sum(numerator), 0)::double as numerator, ` +
    `coalesce(sum(denominator), 0)::double as denominator, count(*)::double as n from (` +
    `select ${read} from ${relationOf(metric.fact, known)} fact${where})${groupBy(columns)}`
  );
};

export const columnsOf = (metric: Metric, dimensions: readonly DimensionKey[]): DimensionSql[] =>
  dimensions.map((key) => {
    const column = dimensionSql(metric, key);
    if (!column) throw new Problem('invalid', `The ${metric.fact} fact carries no ${key}.`);
    return column;
  });

/** One part over one interval. */
const partSql = (metric: Metric, input: CompileInput, part: Part, interval: Interval, binding: Binder): string => {
  const columns = columnsOf(metric, input.dimensions);
  const aggregate = {
    metric,
    known: input.question.known,
    columns,
    numerator: metric.numerator,
    denominator: metric.denominator === 'residents' ? '0' : metric.denominator,
  };
  const text = aggregateSql(aggregate, conditions(metric, input, part, interval, binding));
  const residents = 'null::double as residents, null::double[] as series';
  return (
    `select '${part}' as part, ${labels(columns)} as at, numerator, denominator, n, ${residents} ` +
    `from (${atClock(text, part, interval.to, input, binding)})`
  );
};

/** Counts of the same bucket of the week over the band's interval, one list a bucket. */
const bandSql = (metric: Metric, input: CompileInput, interval: Interval, binding: Binder): string => {
  const columns = columnsOf(metric, input.dimensions);
  const where = conditions(metric, input, 'band', interval, binding);
  const inner = aggregateSql(
    { metric, known: input.question.known, columns, numerator: metric.numerator, denominator: '0' },
    where,
  );
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
  const text = aggregateSql(
    { metric: person, known: input.question.known, columns: place, numerator: '1', denominator: '0' },
    ` where ${where}`,
  );
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
const cellRows = (metric: Metric, input: CompileInput, at: At, read: string, binding: Binder) => {
  checkDimensions(metric, input.dimensions);
  const { now } = intervalsFor(metric, { ...input, operators: [] }).intervals;
  const columns = columnsOf(metric, input.dimensions);
  const where = conditions(metric, input, 'now', now, binding);
  const asked = input.dimensions.flatMap((key, index) =>
    at[key] === undefined ? [] : [`codes[${index + 1}] = ${binding.bind(`at${index}`, at[key])}`],
  );
  const inner = `select ${groups(columns)}${read} from ${relationOf(metric.fact, input.question.known)} fact${where}`;
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
