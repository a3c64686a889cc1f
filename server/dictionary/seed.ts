import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Executor } from '../db/client';
import { term } from './table';

const folder = fileURLToPath(new URL('../../data/dictionaries/', import.meta.url));
const chunkRows = 500;

const Row = z
  .object({
    code: z.string().min(1),
    zh: z.string().min(1),
    en: z.string().min(1),
    parent: z.string(),
    valid_from: z.iso.date(),
    source: z.string().min(1),
  })
  .catchall(z.string());

/** A row of table `term` (字典项). Columns particular to the list stand in `attrs`, empty ones left out. */
export type TermRow = typeof term.$inferInsert & { attrs: Record<string, string> };

const readList = (list: string): TermRow[] => {
  const rows = z.array(Row).parse(parse(readFileSync(`${folder}${list}.csv`), { columns: true, bom: true }));
  return rows.map(({ code, zh, en, parent, valid_from, source, ...rest }) => ({
    list,
    code,
    zh,
    en,
    parent: parent || null,
    attrs: Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== '')),
    valid_from: new Date(`${valid_from}T00:00:00Z`),
    source,
  }));
};

/** Every word of `data/dictionaries/*.csv`, list by list, in file order. */
export const readTerms = (): TermRow[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.csv'))
    .map((name) => name.slice(0, -4))
    .sort()
    .flatMap(readList);

/** Puts words into the database: a word of the same list, code and start is overwritten, the rest stays. */
export const writeTerms = async (db: Executor, rows: readonly TermRow[]): Promise<void> => {
  for (let from = 0; from < rows.length; from += chunkRows)
    await db
      .insert(term)
      .values(rows.slice(from, from + chunkRows))
      .onConflictDoUpdate({
        target: [term.list, term.code, term.valid_from],
        set: {
          zh: sql`excluded.zh`,
          en: sql`excluded.en`,
          parent: sql`excluded.parent`,
          attrs: sql`excluded.attrs`,
          source: sql`excluded.source`,
        },
      });
};

/** Adds the words an installation has no version of yet: those a newer version brought. Words it ended stay ended. */
export const addNewWords = async (db: Executor): Promise<void> => {
  const keyOf = ({ list, code }: { list: string; code: string }) => `${list} ${code}`;
  const known = new Set((await db.selectDistinct({ list: term.list, code: term.code }).from(term)).map(keyOf));
  const rows = readTerms().filter((row) => !known.has(keyOf(row)));
  if (rows.length > 0) await writeTerms(db, rows);
};

/** Loads the lists of the repository. Safe to repeat. */
export const loadTerms = (db: Executor): Promise<void> => writeTerms(db, readTerms());
