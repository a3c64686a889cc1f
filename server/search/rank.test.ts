import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Random, randomFor } from '@/data/demo/random';
import { searchKinds } from '@/data/model/search';
import { type TestDatabase, testDatabase } from '../db/testing';
import { type Book, maskOf } from './book';
import { loadLibrary } from './load';
import { type Match, matchIn, matchParts, queryOf } from './match';
import { type Found, findThings, type Reach, ranks } from './rank';
import { readingsOf } from './spelling';
import { plainOf, splitDoors } from './text';

let database: TestDatabase;
let book: Book;

beforeAll(async () => {
  database = await testDatabase({ demo: 'tiny' });
  book = (await loadLibrary(database.connection)).book;
});
afterAll(() => database?.end());

const perKind = 8;

const rankOf = (pattern: string, { start, end, isSpelt, wanted }: Match): number => {
  const isWhole = end === pattern.length && !wanted.some(({ isPrefix }) => isPrefix);
  if (start > 0) return isSpelt ? ranks.spelt : ranks.contains;
  if (isWhole) return isSpelt ? ranks.prefix : ranks.name;
  return isSpelt ? ranks.initials : ranks.prefix;
};

type Wanted = Match['wanted'][number];
const isWhole = (entry: number) => (one: Wanted) => book.numbers[one.slot]?.[entry] === one.value;
const isBegun = (entry: number) => (one: Wanted) =>
  isWhole(entry)(one) || (one.isPrefix && String(book.numbers[one.slot]?.[entry]).startsWith(String(one.value)));

/** Entries of a pattern whose numbers are asked for; those whose number goes on behind the words stand last. */
const entriesOf = (pattern: number, rank: number, { wanted, end }: Match): Found[] => {
  const { length } = book.patterns[pattern] ?? '';
  const [from, to] = [book.starts[pattern] ?? 0, book.starts[pattern + 1] ?? 0];
  const entries = Array.from({ length: to - from }, (_, i) => from + i);
  const [whole, open] = [
    entries.filter((entry) => wanted.every(isWhole(entry))),
    entries.filter((entry) => wanted.every(isBegun(entry)) && !wanted.every(isWhole(entry))),
  ];
  const whenWhole = rank === ranks.prefix && end === length ? ranks.name : rank;
  return [
    ...whole.map((entry) => ({ thing: book.things[entry] ?? 0, rank: whenWhole, length })),
    ...open.map((entry) => ({ thing: book.things[entry] ?? 0, rank, length: length + 6 })),
  ];
};

/** All that is named so: the words compared with every pattern, one by one, and nothing cut. */
const byName = (text: string): Found[] => {
  const parts = splitDoors(text).map(queryOf);
  const groups = book.patterns.flatMap((words, pattern) => {
    const whole = matchIn(words, queryOf(text));
    const match = whole ?? (parts.length > 1 ? matchParts(words, parts) : null);
    const rank = whole ? rankOf(words, whole) : ranks.parts;
    return match ? [{ rank, length: words.length, entries: entriesOf(pattern, rank, match) }] : [];
  });
  return groups.sort((a, b) => a.rank - b.rank || a.length - b.length).flatMap(({ entries }) => entries);
};

const byCode = (code: string): Found[] =>
  code.length < 4 || !/\d/.test(code)
    ? []
    : book.codes.flatMap((one, thing) => {
        const rank = one === code ? ranks.code : ranks.codePrefix;
        return one.startsWith(code) ? [{ thing, rank, length: one.length }] : [];
      });

/** The best things of each kind, found by comparing all there is. */
const comparedWithAll = (code: string, texts: string[], { places, kinds }: Reach): Found[] => {
  const first = new Map<number, Found>();
  for (const found of [...byCode(code), ...texts.flatMap(byName)])
    if (!first.has(found.thing)) first.set(found.thing, found);
  const inReach = [...first.values()].filter(({ thing }) => places[book.places[thing] ?? 0] === 1);
  return searchKinds
    .flatMap((_, kind) => {
      const own = inReach.filter(({ thing }) => book.kinds[thing] === kind);
      return (kinds >> kind) & 1 ? own.slice(0, perKind) : [];
    })
    .sort((a, b) => a.rank - b.rank || a.length - b.length || a.thing - b.thing);
};

const spelled = (random: Random, text: string): string =>
  [...text]
    .map((character) => {
      const readings = readingsOf(character.charCodeAt(0));
      if (readings.length === 0 || random.has(0.1)) return character;
      const reading = random.pick(readings);
      return reading.slice(0, random.has(0.5) ? 1 : random.whole(1, reading.length));
    })
    .join('');

/** Words somebody may type: names, parts of them, pinyin, initials, numbers, codes, and slips. */
const wordsFrom = (random: Random): string => {
  const code = random.pick(book.codes);
  if (random.has(0.1)) return code.slice(0, random.whole(1, code.length));
  const pattern = random.pick(book.patterns).replaceAll('#', () => String(random.whole(0, random.has(0.5) ? 9 : 150)));
  const from = random.has(0.5) ? 0 : random.whole(0, pattern.length - 1);
  const part = pattern.slice(from, from + random.whole(1, random.has(0.5) ? 3 : 12));
  const typed = random.has(0.5) ? spelled(random, part) : part;
  return random.has(0.1) ? typed + random.pick([...'xq9号栋路']) : typed;
};

const reachFor = (random: Random): Reach => {
  const root = random.pick(book.paths) ?? '';
  const places = Uint8Array.from(book.paths, (path) => (random.has(0.5) || path?.startsWith(root) ? 1 : 0));
  return { places, kinds: random.has(0.5) ? -1 : maskOf(searchKinds.filter(() => random.has(0.7))) };
};

test('the index finds what comparing with every name finds, in the same order', () => {
  const random = randomFor('words searched for');
  const everywhere = { places: new Uint8Array(book.paths.length).fill(1), kinds: -1 };
  let nFound = 0;
  for (let i = 0; i < 600; i++) {
    const typed = wordsFrom(random);
    const texts = random.has(0.2) ? [plainOf(typed).text, plainOf(wordsFrom(random)).text] : [plainOf(typed).text];
    const reach = i % 2 === 0 ? everywhere : reachFor(random);
    const found = findThings(book, { code: typed, texts }, reach, perKind);
    expect(found, `${typed} ${texts}`).toEqual(comparedWithAll(typed, texts, reach));
    nFound += found.length;
  }
  expect(nFound).toBeGreaterThan(3_000);
});
