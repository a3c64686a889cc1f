import askWord from '@/data/dictionaries/ask-word.json';
import { divisionDimensions } from '@/data/metrics/dimensions';
import { numberPattern, periodsAt, readNumber } from './period';
import { evened, type Meaning, type WordBook } from './words';

/** A word of a sentence and all it can mean; none = not known. Places in the sentence as typed, half-open. */
export type Token = { from: number; to: number; text: string; meanings: readonly Meaning[] };

type Edge = { to: number; meanings: readonly Meaning[]; cost: number };

const orders: Readonly<Record<string, readonly string[]>> = askWord.order;
const orderWords = Object.values(orders).flat();
const directionOf = (word: string) => Object.keys(orders).find((key) => orders[key]?.includes(word)) ?? '';
const limits = Object.entries(askWord.limit).map(([kind, text]) => {
  const source = text.replaceAll('{n}', `(?<n>${numberPattern})`).replaceAll('{order}', orderWords.join('|'));
  return { kind, pattern: new RegExp(source, 'y') };
});

/** Rankings with a number at a place of a text: the first five, the three most. */
const limitsAt = (text: string, at: number): { to: number; meanings: Meaning[] }[] =>
  limits.flatMap(({ kind, pattern }) => {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    const n = readNumber(match?.groups?.n ?? '0');
    if (!match || n < 1) return [];
    const direction = directionOf(match.groups?.word ?? '');
    const limit: Meaning = { kind: 'limit', target: `${kind === 'top' ? 'top' : direction}:${n}` };
    return [{ to: at + match[0].length, meanings: [limit] }];
  });

/** An unknown character outweighs any number of words; fewer words go before more. */
const unknownCost = 1_000;

/** No word is longer; a longer name stays unknown. */
const longestWord = 24;

const isDigit = (character = '') => /[0-9]/.test(character);

const edgesAt = (text: string, at: number, books: readonly WordBook[], today: string): Edge[] => {
  const edges: Edge[] = [];
  for (let to = Math.min(text.length, at + longestWord); to > at; to--) {
    const word = text.slice(at, to);
    const meanings = books.flatMap((book) => book.get(word) ?? []);
    if (meanings.length > 0) edges.push({ to, meanings, cost: 1 });
  }
  const isInNumber = isDigit(text[at - 1]) && isDigit(text[at]);
  for (const { to, period } of isInNumber ? [] : periodsAt(text, at, today))
    edges.push({ to, meanings: [{ kind: 'period', target: period }], cost: 1 });
  for (const { to, meanings } of limitsAt(text, at)) edges.push({ to, meanings, cost: 1 });
  const isMark = !/[\p{L}\p{N}]/u.test(text[at] ?? '');
  if (edges.length === 0 || !isMark)
    edges.push({
      to: at + 1,
      meanings: isMark ? [{ kind: 'filler', target: '' }] : [],
      cost: isMark ? 0 : unknownCost,
    });
  return edges;
};

/** The evened text, and the place in the original that each of its characters came from. */
const flatten = (original: string): { text: string; at: number[] } => {
  const at: number[] = [];
  let [text, index] = ['', 0];
  for (const character of original) {
    for (const one of evened(character)) {
      text += one;
      for (let unit = 0; unit < one.length; unit++) at.push(index);
    }
    index += character.length;
  }
  return { text, at: [...at, index] };
};

/** Words that end a division's name: after an unknown one they belong to it. */
const levelWords = new Set(divisionDimensions.map((dimension) => askWord.dimension[dimension][0]));

/** Cuts a sentence into words so that the least of it stays unknown, then into the fewest words. */
export const splitSentence = (sentence: string, books: readonly WordBook[], today: string): Token[] => {
  const { text, at } = flatten(sentence);
  const best: (Edge & { sum: number })[] = [];
  for (let from = text.length - 1; from >= 0; from--)
    for (const edge of edgesAt(text, from, books, today)) {
      const sum = edge.cost + (best[edge.to]?.sum ?? 0);
      const known = best[from];
      if (!known || sum < known.sum || (sum === known.sum && edge.to > known.to)) best[from] = { ...edge, sum };
    }
  const tokens: Token[] = [];
  for (let from = 0; from < text.length; ) {
    const { to, meanings } = best[from] ?? { to: from + 1, meanings: [] };
    const last = tokens.at(-1);
    const [start, end] = [at[from] ?? 0, at[to] ?? sentence.length];
    const isOn = meanings.length === 0 || levelWords.has(text.slice(from, to));
    const isRun = isOn && last?.meanings.length === 0;
    if (isRun) tokens.pop();
    const begin = isRun ? last.from : start;
    tokens.push({ from: begin, to: end, text: sentence.slice(begin, end), meanings: isRun ? [] : meanings });
    from = to;
  }
  return tokens;
};
