import type { Answer } from '@/data/model/answer';
import type { Question } from '@/data/model/view';
import type { Words } from '../dictionary/words';
import type { Mark } from './rules';

/** What a file rests on, as far as its mark and its line in the log tell it. */
export type Basis = {
  question: Question;
  division: string;
  /** Interval counted; null = a stock, or since ever. */
  from: string | null;
  to: string | null;
  asOf: string;
  /** Watermark of the facts; null = read from the records themselves. */
  snapshot: string | null;
  nWithheld: number;
  isCut: boolean;
};

/** What figures rest on: that of their first question. */
export const basisOf = (question: Question, division: string, answers: readonly Answer[]): Basis => {
  const [first] = answers;
  const cells = answers.flatMap((answer) => answer.cells);
  return {
    ...{ question, division },
    from: first?.from ?? null,
    to: first?.to ?? null,
    asOf: first?.asOf ?? new Date().toISOString(),
    snapshot: first?.snapshot ?? null,
    nWithheld: cells.filter(({ withheld }) => withheld).length,
    isCut: answers.some(({ isComplete }) => isComplete === false),
  };
};

const filterWords = ({ filters }: Question, words: Words): string =>
  filters
    .filter(({ values }) => values.length > 0)
    .map(({ field, values }) => {
      const said = values.map((value) => words.code(field, value));
      return `${words.t(`common.dimension.${field}`)} ${said.join('/')}`;
    })
    .join(' · ');

/** A line of the log as a file tells it. */
export type Taken = {
  number: string;
  at: Date;
  role: string;
  post: string;
  /** Title of the panel or the report. */
  title: string;
  purpose: string;
  note: string;
  nRows: number;
  isDemo: boolean;
};

/** Who took it, when, what for, of what, as of when: the lines every file carries. */
export const markOf = (taken: Taken, basis: Basis, words: Words): Mark => {
  const { t, stamp } = words;
  const { question, from, to } = basis;
  const period = words.period(question.period);
  const interval = to === null ? '' : ` (${from === null ? '…' : stamp(from)} – ${stamp(to)})`;
  const lines: [string, string][] = [
    ['export.number', taken.number],
    ['export.mark.post', `${words.term('role', taken.role)} · ${words.division(taken.post)}`],
    ['export.mark.at', stamp(taken.at)],
    ['export.purposeLabel', [t(`export.purpose.${taken.purpose}`), taken.note].filter(Boolean).join(' · ')],
    ['export.mark.what', taken.title],
    ['export.mark.division', words.division(basis.division)],
    ['export.mark.period', `${period}${interval}`],
    ['export.mark.filters', filterWords(question, words)],
    ['export.mark.asOf', stamp(basis.asOf)],
    ['export.mark.snapshot', basis.snapshot ?? t('export.mark.live')],
    ['export.mark.rows', String(taken.nRows)],
    ['export.mark.withheld', basis.nWithheld > 0 ? String(basis.nWithheld) : ''],
    ['export.mark.cut', basis.isCut ? t('export.mark.yes') : ''],
    ['export.mark.data', t(taken.isDemo ? 'common.badge.demo' : 'export.mark.real')],
  ];
  return lines.filter(([, value]) => value !== '').map(([key, value]) => [t(key), value]);
};
