import { searchKinds } from '@/data/model/search';
import { type Book, withCode } from './book';
import { placesOf } from './endings';
import { type Match, matchIn, matchParts, queryOf, type Wanted } from './match';
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

/** Where to look: places of the book, 1 = inside, and kinds as bits. */
export type Reach = { places: Uint8Array; kinds: number };

type Hit = { pattern: number; rank: number; match: Match };

/** How well a match names a thing; the lower the better. */
export const rankOf = (pattern: string, { start, end, isSpelt, wanted }: Match): number => {
  if (start > 0) return isSpelt ? ranks.spelt : ranks.contains;
  const isWhole = end === pattern.length && !wanted.some(({ isPrefix }) => isPrefix);
  if (isSpelt) return isWhole ? ranks.prefix : ranks.initials;
  return isWhole ? ranks.name : ranks.prefix;
};

/** Whether a number goes on from another: 512 from 51. */
const goesOn = (number: number, from: number): boolean => {
  let rest = number;
  while (rest > from) rest = Math.floor(rest / 10);
  return rest === from && from > 0;
};

/** How an entry's numbers answer what is asked of them: all met in full, some going on (51 by house 512), or not. */
const answerOf = ({ numbers }: Book, entry: number, wanted: readonly Wanted[]): 'whole' | 'open' | null => {
  let answer: 'whole' | 'open' = 'whole';
  for (const { slot, value, isPrefix } of wanted) {
    const number = numbers[slot]?.[entry] ?? 0;
    if (number === value) continue;
    if (!isPrefix || !goesOn(number, value)) return null;
    answer = 'open';
  }
  return answer;
};

/** Whether a pattern's numbers reach what is asked of them: a number that goes on from another is greater. */
const canAnswer = ({ greatest }: Book, pattern: number, wanted: readonly Wanted[]): boolean =>
  wanted.every(({ slot, value }) => (greatest[slot]?.[pattern] ?? 0) >= value);

/** Takes up to `perKind` things of each kind, the best first; what is taken counts once. */
class Taking {
  readonly found: Found[] = [];
  /** Kinds that take more, as bits. */
  open: number;
  private readonly taken = new Set<number>();
  private readonly counts = searchKinds.map(() => 0);
  constructor(
    private readonly book: Book,
    private readonly reach: Reach,
    private readonly perKind: number,
  ) {
    this.open = reach.kinds;
  }

  private isTakable(thing: number): boolean {
    const { kinds, places } = this.book;
    return (this.open & (1 << (kinds[thing] ?? 0))) !== 0 && this.reach.places[places[thing] ?? 0] === 1;
  }

  /** Whether a pattern has things of a kind that is not full. */
  isOpen(pattern: number): boolean {
    return ((this.book.masks[pattern] ?? 0) & this.open) !== 0;
  }

  /** Whether a pattern has things that may still be taken. */
  hasMore(pattern: number): boolean {
    if (!this.isOpen(pattern)) return false;
    const { starts, things } = this.book;
    const end = starts[pattern + 1] ?? 0;
    for (let entry = starts[pattern] ?? 0; entry < end; entry++) if (this.isTakable(things[entry] ?? 0)) return true;
    return false;
  }

  take(thing: number, rank: number, length: number): void {
    if (!this.isTakable(thing) || this.taken.has(thing)) return;
    this.taken.add(thing);
    const kind = this.book.kinds[thing] ?? 0;
    const count = (this.counts[kind] ?? 0) + 1;
    this.counts[kind] = count;
    if (count === this.perKind) this.open &= ~(1 << kind);
    this.found.push({ thing, rank, length });
  }
}

/** Patterns a text matches, in order of rank and length; those that nobody takes things of any more are passed over. */
function* hitsOf({ patterns, endings }: Book, text: string, taking: Taking): Generator<Hit> {
  const whole = queryOf(text);
  const places = placesOf(endings, whole);
  const matchAt = (pattern: number, place: number): Hit[] => {
    const words = patterns[pattern] ?? '';
    const match = matchIn(words, whole, place);
    return match ? [{ pattern, match, rank: rankOf(words, match) }] : [];
  };
  const first: Hit[] = [];
  for (let pattern = 0; pattern < places.length; pattern++)
    if (places[pattern] === 0 && taking.hasMore(pattern)) first.push(...matchAt(pattern, 0));
  yield* first.sort((a, b) => a.rank - b.rank);
  const spelt: Hit[] = [];
  for (let pattern = 0; pattern < places.length; pattern++) {
    const place = places[pattern] ?? 0;
    if (place < 1 || !taking.hasMore(pattern)) continue;
    for (const hit of matchAt(pattern, place))
      if (hit.rank === ranks.contains) yield hit;
      else spelt.push(hit);
  }
  yield* spelt;
  const parts = splitDoors(text).map(queryOf);
  if (parts.length < 2) return;
  const placesOfParts = parts.map((part) => placesOf(endings, part));
  for (let pattern = 0; pattern < places.length; pattern++) {
    if ((places[pattern] ?? 0) >= 0 || !taking.hasMore(pattern) || placesOfParts.some((of) => of[pattern] === -1))
      continue;
    const match = matchParts(patterns[pattern] ?? '', parts);
    if (match) yield { pattern, match, rank: ranks.parts };
  }
}

const longestOpenRun = 6;

const takeByName = (book: Book, text: string, taking: Taking): void => {
  for (const { pattern, rank, match } of hitsOf(book, text, taking)) {
    if (!canAnswer(book, pattern, match.wanted)) continue;
    const length = book.patterns[pattern]?.length ?? 0;
    const isToEnd = rank === ranks.prefix && match.end === length;
    const open: number[] = [];
    const end = book.starts[pattern + 1] ?? 0;
    for (let entry = book.starts[pattern] ?? 0; entry < end && taking.isOpen(pattern); entry++) {
      const answer = answerOf(book, entry, match.wanted);
      const thing = book.things[entry] ?? 0;
      if (answer === 'whole') taking.take(thing, isToEnd ? ranks.name : rank, length);
      else if (answer === 'open') open.push(thing);
    }
    for (const thing of open) taking.take(thing, rank, length + longestOpenRun);
  }
};

/** Codes are asked for from this many characters on: fewer begin half of them. */
const leastCode = 4;

const takeByCode = (book: Book, code: string, taking: Taking): void => {
  if (code.length < leastCode || !/\d/.test(code)) return;
  for (const [kind, word] of searchKinds.entries())
    for (const thing of withCode(book, word, code)) {
      if ((taking.open & (1 << kind)) === 0) break;
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
export const findThings = (book: Book, { code, texts }: Words, reach: Reach, perKind: number): Found[] => {
  const taking = new Taking(book, reach, perKind);
  takeByCode(book, code, taking);
  for (const text of texts) takeByName(book, text, taking);
  return taking.found.sort((a, b) => a.rank - b.rank || a.length - b.length || a.thing - b.thing);
};
