import { type DimensionKey, divisionDimensions, noCode } from '@/data/metrics/dimensions';
import type { Lang } from '@/data/model/format';
import { datesOf, listOfDimension, type Period } from '@/data/model/view';
import { type Params, translate } from '@/data/text/translate';
import type { Connection } from '../db/client';
import { readNames } from '../division/store';
import { listWords } from './store';

/** Sentences, dictionary words and names in one language, for files. */
export type Words = {
  lang: Lang;
  t: (key: string, params?: Params) => string;
  term: (list: string, code: string | null) => string;
  division: (code: string | null) => string;
  /** Word of a code of any dimension; buckets of time, and codes without a list, stay as they are. */
  code: (dimension: string, code: string | undefined) => string;
  /** A named period by its name, any other by its first and its last date. */
  period: (period: Period) => string;
  /** An instant on the wall clock of the installation, `2026-11-22 10:00:00`. */
  stamp: (at: Date | string | null) => string;
};

const isPlace = (dimension: string): boolean =>
  (divisionDimensions as readonly DimensionKey[]).some((key) => key === dimension);

/** Whether a dimension's codes have words: divisions, and codes of a dictionary list. */
export const hasWords = (dimension: string): boolean => isPlace(dimension) || listOfDimension[dimension] !== undefined;

const dayMs = 86_400_000;

const periodIn = (period: Period, t: Words['t']): string => {
  const dates = datesOf(period);
  if (!dates) return t(`common.period.${period}`);
  const last = new Date(Date.parse(`${dates.until}T00:00:00Z`) - dayMs).toISOString().slice(0, 10);
  return last === dates.from ? last : `${dates.from} – ${last}`;
};

export const readWords = async (connection: Connection, lang: Lang, timeZone: string): Promise<Words> => {
  const [words, names] = await Promise.all([listWords(connection.db), readNames(connection)]);
  const terms = new Map(words.map((word) => [`${word.list}/${word.code}`, word[lang]]));
  const places = new Map(names.map(({ code, name, nameEn }) => [code, lang === 'zh' ? name : nameEn]));
  const t: Words['t'] = (key, params) => translate(lang, key, params);
  const term = (list: string, code: string | null) => (code === null ? '' : (terms.get(`${list}/${code}`) ?? code));
  const division = (code: string | null) => (code === null ? '' : (places.get(code) ?? code));
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  return {
    ...{ lang, t, term, division },
    code: (dimension, code) => {
      if (code === undefined || code === noCode)
        return t(isPlace(dimension) ? 'common.action.unplaced' : 'common.action.unknown');
      if (isPlace(dimension)) return division(code);
      const list = listOfDimension[dimension];
      return list ? term(list, code) : code;
    },
    period: (period) => periodIn(period, t),
    stamp: (at) => (at === null ? '' : format.format(new Date(at))),
  };
};
