import { type DimensionKey, divisionDimensions, noCode } from '@/data/metrics/dimensions';
import { listOfField } from '@/data/model/view';
import { messages } from '@/data/text';
import type { Connection } from '../db/client';
import { listWords } from '../dictionary/store';
import { readNames } from '../division/store';

export type Lang = 'zh' | 'en';

/** Sentences, dictionary words and names in one language, for files. */
export type Words = {
  lang: Lang;
  say: (key: string) => string;
  term: (list: string, code: string | null) => string;
  division: (code: string | null) => string;
  /** Word of a code of any dimension; buckets of time stay as they are. */
  code: (dimension: string, code: string) => string;
  /** An instant on the wall clock of the installation, `2026-11-22 10:00:00`. */
  stamp: (at: Date | string | null) => string;
};

const lists: Readonly<Record<string, string>> = {
  ...listOfField,
  origin: 'region',
  weekday: 'weekday',
  warning: 'weather-warning',
};

const isOneOf = (keys: readonly DimensionKey[], key: string): boolean => (keys as readonly string[]).includes(key);

/** Whether a dimension's codes are read as they are: buckets of time, and codes without a list. */
export const isPlain = (dimension: string): boolean =>
  !isOneOf(divisionDimensions, dimension) && lists[dimension] === undefined;

export const readWords = async (connection: Connection, lang: Lang, timeZone: string): Promise<Words> => {
  const [words, names] = await Promise.all([listWords(connection.db), readNames(connection)]);
  const terms = new Map(words.map((word) => [`${word.list}/${word.code}`, word[lang]]));
  const places = new Map(names.map(({ code, name, nameEn }) => [code, lang === 'zh' ? name : nameEn]));
  const say = (key: string): string => messages[key]?.[lang] ?? key;
  const term = (list: string, code: string | null) => (code === null ? '' : (terms.get(`${list}/${code}`) ?? code));
  const division = (code: string | null) => (code === null ? '' : (places.get(code) ?? code));
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  return {
    ...{ lang, say, term, division },
    code: (dimension, code) => {
      const isPlace = isOneOf(divisionDimensions, dimension);
      if (code === noCode) return say(isPlace ? 'common.action.unplaced' : 'common.action.unknown');
      if (isPlace) return division(code);
      const list = lists[dimension];
      return list ? term(list, code) : code;
    },
    stamp: (at) => (at === null ? '' : format.format(new Date(at))),
  };
};
