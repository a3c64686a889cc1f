import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Query, type Token, takes } from './match';
import { canBegin, readingsOf } from './spelling';
import { longestNumber, slot } from './text';

/**
 * Every ending of every pattern, sorted: what stands anywhere in a pattern begins one of its endings, so all places of
 * some words lie side by side.
 */
export type Endings = {
  /** The patterns one after another, each closed by a zero. */
  text: Uint16Array;
  /** Where each ending begins in the text, in order of what it says. */
  sorted: Uint32Array;
  /** Where each pattern begins in the text. */
  starts: Uint32Array;
  /** Pattern that each place of the text belongs to. */
  owners: Uint32Array;
};

/** Endings by their first character, those of one character together from `from[character]` on. */
const groupEndings = (text: Uint16Array): { grouped: Uint32Array; from: Uint32Array } => {
  const from = new Uint32Array(0x1_0001);
  for (const code of text) if (code > 0) from[code + 1] = (from[code + 1] ?? 0) + 1;
  for (let code = 1; code < from.length; code++) from[code] = (from[code] ?? 0) + (from[code - 1] ?? 0);
  const grouped = new Uint32Array(from.at(-1) ?? 0);
  const next = from.slice();
  for (const [at, code] of text.entries()) {
    if (code === 0) continue;
    const to = next[code] ?? 0;
    next[code] = to + 1;
    grouped[to] = at;
  }
  return { grouped, from };
};

/** Sorts group by group, the server free for others between them: a city's take seconds. */
const sortEndings = async (text: Uint16Array): Promise<Uint32Array> => {
  const { grouped, from } = groupEndings(text);
  const compare = (a: number, b: number): number => {
    let difference = 0;
    for (let i = 1; difference === 0 && text[a + i - 1] !== 0; i++)
      difference = (text[a + i] ?? 0) - (text[b + i] ?? 0);
    return difference;
  };
  for (let code = 1; code < from.length; code++) {
    const group = grouped.subarray(from[code - 1], from[code]);
    if (group.length < 2) continue;
    group.sort(compare);
    await nextTurn();
  }
  return grouped;
};

export const packEndings = async (patterns: readonly string[]): Promise<Endings> => {
  const length = patterns.reduce((sum, pattern) => sum + pattern.length + 1, 0);
  const [text, owners] = [new Uint16Array(length), new Uint32Array(length)];
  const starts = new Uint32Array(patterns.length);
  let at = 0;
  for (const [pattern, words] of patterns.entries()) {
    starts[pattern] = at;
    owners.fill(pattern, at, at + words.length + 1);
    for (let i = 0; i < words.length; i++) text[at + i] = words.charCodeAt(i);
    at += words.length + 1;
  }
  return { text, owners, starts, sorted: await sortEndings(text) };
};

/** Endings that agree so far: a half-open range of the sorted ones, and how many characters they agree in. */
type Range = { low: number; high: number; depth: number };

const firstHan = 0x2e80;

/** Follows a query through the endings, one character after another; where its tokens end, all that agree are found. */
class Descent {
  constructor(
    private readonly endings: Endings,
    private readonly tokens: readonly Token[],
    private readonly onFound: (range: Range, isSpelt: boolean) => void,
  ) {}

  from(range: Range, q: number, isSpelt: boolean): void {
    const token = this.tokens[q];
    if (range.low === range.high) return;
    if (!token) this.onFound(range, isSpelt);
    else if (token.kind === 'number') this.number(range, q, isSpelt, token);
    else {
      this.from(this.narrow(range, token.text.charCodeAt(0)), q + 1, isSpelt);
      if (token.kind === 'letter') this.spelling(range, q, token);
    }
  }

  private number(range: Range, q: number, isSpelt: boolean, { text }: Token): void {
    if (text.length <= longestNumber) this.from(this.narrow(range, slot.charCodeAt(0)), q + 1, isSpelt);
    let literal = range;
    for (let i = 0; i < text.length; i++) literal = this.narrow(literal, text.charCodeAt(i));
    this.from(literal, q + 1, isSpelt);
  }

  private spelling(range: Range, q: number, { text }: Token): void {
    for (let low = this.below(range, firstHan), next: Range; low < range.high; low = next.high) {
      const code = this.codeAt(low, range.depth);
      next = this.narrow({ ...range, low }, code);
      if (!canBegin(code, text)) continue;
      const lengths = new Set(readingsOf(code).flatMap((reading) => takes(reading, this.tokens, q)));
      for (const length of lengths) this.from(next, q + length, true);
    }
  }

  private codeAt(index: number, depth: number): number {
    const { text, sorted } = this.endings;
    return text[(sorted[index] ?? 0) + depth] ?? 0;
  }

  /** First of a range whose next character is not below the code. */
  private below({ low, high, depth }: Range, code: number): number {
    let [from, to] = [low, high];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (this.codeAt(middle, depth) < code) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  /** Those of a range whose next character is the code. */
  private narrow(range: Range, code: number): Range {
    const low = this.below(range, code);
    return { low, high: this.below({ ...range, low }, code + 1), depth: range.depth + 1 };
  }
}

/** Place in each pattern where a query first matches, as `matchIn` does; -1 = nowhere. */
export const placesOf = (endings: Endings, { tokens, nLetters }: Query): Int32Array => {
  const { sorted, starts, owners } = endings;
  const places = new Int32Array(starts.length).fill(-1);
  const note = ({ low, high }: Range, isSpelt: boolean): void => {
    for (let i = low; i < high; i++) {
      const at = sorted[i] ?? 0;
      const pattern = owners[at] ?? 0;
      const place = at - (starts[pattern] ?? 0);
      const known = places[pattern] ?? -1;
      if (isSpelt && place > 0 && nLetters < 2) continue;
      if (known < 0 || place < known) places[pattern] = place;
    }
  };
  if (tokens.length > 0) new Descent(endings, tokens, note).from({ low: 0, high: sorted.length, depth: 0 }, 0, false);
  return places;
};
