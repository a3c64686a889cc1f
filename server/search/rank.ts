import { type SearchKind, searchKinds } from '@/data/model/search';
import { type Book, withCode } from './book';
import { type Match, matchIn, matchParts, type Query, queryOf } from './match';
import { splitDoors } from './text';

/** How well a thing answers the words: smaller is better. */
export const ranks = {
  code: 0,
  name: 1,
  prefix: 2,
  codePrefix: 3,
  initials: 4,
  contains: 5,
  spelt: 6,
  parts: 7,
} as const;

/** A thing found, by its place in the book. */
export type Found = { thing: number; rank: number; length: number };

type Hit = { pattern: number; rank: number; match: Match };

const rankOf = (pattern: string, { start, end, isSpelt, wanted }: Match): number => {
  if (start > 0) return isSpelt ? ranks.spelt : ranks.contains;
  const isWhole = end === pattern.length && !wanted.some(({ isPrefix }) => isPrefix);
  if (isSpelt) return isWhole ? ranks.prefix : ranks.initials;
  return isWhole ? ranks.name : ranks.prefix;
};

const matchPattern = (pattern: string, whole: Query, parts: readonly Query[]): Omit<Hit, 'pattern'> | null => {
  const match = matchIn(pattern, whole);
  if (match) return { match, rank: rankOf(pattern, match) };
  const scattered = parts.length > 1 ? matchParts(pattern, parts) : null;
  return scattered ? { match: scattered, rank: ranks.parts } : null;
};

const matchingPatterns = (book: Book, text: string): Hit[] => {
  const whole = queryOf(text);
  const parts = splitDoors(text).map(queryOf);
  const hits: Hit[] = [];
  for (const [pattern, words] of book.patterns.entries()) {
    const hit = matchPattern(words, whole, parts);
    if (hit) hits.push({ pattern, ...hit });
  }
  const lengthOf = ({ pattern }: Hit) => book.patterns[pattern]?.length ?? 0;
  return hits.sort((a, b) => a.rank - b.rank || lengthOf(a) - lengthOf(b));
};

const hasNumbers = (book: Book, entry: number, { wanted }: Match): boolean =>
  wanted.every(({ slot, value, isPrefix }) => {
    const number = book.numbers[slot]?.[entry];
    return number === value || (isPrefix && String(number).startsWith(String(value)));
  });

/** Whether the numbers a query leaves open at its end are met in full: `51` by house 51, not by 512. */
const isWhole = (book: Book, entry: number, { wanted }: Match): boolean =>
  wanted.every(({ slot, value }) => book.numbers[slot]?.[entry] === value);

/** Takes up to `perKind` things of each kind, the best first; what is taken counts once. */
class Taking {
  readonly found: Found[] = [];
  private readonly taken = new Set<number>();
  private readonly counts = new Map<SearchKind, number>();
  constructor(
    private readonly book: Book,
    private readonly isAllowed: (thing: number) => boolean,
    private readonly perKind: number,
  ) {}

  isFull(): boolean {
    return this.counts.size === this.book.ranges.size && [...this.counts.values()].every((n) => n >= this.perKind);
  }

  isFullOf(kind: SearchKind): boolean {
    return (this.counts.get(kind) ?? 0) >= this.perKind;
  }

  take(thing: number, rank: number, length: number): void {
    const kind = this.book.kinds[thing];
    const count = this.counts.get(kind ?? 'point') ?? 0;
    if (!kind || count >= this.perKind || this.taken.has(thing) || !this.isAllowed(thing)) return;
    this.taken.add(thing);
    this.counts.set(kind, count + 1);
    this.found.push({ thing, rank, length });
  }
}

const longestOpenRun = 6;

const takeByName = (book: Book, text: string, taking: Taking): void => {
  for (const { pattern, rank, match } of matchingPatterns(book, text)) {
    if (taking.isFull()) return;
    const length = book.patterns[pattern]?.length ?? 0;
    const open: number[] = [];
    for (let entry = book.starts[pattern] ?? 0; entry < (book.starts[pattern + 1] ?? 0); entry++) {
      if (!hasNumbers(book, entry, match)) continue;
      const thing = book.things[entry] ?? 0;
      const isNamed = rank === ranks.prefix && match.end === length && isWhole(book, entry, match);
      if (isNamed) taking.take(thing, ranks.name, length);
      else if (match.wanted.some(({ isPrefix }) => isPrefix) && !isWhole(book, entry, match)) open.push(thing);
      else taking.take(thing, rank, length);
    }
    for (const thing of open) taking.take(thing, rank, length + longestOpenRun);
  }
};

/** Codes are asked for from this many characters on: fewer begin half of them. */
const leastCode = 4;

const takeByCode = (book: Book, code: string, taking: Taking): void => {
  if (code.length < leastCode || !/\d/.test(code)) return;
  for (const kind of searchKinds)
    for (const thing of withCode(book, kind, code)) {
      if (taking.isFullOf(kind)) break;
      const { length } = book.codes[thing] ?? '';
      taking.take(thing, length === code.length ? ranks.code : ranks.codePrefix, length);
    }
};

/** What is looked for: the words as they were typed, for codes, and their plain spellings, for names. */
export type Words = { code: string; texts: readonly string[] };

/**
 * Things whose code or one of whose names the words match, at most `perKind` of each kind, the best first: exact code,
 * exact name, prefix, pinyin or initials, words inside a name, parts of an address.
 */
export const findThings = (
  book: Book,
  { code, texts }: Words,
  isAllowed: (thing: number) => boolean,
  perKind: number,
): Found[] => {
  const taking = new Taking(book, isAllowed, perKind);
  takeByCode(book, code, taking);
  for (const text of texts) takeByName(book, text, taking);
  return taking.found.sort((a, b) => a.rank - b.rank || a.length - b.length || a.thing - b.thing);
};
