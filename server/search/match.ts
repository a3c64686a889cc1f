import { canBegin, readingsOf } from './spelling';
import { longestNumber, slot } from './text';

/** A number the query asks of a pattern's slot; `isPrefix`: more digits may follow, the query ends there. */
export type Wanted = { slot: number; value: number; isPrefix: boolean };

/** Where a query stands in a pattern; `isSpelt`: some of it by pinyin or initials. */
export type Match = { start: number; end: number; isSpelt: boolean; wanted: Wanted[] };

/** A run of digits, a Latin letter or any other character. */
export type Token = { text: string; kind: 'number' | 'letter' | 'other' };

/** Words of a query, ready to be compared with many patterns. */
export type Query = { text: string; tokens: Token[]; nLetters: number };

export const queryOf = (text: string): Query => {
  const tokens = (text.match(/\d+|\D/g) ?? []).map((part): Token => {
    const kind = /\d/.test(part) ? 'number' : /[a-z]/.test(part) ? 'letter' : 'other';
    return { text: part, kind };
  });
  return { text, tokens, nLetters: tokens.filter(({ kind }) => kind === 'letter').length };
};

const digraph = /^[zcs]h/;

/** How many letters of a reading the query may take: all of it, its initial, or as far as the query goes. */
export const takes = (reading: string, tokens: readonly Token[], q: number): number[] => {
  let n = 0;
  while (n < reading.length && tokens[q + n]?.text === reading[n]) n++;
  const lengths = [n === reading.length || q + n === tokens.length ? n : 0, digraph.test(reading) && n >= 2 ? 2 : 0];
  return [...new Set([...lengths, Math.min(n, 1)])].filter((length) => length > 0);
};

/** Which of a pattern's slots stands at a place. */
const slotAt = (pattern: string, p: number): number => {
  let n = 0;
  for (let at = pattern.indexOf(slot); at < p; at = pattern.indexOf(slot, at + 1)) n++;
  return n;
};

class Walk {
  wanted: Wanted[] = [];
  isSpelt = false;
  constructor(
    private readonly pattern: string,
    private readonly tokens: readonly Token[],
  ) {}

  /** End of the match of tokens from `q` on at place `p`; -1 = none. */
  from(p: number, q: number): number {
    const token = this.tokens[q];
    if (!token) return p;
    if (p >= this.pattern.length) return -1;
    if (token.kind === 'number') return this.number(p, q, token);
    if (this.pattern[p] === token.text) {
      const end = this.from(p + 1, q + 1);
      if (end >= 0) return end;
    }
    return token.kind === 'letter' ? this.spelling(p, q) : -1;
  }

  private number(p: number, q: number, { text }: Token): number {
    if (this.pattern[p] !== slot) return this.pattern.startsWith(text, p) ? this.from(p + text.length, q + 1) : -1;
    if (text.length > longestNumber) return -1;
    this.wanted.push({ slot: slotAt(this.pattern, p), value: Number(text), isPrefix: q + 1 === this.tokens.length });
    const end = this.from(p + 1, q + 1);
    if (end < 0) this.wanted.pop();
    return end;
  }

  private spelling(p: number, q: number): number {
    const code = this.pattern.charCodeAt(p);
    if (!canBegin(code, this.tokens[q]?.text ?? '')) return -1;
    for (const reading of readingsOf(code))
      for (const length of takes(reading, this.tokens, q)) {
        const end = this.from(p + 1, q + length);
        if (end < 0) continue;
        this.isSpelt = true;
        return end;
      }
    return -1;
  }
}

const canStart = (pattern: string, p: number, { text, kind }: Token): boolean =>
  kind === 'number'
    ? pattern[p] === slot || pattern[p] === text[0]
    : pattern[p] === text || (kind === 'letter' && canBegin(pattern.charCodeAt(p), text));

/** First place at or after `from` where a query matches a pattern; a spelling inside a name needs two letters. */
export const matchIn = (pattern: string, { tokens, nLetters }: Query, from = 0): Match | null => {
  const [first] = tokens;
  if (!first) return null;
  for (let start = from; start < pattern.length; start++) {
    if (!canStart(pattern, start, first)) continue;
    const walk = new Walk(pattern, tokens);
    const end = walk.from(start, 0);
    if (end >= 0 && (start === 0 || !walk.isSpelt || nLetters > 1))
      return { start, end, isSpelt: walk.isSpelt, wanted: walk.wanted };
  }
  return null;
};

/** Matches parts one after another with anything between them: the parts of an address. */
export const matchParts = (pattern: string, parts: readonly Query[]): Match | null => {
  const matches: Match[] = [];
  for (const part of parts) {
    const match = matchIn(pattern, part, matches.at(-1)?.end ?? 0);
    if (!match) return null;
    matches.push(match);
  }
  const [first, last] = [matches[0], matches.at(-1)];
  if (!first || !last) return null;
  const isSpelt = matches.some((match) => match.isSpelt);
  return { start: first.start, end: last.end, isSpelt, wanted: matches.flatMap((match) => match.wanted) };
};
