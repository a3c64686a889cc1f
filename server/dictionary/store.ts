import { and, eq, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { Problem } from '@/data/model/problem';
import type { Executor } from '../db/client';
import { beyondScopeOf } from '../db/scoped';
import { setting, term } from './table';

/** What this installation is. `root` = division whose command centre it is; times are shown in `timeZone`. */
export const Installation = z.object({
  name: z.string(),
  nameEn: z.string(),
  root: z.string(),
  rootPath: z.string(),
  timeZone: z.string(),
  locale: z.enum(['zh', 'en']),
  /** tiny · district · city, or null for real data. */
  demo: z.enum(['tiny', 'district', 'city']).nullable(),
  /** Instant the demo was generated for, or the import ended. */
  seededAt: z.string(),
  /** Instants its boundaries were cut anew, the oldest first; left out = never. */
  recuts: z.array(z.string()).optional(),
});
export type Installation = z.infer<typeof Installation>;

/** What was read last: it hardly ever changes. */
let read: { text: string; value: Installation } | null = null;

type Row = { value: string };

/** Every request asks: those of one turn of the process share one answer, which is asked for after the last of them. */
const asked = new WeakMap<Executor, Promise<Row | undefined>>();

const readRow = (db: Executor): Promise<Row | undefined> => {
  const known = asked.get(db);
  if (known) return known;
  const answer = new Promise((resolve) => setImmediate(resolve)).then(async () => {
    asked.delete(db);
    const [row] = await db.execute<Row>(sql`select value::text from setting where key = 'installation'`);
    return row;
  });
  asked.set(db, answer);
  return answer;
};

/** The installation; `unavailable` while the database holds none. */
export const readInstallation = async (db: Executor): Promise<Installation> => {
  const row = await readRow(beyondScopeOf(db));
  if (!row)
    throw new Problem('unavailable', 'The database holds no installation: run `npm start` or `npm run import`.');
  if (read?.text !== row.value) read = { text: row.value, value: Installation.parse(JSON.parse(row.value)) };
  return read.value;
};

export const writeInstallation = async (db: Executor, value: Installation): Promise<void> => {
  await db
    .insert(setting)
    .values({ key: 'installation', value })
    .onConflictDoUpdate({ target: setting.key, set: { value } });
};

export type Word = { list: string; code: string; zh: string; en: string; parent: string | null };

/** Whether a row of `term` is in force at an instant; null = now. */
export const inForce = (at: Date | null = null): SQL => {
  const clock = at === null ? sql`now()` : sql`${at.toISOString()}::timestamptz`;
  return sql`${term.valid_from} <= ${clock} and (${term.valid_to} is null or ${term.valid_to} > ${clock})`;
};

const wordColumns = { list: term.list, code: term.code, zh: term.zh, en: term.en, parent: term.parent };

/** Every word valid now (字典). Lists are small: about 1,000 words in all. */
export const listWords = async (db: Executor): Promise<Word[]> =>
  db.select(wordColumns).from(term).where(inForce()).orderBy(term.list, term.code);

/** A word with the columns particular to its list. */
export type ListedWord = Word & { attrs: Record<string, string> };

/** Words of one list in force at an instant; null = now. */
export const wordsIn = async (db: Executor, list: string, at: Date | null = null): Promise<ListedWord[]> =>
  db
    .select({ ...wordColumns, attrs: term.attrs })
    .from(term)
    .where(and(eq(term.list, list), inForce(at)));

/** One word in force at an instant (null = now); null = the list has none of that code. */
export const wordOf = async (
  db: Executor,
  list: string,
  code: string,
  at: Date | null = null,
): Promise<ListedWord | null> => {
  const [row] = await db
    .select({ ...wordColumns, attrs: term.attrs })
    .from(term)
    .where(and(eq(term.list, list), eq(term.code, code), inForce(at)));
  return row ?? null;
};

/** `invalid` for a code that its list does not have now. */
export const checkWord = async (db: Executor, list: string, code: string): Promise<void> => {
  if (!(await wordOf(db, list, code)))
    throw new Problem('invalid', `${code} is not in the list ${list}.`, { list, code });
};
