import { type DimensionKey, noCode } from '@/data/metrics/dimensions';
import type { Metric } from '@/data/metrics/metric';
import { type CompileInput, columnsOf, type NumberOf } from './clause';
import { filterSql, hourFilter, narrowSql, numberedBy } from './columns';

/** A condition on a column of small numbers, under whatever name it stands. */
export type Cut = { column: string; sql: (name: string) => string };

const hourNumber = (code: string): number | undefined => (/^\d\d$/.test(code) ? Number(code) : undefined);

const cutTo = (column: string, codes: readonly string[], numberOf: NumberOf): Cut | null => {
  const isHour = column === hourFilter.text;
  const numbered = isHour ? hourFilter.column : numberedBy(column);
  if (!numbered) return null;
  const numbers = codes.flatMap((code) => (isHour ? hourNumber(code) : numberOf(column, code)) ?? []);
  const sql = (name: string) => {
    const parts = numbers.length > 0 ? [`${name} in (${numbers.join(', ')})`] : [];
    if (codes.includes(noCode)) parts.push(`${name} is null`);
    return parts.length > 0 ? `(${parts.join(' or ')})` : 'false';
  };
  return { column: numbered, sql };
};

/** Places and clauses of a question about events as conditions on small numbers; `rest` = the question with those that have none. */
export const cutsOf = (
  metric: Metric,
  input: CompileInput,
  numberOf: NumberOf,
): { cuts: Cut[]; rest: CompileInput } => {
  const cuts: Cut[] = [];
  const isLeft = (cut: Cut | null) => {
    if (cut) cuts.push(cut);
    return !cut;
  };
  const within = input.within.filter(({ level, code }) => metric.by || isLeft(cutTo(level, [code], numberOf)));
  // emptied, not left out: the values of a clause are bound by its place
  const filters = input.question.filters.map((clause) => {
    const column = filterSql(metric.fact, clause.field);
    const isCut = !column || clause.values.length === 0 || !isLeft(cutTo(column, clause.values, numberOf));
    return isCut ? { ...clause, values: [] } : clause;
  });
  return { cuts, rest: { ...input, within, question: { ...input.question, filters } } };
};

/** A side of a chart: what it is grouped by, and how a group is called where it is no small number. */
export type Side = { group: string; label: string | null };

/** Small numbers where the event has them, else the text of the code. */
export const sideOf = (metric: Metric, key: DimensionKey): Side => {
  const narrow = narrowSql(metric, key);
  if (narrow) return { group: narrow.group, label: null };
  return columnsOf(metric, [key])[0] ?? { group: '', label: null };
};

const noNumber = "'nan'::double";
const noText = 'null::varchar';

/** Rows of one chart; `isText` = a side of it is read as text. */
export type ChartSql = { isText: boolean; sql: string };

/** Rows of a chart as `compileCube` has them, out of counted ones with `ga`, `gb` and `n`. */
export const writeRows = (chart: number, sides: readonly [Side, Side], counted: string): ChartSql => {
  const numbers = sides.map(({ label }, side) => (label ? noNumber : `coalesce(g${'ab'[side]}::double, ${noNumber})`));
  const texts = sides.map(({ label }, side) => label?.replaceAll('$', () => `g${'ab'[side]}`) ?? noText);
  const isText = sides.some(({ label }) => label !== null);
  const named = isText ? `, ${texts[0]} as a_text, ${texts[1]} as b_text` : '';
  return {
    isText,
    sql: `select ${chart}::double as chart, ${numbers[0]} as a, ${numbers[1]} as b, n::double as n${named} from (${counted})`,
  };
};
