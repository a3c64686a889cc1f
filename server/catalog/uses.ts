import type { Metric } from '@/data/metrics/metric';
import type { FactLine } from './book';

/** What an expression is written with besides the columns of its fact: words of SQL, and names it makes itself. */
const sqlWords = new Set(
  (
    'and or not is null in case when then else end false int select from where exists interval hour day coalesce ' +
    'greatest least datesub date_trunc epoch strftime list_transform list_slice generate_series to_minutes lambda h ' +
    'fact again shift event duty'
  ).split(' '),
);

/** Columns the expressions of a metric name, those of a second look beside the row's own. */
export const columnsIn = ({ numerator, denominator, where, time, by = {} }: Metric): string[] => {
  const text = [numerator, denominator, where, time, ...Object.values(by)].filter(Boolean).join(' ');
  const bare = text.replace(/'[^']*'|\$\w+/g, ' ').replace(/\b(fact|again|shift)\./g, ' ');
  return [...new Set(bare.match(/[a-z_][a-z_0-9]*/gi) ?? [])].filter((word) => !sqlWords.has(word.toLowerCase()));
};

const snake = (key: string): string => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Fields a column or dimension of a fact comes from; empty = the catalogue does not say. */
export const fieldsOf = (
  { facts, known }: { facts: readonly FactLine[]; known: { has: (field: string) => boolean } },
  fact: string,
  column: string,
): string[] => {
  const said = (of: string) => facts.find((line) => line.fact === of && line.column === column)?.fields.split(' ');
  const tables = facts.find((line) => line.fact === fact && line.column === '')?.fields.split(' ') ?? [];
  const names = [column, snake(column), `${snake(column)}_code`];
  const own = tables.flatMap((table) => names.map((name) => `${table}.${name}`)).find((field) => known.has(field));
  return said(fact) ?? (own ? [own] : (said('*') ?? []));
};

/** Dimensions of a metric that split it by what its rows are; places and times split nearly all. */
export const splitsOf = ({ dimensions }: Metric, places: readonly string[]): string[] =>
  dimensions.filter((dimension) => !places.includes(dimension));
