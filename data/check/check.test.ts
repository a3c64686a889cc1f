import { describe, expect, test } from 'vitest';
import askWord from '../dictionaries/ask-word.json';
import { metrics } from '../metrics';
import { FilterField, listOfDimension } from '../model/view';
import { checkAskWords } from './ask-words';
import { checkCatalogue } from './catalogue';
import { codesText } from './codes';
import { checkLists, type ListRow } from './lists';
import { checkRules } from './rules';
import { checkSentences, checkTexts, checkUsedTexts } from './texts';

const word = (more: ListRow): ListRow => ({
  code: 'a',
  zh: '甲',
  en: 'A',
  parent: '',
  valid_from: '2020-01-01',
  source: 's',
  ...more,
});
const faultsOf = (list: string, ...rows: ListRow[]) =>
  checkLists(new Map([[list, rows]])).filter((fault) => fault.startsWith(`data/dictionaries/${list}.csv`));

describe('checkLists', () => {
  test('a good list has no faults', () => {
    expect(faultsOf('own', word({}), word({ code: 'b', parent: 'a' }))).toEqual([]);
  });

  test.each<[string, ListRow[], RegExp]>([
    ['a code twice', [word({}), word({})], /code a stands twice/],
    ['a missing word', [word({ en: '' })], /zh, en and source are needed/],
    ['Chinese for English', [word({ en: '甲' })], /en holds Chinese/],
    ['no date', [word({ valid_from: 'soon' })], /valid_from is not a date/],
    ['a lost parent', [word({ parent: 'z' })], /parent z is not in own\.csv/],
    ['a lost department', [word({ lead_department: 'XX' })], /lead_department XX is not in department\.csv/],
    ['a label of belief', [word({ zh: '宗教人士' })], /not labelled this way/],
    ['a label of petitioning', [word({ en: 'Petitioner' })], /not labelled this way/],
    ['a half-width bracket', [word({ zh: '甲(乙)' })], /zh has punctuation of half width/],
    ['a half-width comma in a note', [word({ note_zh: '甲,乙', formula_zh: '(甲+乙)/丙' })], /note_zh has punct/],
  ])('%s', (_, rows, fault) => {
    expect(faultsOf('own', ...rows)).toEqual([expect.stringMatching(fault)]);
  });

  test('a list that the model has as a union must have its codes', () => {
    expect(faultsOf('supervision-lamp', word({ code: 'pink' }))).toEqual([
      expect.stringContaining('the model has green'),
    ]);
  });
});

test('checkSentences finds half width wherever a file of the demo has it', () => {
  const file = { notes: ['甲，乙。', { own: '甲,乙' }], n: 1, none: null };
  expect(checkSentences('own.json', file)).toEqual([expect.stringMatching(/“甲,乙” has punctuation of half width/)]);
});

describe('checkTexts', () => {
  const faults = (texts: object) =>
    checkTexts(new Map([['own', { ...texts }]]), new Set(['own'])).filter((fault) => fault.includes('own.json'));

  test.each<[string, object, RegExp]>([
    ['a missing language', { a: { zh: '甲' } }, /zh and en are needed/],
    ['other placeholders', { a: { zh: '{n} 件', en: '{count} events' } }, /zh puts in \{n\}, en \{count\}/],
    ['half-width punctuation', { a: { zh: '甲(乙)', en: 'a' } }, /half width/],
    ['a half-width comma', { a: { zh: '甲,乙', en: 'a' } }, /half width/],
    ['Chinese for English', { a: { zh: '甲乙', en: '甲' } }, /en holds Chinese/],
  ])('%s', (_, texts, fault) => {
    expect(faults(texts)).toEqual([expect.stringMatching(fault)]);
  });

  test('a namespace that is not imported, and a unit without a word', () => {
    const all = checkTexts(new Map([['own', {}]]), new Set());
    expect(all).toContain('data/text/own.json is not imported by data/text/index.ts.');
    expect(all).toContain('data/text: common.unit.person is missing.');
  });

  test('a sentence that code asks for and no file has', () => {
    const files = new Map([['own', { 'list.title': {}, 'list.empty': {} }]]);
    const code =
      "t('own.list.title'); t(`own.list.#{key}`); t('own.lst.title'); t(`own.list.#{key}.none`); style('x.y')".replaceAll(
        '#',
        '$',
      );
    expect(checkUsedTexts(files, new Map([['a.tsx', code]]))).toEqual([
      'a.tsx: no sentence own.lst.title in data/text.',
      expect.stringMatching(/^a\.tsx: no sentence own\.list\.\$\{key\}\.none in data\/text\.$/),
    ]);
  });
});

