import type { Metric } from '@/data/metrics/metric';
import { type Cell, isCutBy } from '@/data/model/answer';
import type { Ask } from '@/data/model/ask';
import type { OwnBlock } from '@/data/model/own-report';
import { Problem } from '@/data/model/problem';
import { asksOf, type Block, type Report, type ReportPlace } from '@/data/model/report';
import { type Answers, cutSentence, rowsOf, sameCell, sentenceValues } from '@/data/reports/block';
import { canTell, splitsOf } from '@/data/reports/own';
import type { Words } from './words';

/** A block whose questions have been answered. */
export type AnsweredBlock = { block: Block; asks: readonly (readonly [string, Ask])[]; answers: Answers };
export type AnsweredSection = { key: string; title?: string; blocks: AnsweredBlock[] };

/** Refuses a block that asks what the catalogue cannot answer. */
export const checkBlocks = (blocks: readonly OwnBlock[], catalogue: ReadonlyMap<string, Metric>): void => {
  for (const block of blocks) {
    if (block.kind === 'heading' || block.kind === 'note') continue;
    const { kind, metric: key, by } = block;
    const metric = catalogue.get(key);
    if (!metric) throw new Problem('invalid', `No metric ${key}.`, { metric: key });
    const splits = splitsOf(kind, metric);
    const odd = by.find((dimension) => !splits.includes(dimension));
    if (odd || !canTell(kind, metric) || (kind === 'bars' && by.length !== 1) || (kind === 'table' && by.length === 0))
      throw new Problem('invalid', `${key} is not told as ${kind}${odd ? ` by ${odd}` : ''}.`, { metric: key });
  }
};

/** Every block of a report that has a question at the place, answered by the catalogue. */
export const answerReport = async (
  report: Report,
  place: ReportPlace,
  answer: (ask: Ask) => Promise<Answers[string]>,
): Promise<AnsweredSection[]> => {
  const sections: AnsweredSection[] = [];
  for (const { blocks, ...section } of report.sections) {
    const answered: AnsweredBlock[] = [];
    for (const block of blocks) {
      const asks = asksOf(block, place);
      if (!asks) continue;
      const pairs = await Promise.all(asks.map(async ([name, ask]) => [name, await answer(ask)] as const));
      answered.push({ block, asks, answers: Object.fromEntries(pairs) });
    }
    if (answered.length > 0) sections.push({ ...section, blocks: answered });
  }
  return sections;
};

/** The sentence of a block, its figures put in. */
export const wordsOfSentence = ({ block, answers }: AnsweredBlock, words: Words): string => {
  const { params, figures } = sentenceValues(block, answers, words);
  return cutSentence(words.t(`report.sentence.${block.say ?? block.key}`, params), figures)
    .map((part) => (typeof part === 'string' ? part : words.figure(part.answer, part.cell)))
    .join('');
};

const against = ['previous', 'lastYear'] as const;

/** A block of figures as a table: name, figure, changes. */
const tableOfFigures = ({ asks, answers }: AnsweredBlock, words: Words): string[][] =>
  asks.flatMap(([name, ask]) => {
    const answer = answers[name];
    const cell = answer?.cells[0];
    if (!answer || !cell) return [];
    const changes = against.flatMap((key) =>
      cell[key] ? [`${words.t(`common.against.${key}`)} ${words.change(answer, cell, key)}`] : [],
    );
    return [[words.metric(ask.metric), words.figure(answer, cell), changes.join('  ')]];
  });

/** A block as a table: `nCodes` columns of codes, then figures; with `lengths` a bar a row, of the longest. */
type TableWords = {
  head: string[];
  rows: string[][];
  nCodes: number;
  lengths: number[] | null;
  nLeft: number;
  nWithheld: number;
};

const lengthsOf = (cells: readonly Cell[]): number[] => {
  const largest = cells.reduce((most, { value }) => Math.max(most, value ?? 0), 0);
  return cells.map(({ value }) => (largest === 0 ? 0 : (value ?? 0) / largest));
};

/** A table of a block: its head and its rows, and how many rows it leaves out. */
export const tableOf = (answered: AnsweredBlock, words: Words): TableWords => {
  const { block, asks, answers } = answered;
  const none = { lengths: null, nLeft: 0, nWithheld: 0 };
  if (block.kind === 'figures') return { ...none, head: [], rows: tableOfFigures(answered, words), nCodes: 1 };
  const [first] = Object.values(answers);
  if (!first) return { ...none, head: [], rows: [], nCodes: 0 };
  const { dimensions } = first;
  const { cells, nLeft } = rowsOf(block, answers);
  const changes = against.filter((key) => cells.some((cell) => cell[key]));
  const hasShare = cells.some(({ share }) => share != null);
  const figure = (name: string, cell: Cell) => {
    const answer = answers[name];
    const own = answer && sameCell(answer, cell);
    return answer && own ? words.figure(answer, own, false) : '—';
  };
  const codeOf = (dimension: string, cell: Cell) => {
    const isCut = isCutBy(first, cell, dimension);
    const code = words.code(dimension, cell.at[dimension]);
    return isCut ? `${code} (${words.t('common.bucket.cut')})` : code;
  };
  return {
    head: [
      ...dimensions.map((dimension) => words.t(`common.dimension.${dimension}`)),
      ...asks.map(([, { metric }]) => words.metric(metric)),
      ...(hasShare ? [words.t('report.share')] : []),
      ...changes.map((key) => words.t(`common.against.${key}`)),
    ],
    rows: cells.map((cell) => [
      ...dimensions.map((dimension) => codeOf(dimension, cell)),
      ...asks.map(([name]) => figure(name, cell)),
      ...(hasShare ? [cell.share == null ? '—' : `${(cell.share * 100).toFixed(1)}%`] : []),
      ...changes.map((key) => words.change(first, cell, key)),
    ]),
    nCodes: dimensions.length,
    lengths: block.kind === 'table' ? null : lengthsOf(cells),
    nLeft,
    nWithheld: cells.filter(({ withheld }) => withheld).length,
  };
};
