import { expect, test } from 'vitest';
import { readCoordinates } from './coordinate';
import { matchIn, matchParts, queryOf } from './match';
import { patternOf, plainOf, shortName, splitDoors, splitRoom, spokenVariant } from './text';

test.each([
  ['葵新北路12号3栋', '葵新北路12号3栋'],
  ['葵新北路 １２ 號３幢', '葵新北路12号3栋'],
  ['Kuichong Sub-district', 'kuichongsubdistrict'],
  ['（荔枝路）—1座', '荔枝路1栋'],
])('%s is compared as %s', (typed, plain) => {
  expect(plainOf(typed).text).toBe(plain);
});

test('each compared character knows the place it came from', () => {
  const { text, at } = plainOf('（荔枝路） １栋');
  expect([...text].map((_, i) => at[i])).toEqual([1, 2, 3, 6, 7]);
});

test('houses of a street share a pattern', () => {
  expect(patternOf('高源十二巷51号')).toEqual({ pattern: '高源十二巷#号', numbers: [51] });
  expect(patternOf('岭澳03网格')).toEqual({ pattern: '岭澳#网格', numbers: [3] });
  expect(patternOf('1a2b3')).toEqual({ pattern: '1a2b3', numbers: [] });
});

test.each([
  ['高源12巷51号', '高源十二巷51号'],
  ['西涌1巷', '西涌一巷'],
  ['光明街20片', '光明街二十片'],
  ['高源51号', null],
])('%s is also said %s', (typed, spoken) => {
  expect(spokenVariant(typed)).toBe(spoken);
});

test.each([
  ['荔枝1栋201', { rest: '荔枝1栋', unit: null, room: '201' }],
  ['荔枝1栋2单元1203室', { rest: '荔枝1栋', unit: 2, room: '1203' }],
  ['和平楼1 201', { rest: '和平楼1', unit: null, room: '201' }],
  ['荔枝1幢 2-1203', { rest: '荔枝1栋', unit: 2, room: '1203' }],
  ['荔枝路1栋', null],
  ['440307009004', null],
])('%s ends in a room', (typed, split) => {
  expect(splitRoom(typed)).toEqual(split);
});

test('a division is known by its short name', () => {
  expect(['葵涌街道', '葵涌社区', '大鹏新区', '南澳'].map(shortName)).toEqual(['葵涌', '葵涌', '大鹏', null]);
});

const found = (name: string, words: string) => {
  const match = matchIn(patternOf(plainOf(name).text).pattern, queryOf(plainOf(words).text));
  return match && [match.start, match.isSpelt];
};

test.each([
  ['葵涌街道', 'kuichong', [0, true]],
  ['葵涌街道', 'kc', [0, true]],
  ['葵涌街道', 'kcjd', [0, true]],
  ['葵涌街道', 'kuichjd', [0, true]],
  ['南湾社区', 'nw', [0, true]],
  ['南湾社区', '南wan', [0, true]],
  ['大鹏新区', 'xq', [2, true]],
  ['大鹏新区', 'x', null],
  ['高源十二巷51号', 'gysex51h', [0, true]],
  ['高源十二巷51号', '十二巷', [2, false]],
  ['王母社区', 'nw', null],
])('%s and %s', (name, words, expected) => {
  expect(found(name, words)).toEqual(expected);
});

test('a number asks for itself, at the end also for longer ones', () => {
  expect(matchIn('路#号', queryOf('路12号'))?.wanted).toEqual([{ slot: 0, value: 12, isPrefix: false }]);
  expect(matchIn('路#号', queryOf('路12'))?.wanted).toEqual([{ slot: 0, value: 12, isPrefix: true }]);
});

test('parts of an address may have more words between them', () => {
  const parts = splitDoors('荔枝路116号1栋').map(queryOf);
  expect(matchParts('荔枝路#号荔枝路二十四街坊小区#栋', parts)?.wanted.map(({ slot, value }) => [slot, value])).toEqual(
    [
      [0, 116],
      [1, 1],
    ],
  );
  expect(matchParts('荔枝路#栋', parts)).toBeNull();
});

test.each([
  ['114.5,22.6', [[114.5, 22.6, false]]],
  ['114.5，22.6', [[114.5, 22.6, false]]],
  ['22.6 114.5', [[114.5, 22.6, true]]],
  ['N22.6 E114.5', [[114.5, 22.6, true]]],
  ['114°30′E 22°36′N', [[114.5, 22.6, false]]],
  ['22°36′00″N, 114°30′00″E', [[114.5, 22.6, true]]],
  ['114度30分, 22度36分', [[114.5, 22.6, false]]],
  ['4403070090040200002', []],
  ['12', []],
  ['高源12巷', []],
  ['200,100', []],
])('%s is read as %j', (typed, readings) => {
  expect(readCoordinates(typed).map(({ position, isSwapped }) => [...position, isSwapped])).toEqual(readings);
});