describe('the other checks', () => {
  test('metrics need words, known units, dimensions and codes', () => {
    const metric = {
      key: 'event.count',
      code: 'K99',
      unit: 'event',
      kind: 'count',
      fact: 'event',
      numerator: '1',
      denominator: '1',
      where: null,
      time: null,
      dimensions: ['grid'],
      polarity: 'neutral',
      leastN: 0,
      decimals: 0,
      freshSeconds: 2,
      zh: '',
      en: 'Events',
      meaning: { zh: '件', en: 'Events' },
      source: 's',
      revision: 1,
      since: '2026-01-01',
    } as const;
    expect(checkCatalogue([metric, metric], new Map([['kpi', [{ code: 'K01' }]]]))).toEqual([
      'metric event.count: zh, en, meaning and source are needed.',
      'metric event.count: K99 is not in kpi.csv.',
      'metric event.count: zh, en, meaning and source are needed.',
      'metric event.count is defined twice.',
      'metric event.count: K99 is not in kpi.csv.',
    ]);
  });

  test('moves need roles and a way to each status; address segments must add up', () => {
    const faults = checkRules(
      { moves: { S10: ['S20'] }, roles: { 'S10>S30': ['R2'] }, clocks: {}, stopped: [], given_back: [] },
      { segments: [{ length: 19 }, { length: 5 }], buildingLength: 19, dwellingLength: 25 },
    );
    expect(faults.join('\n')).toContain('event-transitions.json');
    expect(faults).toContain('address-code.json: the segments do not add up to the building and dwelling lengths.');
  });

  test('generated codes carry the words of a named list', () => {
    expect(codesText(new Map([['sex', [word({ code: '1' }), word({ code: '2' })]]]))).toContain(
      "export const sexCodes = [\n  '1',\n  '2',\n] as const;\nexport type Sex = (typeof sexCodes)[number];",
    );
  });
});

describe('checkAskWords', () => {
  const codes: Record<string, string[]> = {};
  for (const target of Object.keys(askWord.filter)) {
    const [field = '', code = ''] = target.split(':');
    const list = listOfDimension[FilterField.parse(field)] ?? '';
    codes[list] = [...(codes[list] ?? []), code];
  }
  const lists = new Map(Object.entries(codes).map(([list, all]) => [list, all.map((code) => word({ code }))]));
  const faults = (change: object) => checkAskWords({ ...askWord, ...change }, metrics, lists);

  test.each<[string, object, RegExp]>([
    ['a lost metric', { noun: { 'event.lost': ['x'] } }, /no metric event\.lost/],
    ['a lost code', { filter: { 'level:9': ['x'] } }, /level:9 is no word of a list/],
    ['a lost dimension', { dimension: { altitude: ['x'] } }, /altitude/],
    ['a word that says two things', { opaque: askWord.whole.slice(0, 1) }, /stands under whole and under opaque/],
    ['a word under two metrics', { metric: { 'event.open': ['x'], 'event.closed': ['x'] } }, /x stands under metric/],
  ])('%s', (_, change, fault) => {
    expect(faults(change)).toEqual([expect.stringMatching(fault)]);
  });

  test('the words of the house have no faults', () => {
    expect(faults({})).toEqual([]);
  });
});
