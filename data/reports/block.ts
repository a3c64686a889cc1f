import type { Answer, Cell } from '../model/answer';
import type { Ask } from '../model/ask';
import { leastRanked } from '../model/fair-rank';
import { amountWords, changeOf } from '../model/format';
import type { Block } from '../model/report';

/** What a block was answered, by the names of its questions. */
export type Answers = Readonly<Record<string, Answer>>;

/** Rows of a block: the cells of its first answer that lie within its limits, and how many more there are. */
export const rowsOf = (block: Block, answers: Answers): { cells: Cell[]; nLeft: number } => {
  const [first] = Object.values(answers);
  const { over, under, most = Number.POSITIVE_INFINITY } = block;
  const isJudged = over !== undefined || under !== undefined;
  const isIn = ({ value }: Cell) =>
    !isJudged || (value !== null && (value > (over ?? Infinity) || value < (under ?? -Infinity)));
  const cells = (first?.cells ?? []).filter(isIn);
  return { cells: cells.slice(0, most), nLeft: Math.max(0, cells.length - most) };
};

/** Cell of an answer with the same codes as a cell of another. */
export const sameCell = (answer: Answer, { at }: Cell): Cell | undefined =>
  answer.cells.find((cell) => answer.dimensions.every((key) => cell.at[key] === at[key]));

/** A figure put into a sentence. */
export type Said = { answer: Answer; cell: Cell | undefined };
/** How a sentence names codes and changes. */
export type Speech = {
  code: (dimension: string, code: string | undefined) => string;
  t: (key: string, params?: Record<string, string | number>) => string;
};

/** Title of a block; empty = it needs none. `metric` names a metric. */
export const blockTitle = (
  { key, kind, isOwn }: Block,
  asks: readonly (readonly [string, Ask])[],
  {
    t,
    metric,
  }: { t: (key: string, params?: Record<string, string | number>) => string; metric: (key: string) => string },
): string => {
  if (kind === 'sentence' || kind === 'note') return '';
  if (!isOwn) return t(`report.block.${key}`);
  const [first] = asks;
  if (!first || kind === 'figures') return '';
  const [, { metric: asked, dimensions = [] }] = first;
  const by = dimensions.map((dimension) => t(`common.dimension.${dimension}`)).join(' × ');
  return t(kind === 'trend' ? 'report.courseOf' : 'report.blockOf', { name: metric(asked), by });
};

/** The greatest told cell; a rate from few cases is never called exceptional. */
const topOf = ({ kind, cells }: Answer): Cell | undefined => {
  const isRatio = kind === 'rate' || kind === 'mean';
  return cells
    .filter(({ value, n }) => value !== null && !(isRatio && (n ?? 0) < leastRanked))
    .reduce<Cell | undefined>((top, cell) => (top && (top.value ?? 0) >= (cell.value ?? 0) ? top : cell), undefined);
};

const [open, shut] = ['\uE000', '\uE001'];

/** Direction, amount and judgement of a change; direction `none` where there is nothing to compare with. */
export const changeWords = (
  answer: Answer,
  cell: Cell | undefined,
  against: 'previous' | 'lastYear',
  speech: Speech,
) => {
  const change = cell ? changeOf(answer, cell, against) : null;
  if (!change) return { direction: 'none', amount: '', judgement: null };
  const { direction, judgement } = change;
  return { direction, amount: amountWords(change, answer, speech.t), judgement };
};

/**
 * What a sentence of a block may put in, for a question `x`: `{x}` its figure; `{xDirection}` and `{xChange}` against the
 * period before, `{xYearDirection}` and `{xYearChange}` against a year before. Where it is split: `{xTop}` its greatest
 * figure, `{xTopName}` whose it is, `{xTopShare}`, `{xHas}`, `{xHasShare}`, `{xHasBand}` yes or no, `{xCount}` rows,
 * `{xAbove}` those above the normal band, `{xOver}`, `{xUnder}` rows beyond the block's limits and `{xWithheld}` those that
 * are not told.
 */
export const sentenceValues = (block: Block, answers: Answers, speech: Speech) => {
  const params: Record<string, string | number> = {};
  const figures = new Map<string, Said>();
  const put = (name: string, said: Said) => {
    figures.set(name, said);
    params[name] = `${open}${name}${shut}`;
  };
  for (const [name, answer] of Object.entries(answers)) {
    const [first] = answer.cells;
    const [dimension] = answer.dimensions;
    const year = changeWords(answer, first, 'lastYear', speech);
    const before = changeWords(answer, first, 'previous', speech);
    Object.assign(params, {
      ...{ [`${name}Direction`]: before.direction, [`${name}Change`]: before.amount },
      ...{ [`${name}YearDirection`]: year.direction, [`${name}YearChange`]: year.amount },
      [`${name}State`]: first?.withheld ? 'withheld' : (first?.value ?? 0) > 0 ? 'some' : 'none',
    });
    if (!dimension) put(name, { answer, cell: first });
    else {
      const told = answer.cells.filter(({ value }) => value !== null);
      const top = topOf(answer);
      put(`${name}Top`, { answer, cell: top });
      Object.assign(params, {
        [`${name}Has`]: (top?.value ?? 0) > 0 ? 'yes' : 'no',
        [`${name}TopName`]: speech.code(dimension, top?.at[dimension]),
        [`${name}HasShare`]: top?.share == null ? 'no' : 'yes',
        [`${name}TopShare`]: top?.share == null ? '—' : `${(top.share * 100).toFixed(1)}%`,
        [`${name}HasBand`]: told.some(({ band }) => band) ? 'yes' : 'no',
        [`${name}Above`]: told.filter(({ value, band }) => band && (value ?? 0) > band.high).length,
        [`${name}Count`]: answer.cells.length,
        [`${name}Over`]: told.filter(({ value }) => (value ?? 0) > (block.over ?? Infinity)).length,
        [`${name}Under`]: told.filter(({ value }) => (value ?? 0) < (block.under ?? -Infinity)).length,
        [`${name}Withheld`]: answer.cells.length - told.length,
      });
    }
  }
  return { params, figures };
};

/** A sentence cut where its figures stand. */
export const cutSentence = (sentence: string, figures: ReadonlyMap<string, Said>): (string | Said)[] =>
  sentence
    .split(new RegExp(`(${open}\\w+${shut})`))
    .filter((part) => part !== '')
    .map((part) => (part.startsWith(open) ? (figures.get(part.slice(1, -1)) ?? part) : part));
