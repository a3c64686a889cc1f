import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Asked } from '@/data/model/asked';
import { divisionBook } from './division-words';
import { parseSentence } from './rules';
import { evened, makeWordBook } from './words';

const today = '2026-11-22';
const readCsv = (path: string): Record<string, string>[] =>
  parse(readFileSync(new URL(path, import.meta.url), 'utf8'), { columns: true });

const folder = '../../data/dictionaries';
const listed = readdirSync(new URL(folder, import.meta.url))
  .filter((name) => name.endsWith('.csv'))
  .flatMap((name) =>
    readCsv(`${folder}/${name}`).map(({ code = '', zh = '' }) => ({ list: name.slice(0, -4), code, zh })),
  );

type Column =
  | 'sentence'
  | 'metric'
  | 'dimensions'
  | 'division'
  | 'period'
  | 'filters'
  | 'order'
  | 'operators'
  | 'unknown'
  | 'missing';
const gold = readCsv('./sentences.csv') as Record<Column, string>[];
const names = readCsv('./sentence-division.csv') as Record<'code' | 'parent' | 'names', string>[];
const pathOf = (code: string): string => {
  const parent = names.find((one) => one.code === code)?.parent;
  return `${parent ? pathOf(parent) : '/'}${code}/`;
};
const divisions = names.map(({ code, names }) => ({ path: pathOf(code), names: names.split(' ') }));
const books = [makeWordBook(listed, today), divisionBook(divisions, '/')];

const written = ({
  metric,
  dimensions,
  view,
  order,
  operators,
  unknown,
  missing,
}: Asked): Omit<Record<Column, string>, 'sentence'> => ({
  metric: metric ?? '',
  dimensions: dimensions.join(' '),
  division: view.division === null ? 'root' : (view.division ?? ''),
  period: view.period ?? '',
  filters: (view.filters ?? [])
    .map(({ field, values }) => `${field}:${values.toSorted().join('|')}`)
    .toSorted()
    .join(' '),
  order: order ? [order.direction, order.limit].filter((part) => part !== null).join(':') : '',
  operators: operators.join(' '),
  unknown: unknown.join('|'),
  missing: missing.join('|'),
});

const fillers = [...(books[0] ?? [])].filter(([, meanings]) => meanings.some(({ kind }) => kind === 'filler'));
/** What is left of a sentence besides the parts that were understood and the words that were not. */
const silent = (sentence: string, { spans, unknown }: Asked): string => {
  const covered = new Set(spans.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, i) => from + i)));
  let rest = [...sentence].map((one, i) => (covered.has(i) ? ' ' : one)).join('');
  for (const word of unknown) rest = rest.replace(word, ' ');
  return rest;
};
const longestFirst = fillers.map(([word]) => word).toSorted((a, b) => b.length - a.length);
const withoutFillers = (text: string) =>
  longestFirst.reduce((rest, word) => rest.replaceAll(word, ' '), evened(text)).replace(/[^\p{L}\p{N}]/gu, '');

describe('sentences whose question was written down first', () => {
  test('at least 95 % are read exactly', () => {
    expect(gold.length).toBeGreaterThanOrEqual(300);
    expect(gold.filter(({ unknown, missing }) => unknown || missing).length).toBeGreaterThanOrEqual(40);
    const wrong = gold.flatMap(({ sentence, ...wanted }) => {
      const read = written(parseSentence(sentence, books, today));
      return JSON.stringify(read) === JSON.stringify(wanted) ? [] : [{ sentence, wanted, read }];
    });
    expect(wrong.length / gold.length, JSON.stringify(wrong, null, 1)).toBeLessThanOrEqual(0.05);
  });

  test('no word is let go in silence, and none that is not a whole question could be asked', () => {
    for (const { sentence, unknown, missing } of gold) {
      const asked = parseSentence(sentence, books, today);
      expect(withoutFillers(silent(sentence, asked)), sentence).toBe('');
      const isWhole = asked.unknown.length === 0 && asked.missing.length === 0;
      expect(isWhole, sentence).toBe(unknown === '' && missing === '');
    }
  });

  test('whatever is put into a sentence that means nothing is said to be unknown', () => {
    const whole = gold.filter(({ unknown, missing }) => !unknown && !missing).map(({ sentence }) => sentence);
    const nonsense = fc.constantFrom('\u9b4d\u9b49', 'zqj', '\u9954\u992e', '\u9f98');
    fc.assert(
      fc.property(fc.constantFrom(...whole), fc.nat(), nonsense, (sentence, seed, word) => {
        const at = seed % (sentence.length + 1);
        const { unknown } = parseSentence(sentence.slice(0, at) + word + sentence.slice(at), books, today);
        expect(unknown.some((one) => one.includes(word))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test('the sentence without its unknown words reads the same, and wholly where nothing is missing', () => {
    for (const { sentence } of gold) {
      const asked = parseSentence(sentence, books, today);
      if (asked.unknown.length === 0 || asked.missing.length > 0) continue;
      const again = parseSentence(asked.rest, books, today);
      expect([again.unknown, again.missing], asked.rest).toEqual([[], []]);
      expect(again.metric, asked.rest).toBe(asked.metric);
    }
  });

  test('spans lie where the words stand, whatever their width', () => {
    const sentence = '\uff11\uff12 K10';
    const { spans, unknown } = parseSentence(sentence, books, today);
    expect(spans).toEqual([{ from: 3, to: 6, kind: 'metric', target: 'event.on_time_close_rate' }]);
    expect(unknown).toEqual(['\uff11\uff12']);
  });
});

test('a division outside the territory is not known', () => {
  const [own = ''] = divisions.find(({ path }) => path.endsWith('440307010/'))?.names ?? [];
  const [other = ''] = divisions.find(({ path }) => path.endsWith('440307009/'))?.names ?? [];
  const inside = [makeWordBook(listed, today), divisionBook(divisions, pathOf('440307010'))];
  expect(parseSentence(`K10${own}`, inside, today).view.division).toBe('440307010');
  expect(parseSentence(`K10${other}`, inside, today)).toMatchObject({ unknown: [other], view: {} });
});
