import { timeDimensions } from '@/data/metrics/dimensions';
import { metricByKey } from '@/data/metrics/index';
import { isMatched, type ListedRow } from '@/data/model/address';
import { type Answer, type Cell, isCutOff } from '@/data/model/answer';
import type { Ranking } from '@/data/model/asked';
import type { EventRow } from '@/data/model/event';
import { orderCells } from '@/data/model/order-cells';
import { hasWords, type Words } from '../dictionary/words';
import type { Sheet, Value } from './rules';

type Column<Row> = [head: string, read: (row: Row) => Value];

const sheetOf = <Row>(columns: Column<Row>[], rows: readonly Row[]): Sheet => ({
  head: columns.map(([head]) => head),
  rows: rows.map((row) => columns.map(([, read]) => read(row))),
});

/** A cell with the answer it is of. */
type Figure = { answer: Answer; cell: Cell };

/** Words and code of a dimension; one column where they are the same. */
const dimensionColumns = (dimension: string, words: Words): Column<Figure>[] => {
  const name = words.t(`common.dimension.${dimension}`);
  const codeAt = ({ cell }: Figure) => cell.at[dimension] ?? null;
  if (!hasWords(dimension)) return [[name, codeAt]];
  const word = (figure: Figure) => {
    const code = codeAt(figure);
    return code === null ? null : words.code(dimension, code);
  };
  return [
    [name, word],
    [`${name} ${words.t('export.codeOf')}`, codeAt],
  ];
};

/** What operators add to a cell, each in the columns it needs. */
const operatorValues = {
  previous: ({ previous }: Cell) => previous?.value ?? null,
  lastYear: ({ lastYear }: Cell) => lastYear?.value ?? null,
  bandLow: ({ band }: Cell) => band?.low ?? null,
  bandHigh: ({ band }: Cell) => band?.high ?? null,
  share: ({ share }: Cell) => share ?? null,
  rank: ({ rank }: Cell) => rank ?? null,
  cumulative: ({ cumulative }: Cell) => cumulative ?? null,
  moving: ({ moving }: Cell) => moving ?? null,
  perThousand: ({ perThousand }: Cell) => perThousand ?? null,
  perTenThousand: ({ perTenThousand }: Cell) => perTenThousand ?? null,
  perWorker: ({ perWorker }: Cell) => perWorker ?? null,
};

const operatorColumns = (figures: readonly Figure[], words: Words): Column<Figure>[] =>
  Object.entries(operatorValues).flatMap(([name, read]): Column<Figure>[] =>
    figures.some(({ cell }) => read(cell) !== null) ? [[words.t(`export.${name}`), ({ cell }) => read(cell)]] : [],
  );

/** Says which buckets the period cuts off, where there are any. */
const cutColumns = (figures: readonly Figure[], words: Words): Column<Figure>[] => {
  const isCut = ({ answer, cell }: Figure) => isCutOff(answer, cell);
  if (!figures.some(isCut)) return [];
  return [[words.t('export.whole'), (figure) => words.t(isCut(figure) ? 'common.bucket.cut' : 'common.bucket.whole')]];
};

const unitOf = ({ unit }: Answer, words: Words): string =>
  unit === 'share' ? words.t('export.ratio') : words.t(`common.unit.${unit}`);

/** Answers as one table, a row a cell: what is withheld says so and nothing else. */
export const figureSheet = (answers: readonly Answer[], order: Ranking | null, words: Words): Sheet => {
  const figures = answers.flatMap((answer) =>
    orderCells(answer, answer.dimensions, timeDimensions, order).map((cell) => ({ answer, cell })),
  );
  const dimensions = [...new Set(answers.flatMap(({ dimensions: keys }) => keys))];
  const columns: Column<Figure>[] = [
    [words.t('export.metric'), ({ answer: { metric } }) => metricByKey.get(metric)?.[words.lang] ?? metric],
    [words.t('export.metricKey'), ({ answer }) => answer.metric],
    ...dimensions.flatMap((dimension) => dimensionColumns(dimension, words)),
    [words.t('export.value'), ({ cell }) => (cell.withheld ? words.t('common.withheld.small') : cell.value)],
    [words.t('export.unit'), ({ answer }) => unitOf(answer, words)],
    [words.t('common.glass.numerator'), ({ cell }) => cell.numerator],
    [words.t('common.glass.denominator'), ({ cell }) => cell.denominator],
    [words.t('export.n'), ({ cell }) => cell.n],
    ...cutColumns(figures, words),
    ...operatorColumns(figures, words),
  ];
  return sheetOf(columns, figures);
};

/** Events by number and title, a row each; nobody is named. */
export const eventSheet = (rows: readonly EventRow[], words: Words): Sheet => {
  const columns: [string, (row: EventRow) => Value][] = [
    ['number', ({ number }) => number],
    ['level', ({ level }) => words.term('event-level', String(level))],
    ['title', ({ title }) => title],
    ['category', ({ category }) => words.term('event-category', category)],
    ['place', ({ grid, community, subdistrict }) => words.division(grid ?? community ?? subdistrict)],
    ['stage', ({ stage }) => words.term('event-stage', stage)],
    ['source', ({ source }) => words.term('event-source', source)],
    ['department', ({ department }) => words.term('department', department)],
    ['reported', ({ reportedAt }) => words.stamp(reportedAt)],
    ['due', ({ dueAt }) => words.stamp(dueAt)],
    ['closed', ({ closedAt }) => words.stamp(closedAt)],
  ];
  return sheetOf(
    columns.map(([key, read]) => [words.t(`export.event.${key}`), read]),
    rows,
  );
};

/** Rows of a list of addresses with what they were matched to; columns by their codes, so that a file can be read in again. */
export const addressSheet = (rows: readonly ListedRow[], words: Words): Sheet => {
  const columns: [string, (row: ListedRow) => Value][] = [
    ['row', ({ row }) => row],
    ['address', ({ address }) => address],
    ['method', ({ method }) => words.t(`address.method.${method}`)],
    ['level', ({ method, level }) => words.t(`address.${isMatched(method) ? 'level' : 'only'}.${level}`)],
    ['score', ({ score }) => score],
    ['building', ({ building }) => building],
    ['standard', ({ standard }) => standard],
    ['dwelling', ({ dwelling }) => dwelling],
    ['grid', ({ grid }) => grid && words.division(grid)],
    ['block', ({ block }) => block],
  ];
  return sheetOf(
    columns.map(([key, read]) => [words.t(`address.export.${key}`), read]),
    rows,
  );
};
