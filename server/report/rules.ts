import { metricByKey } from '@/data/metrics/index';
import type { Ask } from '@/data/model/ask';
import { asksOf, type Block, type Report, type ReportPlace } from '@/data/model/report';
import { type Answers, cutSentence, rowsOf, sameCell, sentenceValues } from '@/data/reports/block';
import type { Words } from './words';

/** A block whose questions have been answered. */
export type AnsweredBlock = { block: Block; asks: readonly (readonly [string, Ask])[]; answers: Answers };
export type AnsweredSection = { key: string; blocks: AnsweredBlock[] };

/** Every block of a report that has a question at the place, answered by the catalogue. */
export const answerReport = async (
  report: Report,
  place: ReportPlace,
  answer: (ask: Ask) => Promise<Answers[string]>,
): Promise<AnsweredSection[]> => {
  const sections: AnsweredSection[] = [];
  for (const { key, blocks } of report.sections) {
    const answered: AnsweredBlock[] = [];
    for (const block of blocks) {
      const asks = asksOf(block, place);
      if (!asks) continue;
      const pairs = await Promise.all(asks.map(async ([name, ask]) => [name, await answer(ask)] as const));
      answered.push({ block, asks, answers: Object.fromEntries(pairs) });
    }
    if (answered.length > 0) sections.push({ key, blocks: answered });
  }
  return sections;
};

/** The sentence of a block, its figures put in. */
export const wordsOfSentence = ({ block, answers }: AnsweredBlock, words: Words): string => {
  const { params, figures } = sentenceValues(block, answers, words);
  return cutSentence(words.t(`report.sentence.${block.key}`, params), figures)
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
    return [[metricByKey.get(ask.metric)?.[words.lang] ?? ask.metric, words.figure(answer, cell), changes.join('  ')]];
  });

/** A table of a block: its head and its rows, and how many rows it leaves out. */
export const tableOf = (answered: AnsweredBlock, words: Words): { head: string[]; rows: string[][]; nLeft: number } => {
  const { block, asks, answers } = answered;
  if (block.kind === 'figures') return { head: [], rows: tableOfFigures(answered, words), nLeft: 0 };
  const [first] = Object.values(answers);
  const [dimension = ''] = first?.dimensions ?? [];
  const { cells, nLeft } = rowsOf(block, answers);
  const changes = against.filter((key) => cells.some((cell) => cell[key]));
  const hasShare = cells.some(({ share }) => share != null);
  const head = [
    words.t(`common.dimension.${dimension}`),
    ...asks.map(([, { metric }]) => metricByKey.get(metric)?.[words.lang] ?? metric),
    ...(hasShare ? [words.t('report.share')] : []),
    ...changes.map((key) => words.t(`common.against.${key}`)),
  ];
  const rows = cells.map((cell) => [
    words.code(dimension, cell.at[dimension]),
    ...asks.map(([name]) => {
      const answer = answers[name];
      const own = answer && sameCell(answer, cell);
      return answer && own ? words.figure(answer, own, false) : '—';
    }),
    ...(hasShare ? [cell.share == null ? '—' : `${(cell.share * 100).toFixed(1)}%`] : []),
    ...changes.map((key) => (first ? words.change(first, cell, key) : '—')),
  ]);
  return { head, rows, nLeft };
};
