import { metricByKey } from '@/data/metrics';
import type { Asked } from '@/data/model/asked';
import type { Scope } from '@/data/model/scope';
import type { Connection } from '../db/client';
import { listWords, readInstallation } from '../dictionary/store';
import { listOwn } from '../metric/store';
import { keptLibrary } from '../search/kept';
import type { Library } from '../search/load';
import { divisionBook } from './division-words';
import { parseSentence } from './rules';
import { makeWordBook, type WordBook } from './words';

/** Names of a territory's divisions, made once for each version of the data. */
const booksOf = new WeakMap<Library, Map<string, WordBook>>();

const territoryBook = (library: Library, territory: string): WordBook => {
  const books = booksOf.get(library) ?? new Map<string, WordBook>();
  booksOf.set(library, books);
  const book = books.get(territory) ?? divisionBook(library.divisions, territory);
  books.set(territory, book);
  return book;
};

/** Reads a sentence as a question of the caller's territory, at an instant (null = now). */
export const readSentence = async (
  connection: Connection,
  scope: Scope,
  { text, at }: { text: string; at: Date | null },
): Promise<Asked> => {
  const [kept, listed, own, { timeZone }] = await Promise.all([
    keptLibrary(connection),
    listWords(connection.db),
    listOwn(connection.db),
    readInstallation(connection.db),
  ]);
  const today = new Intl.DateTimeFormat('en-CA', { timeZone }).format(at ?? new Date());
  const books = [makeWordBook(listed, today, own), territoryBook(await kept.library, scope.path)];
  return parseSentence(text, books, today, new Map([...metricByKey, ...own.map((each) => [each.key, each] as const)]));
};
