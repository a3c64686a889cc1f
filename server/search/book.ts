import { type SearchKind, searchKinds } from '@/data/model/search';
import { type Endings, packEndings } from './endings';
import { patternOf, plainOf } from './text';

/** One thing to be found. `path` of the deepest division it falls in; null = placed nowhere; '' = everywhere. */
export type Thing = { kind: SearchKind; code: string; path: string | null; names: readonly string[] };

/** No number in this slot. */
const none = 0xffff_ffff;

/**
 * Everything to be found, packed: names that differ in numbers alone share a pattern, and an entry is the pattern's
 * number, its thing and its numbers. Things of a kind stand together in order of code; patterns, the shortest first.
 */
export type Book = {
  /** Kind of each thing, by its place in the list of kinds. */
  kinds: Uint8Array;
  codes: string[];
  places: Uint32Array;
  /** Path of each place ordinal. */
  paths: (string | null)[];
  patterns: string[];
  endings: Endings;
  /** Kinds of each pattern's things, a bit each. */
  masks: Uint16Array;
  /** Entries of pattern `i` are `starts[i]` to `starts[i + 1]`. */
  starts: Uint32Array;
  things: Uint32Array;
  numbers: readonly [Uint32Array, Uint32Array];
  /** Greatest number of each pattern, by slot. */
  greatest: readonly [Uint32Array, Uint32Array];
  /** Kind → half-open range of its things. */
  ranges: Map<SearchKind, [number, number]>;
};

export const kindOf = ({ kinds }: Book, thing: number): SearchKind => searchKinds[kinds[thing] ?? 0] ?? 'point';

/** Kinds as bits. */
export const maskOf = (kinds: Iterable<SearchKind>): number =>
  [...kinds].reduce((mask, kind) => mask | (1 << searchKinds.indexOf(kind)), 0);

type Entry = { patterns: number[]; things: number[]; first: number[]; second: number[] };

/** Entries sorted by pattern, so that each pattern's stand together. */
const packEntries = (entry: Entry, nPatterns: number): Pick<Book, 'starts' | 'things' | 'numbers' | 'greatest'> => {
  const n = entry.patterns.length;
  const starts = new Uint32Array(nPatterns + 1);
  for (const pattern of entry.patterns) starts[pattern + 1] = (starts[pattern + 1] ?? 0) + 1;
  for (let i = 0; i < nPatterns; i++) starts[i + 1] = (starts[i + 1] ?? 0) + (starts[i] ?? 0);
  const next = starts.slice();
  const [things, first, second] = [new Uint32Array(n), new Uint32Array(n), new Uint32Array(n)];
  const greatest = [new Uint32Array(nPatterns), new Uint32Array(nPatterns)] as const;
  for (let i = 0; i < n; i++) {
    const pattern = entry.patterns[i] ?? 0;
    const at = next[pattern] ?? 0;
    next[pattern] = at + 1;
    things[at] = entry.things[i] ?? 0;
    first[at] = entry.first[i] ?? none;
    second[at] = entry.second[i] ?? none;
    greatest[0][pattern] = Math.max(greatest[0][pattern] ?? 0, first[at] ?? 0);
    greatest[1][pattern] = Math.max(greatest[1][pattern] ?? 0, second[at] ?? 0);
  }
  return { starts, things, numbers: [first, second], greatest };
};

/** Patterns, the shortest first, and what number each has by then. */
const sortPatterns = (ordinals: ReadonlyMap<string, number>): { patterns: string[]; renumbered: Uint32Array } => {
  const patterns = [...ordinals.keys()].sort((a, b) => a.length - b.length);
  const renumbered = new Uint32Array(patterns.length);
  for (const [i, pattern] of patterns.entries()) renumbered[ordinals.get(pattern) ?? 0] = i;
  return { patterns, renumbered };
};

/** Packs things as they stream in; those of one kind must come together, in order of code. */
export const packBook = () => {
  const kinds: number[] = [];
  const codes: string[] = [];
  const places: number[] = [];
  const placeOrdinals = new Map<string | null, number>();
  const patternOrdinals = new Map<string, number>();
  const ranges = new Map<SearchKind, [number, number]>();
  const entry: Entry = { patterns: [], things: [], first: [], second: [] };
  const ordinalOf = <Key>(ordinals: Map<Key, number>, key: Key): number => {
    const known = ordinals.get(key) ?? ordinals.size;
    if (known === ordinals.size) ordinals.set(key, known);
    return known;
  };
  const add = ({ kind, code, path, names }: Thing) => {
    const thing = codes.length;
    kinds.push(searchKinds.indexOf(kind));
    codes.push(code);
    places.push(ordinalOf(placeOrdinals, path));
    ranges.set(kind, [ranges.get(kind)?.[0] ?? thing, thing + 1]);
    for (const text of new Set(names.map((name) => plainOf(name).text))) {
      if (text === '') continue;
      const { pattern, numbers } = patternOf(text);
      entry.patterns.push(ordinalOf(patternOrdinals, pattern));
      entry.things.push(thing);
      entry.first.push(numbers[0] ?? none);
      entry.second.push(numbers[1] ?? none);
    }
  };
  const done = async (): Promise<Book> => {
    const { patterns, renumbered } = sortPatterns(patternOrdinals);
    entry.patterns = entry.patterns.map((pattern) => renumbered[pattern] ?? 0);
    const masks = new Uint16Array(patterns.length);
    for (const [i, pattern] of entry.patterns.entries())
      masks[pattern] = (masks[pattern] ?? 0) | (1 << (kinds[entry.things[i] ?? 0] ?? 0));
    return {
      ...{ codes, ranges, patterns, masks, kinds: Uint8Array.from(kinds), places: Uint32Array.from(places) },
      ...{ paths: [...placeOrdinals.keys()], endings: await packEndings(patterns) },
      ...packEntries(entry, patterns.length),
    };
  };
  return { add, done };
};

/** First thing of a kind's range whose code is not below the text. */
const lowerBound = (book: Book, [from, to]: readonly [number, number], text: string): number => {
  let [low, high] = [from, to];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((book.codes[middle] ?? '') < text) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** Things of a kind whose code begins with the text, in order of code. */
export function* withCode(book: Book, kind: SearchKind, text: string): Generator<number> {
  const range = book.ranges.get(kind);
  if (!range) return;
  for (let i = lowerBound(book, range, text); i < range[1] && book.codes[i]?.startsWith(text); i++) yield i;
}
