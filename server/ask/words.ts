import askWord from '@/data/dictionaries/ask-word.json';
import { metrics } from '@/data/metrics';
import type { Metric } from '@/data/metrics/metric';
import { filterFields, listOfDimension } from '@/data/model/view';
import { periodWords } from './period';

/** What a word of a sentence can mean; `noun` = the thing counted, which a metric of it overrides; `opaque` = known to be beyond us. */
export type Meaning = {
  kind:
    | 'noun'
    | 'metric'
    | 'dimension'
    | 'division'
    | 'period'
    | 'filter'
    | 'order'
    | 'limit'
    | 'operator'
    | 'until'
    | 'filler'
    | 'opaque';
  target: string;
};

/** Words and all they can mean. */
export type WordBook = ReadonlyMap<string, readonly Meaning[]>;

/** A text as sentences are compared: width and case made one. */
export const evened = (text: string): string => text.normalize('NFKC').toLowerCase();

type ListWord = { list: string; code: string; zh: string };

type Add = (word: string, kind: Meaning['kind'], target: string) => void;

const addOwnWords = (add: Add): void => {
  const { noun, metric, dimension, filter, order, operator, until } = askWord;
  for (const [kind, targets] of Object.entries({ noun, metric, dimension, filter, order, operator, until }))
    for (const [target, words] of Object.entries(targets))
      for (const word of words) add(word, kind as Meaning['kind'], target);
  for (const word of askWord.whole) add(word, 'division', '');
  for (const word of askWord.filler) add(word, 'filler', '');
  for (const word of askWord.opaque) add(word, 'opaque', '');
};

/** Every word that is the same wherever the sentence is asked: our own, the catalogue's, the customer's, the lists' (词表). */
export const makeWordBook = (
  listed: readonly ListWord[],
  today: string,
  own: readonly Pick<Metric, 'key' | 'code' | 'zh'>[] = [],
): WordBook => {
  const book = new Map<string, Meaning[]>();
  const add: Add = (word, kind, target) => {
    const key = evened(word);
    const meanings = book.get(key) ?? [];
    if (!meanings.some((one) => one.kind === kind && one.target === target))
      book.set(key, [...meanings, { kind, target }]);
  };
  addOwnWords(add);
  for (const { key, code, zh } of [...metrics, ...own]) for (const word of [zh, code ?? zh]) add(word, 'metric', key);
  for (const field of filterFields)
    for (const { list, code, zh } of listed) if (list === listOfDimension[field]) add(zh, 'filter', `${field}:${code}`);
  for (const [word, period] of periodWords(today)) add(word, 'period', period);
  return book;
};
