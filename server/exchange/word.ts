import { createHash } from 'node:crypto';
import type { TermRow } from '../dictionary/seed';

const mostLetters = 40;

const hash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 6);

/** A foreign name as people read it: underscores and runs of blanks become one blank. */
export const cleanName = (name: string): string => name.replace(/[_\s]+/g, ' ').trim();

/**
 * Code for a foreign name: its letters and digits in lower case. Where that loses something (or `context` must tell
 * apart), a part of its hash follows, so that two names never share a code and the same name always gets the same.
 */
export const codeFor = (name: string, context = ''): string => {
  const slug = name
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  const isWhole = slug.replaceAll('-', ' ') === name.toLowerCase() && slug.length <= mostLetters;
  if (isWhole && context === '') return slug;
  const tail = hash(`${context}/${name}`);
  return slug === '' ? `x-${tail}` : `${slug.slice(0, mostLetters - tail.length - 1)}-${tail}`;
};

/** Start of words that came with a file: they may be older than the lists of the house. */
const wordsSince = new Date('2000-01-01T00:00:00Z');

/** Finds words by code or name, and makes those that no list has. */
export class WordBook {
  readonly made: TermRow[] = [];
  private readonly codes = new Map<string, string>();
  private readonly file: string;

  constructor(known: readonly TermRow[], file: string) {
    this.file = file;
    for (const { list, code, zh, en, parent } of known)
      for (const name of [code, zh, en]) this.keep(list, name, parent ?? null, code);
  }

  private key(list: string, name: string, parent: string | null): string {
    return `${list}\n${parent ?? ''}\n${name}`;
  }

  private keep(list: string, name: string, parent: string | null, code: string): void {
    const key = this.key(list, name, parent);
    if (!this.codes.has(key)) this.codes.set(key, code);
  }

  /** Code of a name in a list, under a parent where the list has parents. */
  codeOf(list: string, name: string, parent: string | null = null, attrs: Record<string, string> = {}): string {
    const word = cleanName(name);
    const found = this.codes.get(this.key(list, word, parent));
    if (found !== undefined) return found;
    const code = codeFor(word, parent ?? '');
    this.keep(list, word, parent, code);
    if (!this.made.some((row) => row.list === list && row.code === code))
      this.made.push({ list, code, zh: word, en: word, parent, attrs, valid_from: wordsSince, source: this.file });
    return code;
  }
}
