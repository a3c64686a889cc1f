import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { codeFor, WordBook } from './word';

describe('codeFor', () => {
  test.each([
    ['Tree Maintenance', /^tree-maintenance$/],
    ['Castro/Upper Market', /^castro-upper-market-[0-9a-f]{6}$/],
    ['zzRPD Urban Forestry Queue - DO NOT USE', /^zzrpd-urban-forestry-queue-do-not-[0-9a-f]{6}$/],
    ['—', /^x-[0-9a-f]{6}$/],
  ])('%s', (name, code) => {
    expect(codeFor(name)).toMatch(code);
  });

  test('is the same each time, fits a filter, and tells names apart', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (one, other) => {
        expect(codeFor(one)).toMatch(/^[a-z0-9-]{1,40}$/);
        expect(codeFor(one)).toBe(codeFor(one));
        if (one.toLowerCase() !== other.toLowerCase()) expect(codeFor(one)).not.toBe(codeFor(other));
      }),
    );
  });
});

describe('WordBook', () => {
  const book = new WordBook(
    [{ list: 'department', code: 'SWJ', zh: 'w', en: 'Water', attrs: {}, valid_from: new Date(0), source: 's' }],
    'cases.csv',
  );

  test('finds a known word by code or name', () => {
    expect(book.codeOf('department', 'Water')).toBe('SWJ');
    expect(book.codeOf('department', 'SWJ')).toBe('SWJ');
    expect(book.made).toEqual([]);
  });

  test('makes an unknown word once, under its parent', () => {
    const roads = book.codeOf('event-category', 'Pot_hole', 'roads');
    expect(book.codeOf('event-category', 'Pot hole', 'roads')).toBe(roads);
    expect(book.codeOf('event-category', 'Pot_hole', 'parks')).not.toBe(roads);
    expect(book.made.map(({ en, parent, source }) => [en, parent, source])).toEqual([
      ['Pot hole', 'roads', 'cases.csv'],
      ['Pot hole', 'parks', 'cases.csv'],
    ]);
  });
});
