import type { Metric } from '@/data/metrics/metric';
import type { DimensionSql } from './columns';

/** Texts of the grouped values, one list a row. */
export const labels = (columns: readonly DimensionSql[]): string =>
  columns.length > 0
    ? `[${columns.map(({ label }, index) => label.replaceAll('$', () => `g${index}`)).join(', ')}]`
    : '[]::varchar[]';

/** What rows are grouped by, as `g0`, `g1` … */
export const groups = (columns: readonly DimensionSql[]): string =>
  columns.map(({ group }, index) => `${group} as g${index}, `).join('');

const groupBy = (columns: readonly unknown[]): string =>
  columns.length > 0 ? ` group by ${columns.map((_, index) => `g${index}`).join(', ')}` : '';

const names = (columns: readonly unknown[]): string => columns.map((_, index) => `g${index}, `).join('');

/** What is added up over rows; `n` = how many rows of the fact one row stands for. */
export type Sums = Pick<Metric, 'numerator' | 'denominator'> & { n: string };

/** Both parts of a metric as they are added up; residents are counted apart. */
export const sumsOf = ({ numerator, denominator }: Metric): Sums => ({
  numerator,
  denominator: denominator === 'residents' ? '0' : denominator,
  n: '1',
});

/** Sums of the two additive parts and the rows behind them, grouped; `from` reads a relation of the rows told by its text. */
export const aggregateSql = (
  columns: readonly DimensionSql[],
  { numerator, denominator, n }: Sums,
  from: (text: string) => string,
): string => {
  const read = `${groups(columns)}${numerator} as numerator, ${denominator} as denominator, ${n} as n`;
  // the same sum twice is added up once
  const sum = (name: string, told: string) => `coalesce(sum(${told === n ? 'n' : name}), 0)::double as ${name}`;
  return (
    `select ${names(columns)}${sum('numerator', numerator)}, ${sum('denominator', denominator)}, ${sum('n', n)} ` +
    `from (select ${read} from ${from(read)})${groupBy(columns)}`
  );
};
