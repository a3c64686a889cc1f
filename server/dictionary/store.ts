import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { Problem } from '@/data/model/problem';
import type { Executor } from '../db/client';
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
});
export type Installation = z.infer<typeof Installation>;

/** The installation; `unavailable` while the database holds none. */
export const readInstallation = async (db: Executor): Promise<Installation> => {
  const [row] = await db.select({ value: setting.value }).from(setting).where(eq(setting.key, 'installation'));
  if (!row)
    throw new Problem('unavailable', 'The database holds no installation: run `npm start` or `npm run import`.');
  return Installation.parse(row.value);
};

export const writeInstallation = async (db: Executor, value: Installation): Promise<void> => {
  await db
    .insert(setting)
    .values({ key: 'installation', value })
    .onConflictDoUpdate({ target: setting.key, set: { value } });
};

export type Word = { list: string; code: string; zh: string; en: string; parent: string | null };

/** Every word valid now (字典). Lists are small: about 1,000 words in all. */
export const listWords = async (db: Executor): Promise<Word[]> =>
  db
    .select({ list: term.list, code: term.code, zh: term.zh, en: term.en, parent: term.parent })
    .from(term)
    .where(sql`${term.valid_from} <= now() and (${term.valid_to} is null or ${term.valid_to} > now())`)
    .orderBy(term.list, term.code);

/** Codes of a list valid now. */
export const codesNow = async (db: Executor, list: string): Promise<string[]> => {
  const rows = await db
    .select({ code: term.code })
    .from(term)
    .where(
      sql`${term.list} = ${list} and ${term.valid_from} <= now() and (${term.valid_to} is null or ${term.valid_to} > now())`,
    );
  return rows.map(({ code }) => code);
};

/** One word valid now; null = the list has none of that code. */
export const wordOf = async (db: Executor, list: string, code: string): Promise<Word | null> => {
  const [row] = await db
    .select({ list: term.list, code: term.code, zh: term.zh, en: term.en, parent: term.parent })
    .from(term)
    .where(
      sql`${term.list} = ${list} and ${term.code} = ${code} and (${term.valid_to} is null or ${term.valid_to} > now())`,
    )
    .limit(1);
  return row ?? null;
};
