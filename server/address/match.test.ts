import { expect, test } from 'vitest';
import { AddressBook } from './book';
import { matchAddress } from './match';
import { canonicalOf } from './plain';
import { dirtyTown } from './testing';

test.each([
  ['荔枝路１２巷 ３號', '荔枝路12巷3号'],
  ['荔枝路十二巷三号', '荔枝路12巷3号'],
  ['荔枝花园第2座', '荔枝花园2栋'],
  ['荔枝花园2#1203', '荔枝花园2栋1203'],
  ['荔枝花园2号楼 3-1203', '荔枝花园2栋3-1203'],
  ['葵涌办事处葵新居委会', '葵涌街道葵新社区'],
  ['一百零二号，电话13800000000', '102号电话'],
  ['三溪古屋', '三溪古屋'],
])('%s is compared as %s', (written, canonical) => {
  expect(canonicalOf(written)).toBe(canonical);
});

const divisions = [
  { code: 'D', path: '/D/', name: '大鹏新区' },
  { code: 'S1', path: '/D/S1/', name: '葵涌街道' },
  { code: 'C1', path: '/D/S1/C1/', name: '葵新社区' },
  { code: 'C2', path: '/D/S1/C2/', name: '三溪社区' },
];
const prefix = '大鹏新区葵涌街道';
const building = (code: string, community: 'C1' | 'C2', tail: string, name: string, aliases: string[] = []) => ({
  ...{ code, path: `/D/S1/${community}/`, name, aliases },
  address: `${prefix}${community === 'C1' ? '葵新' : '三溪'}社区${tail}`,
});
const book = new AddressBook(divisions);
for (const one of [
  building('b1', 'C1', '荔枝路12号', '荔枝路12号'),
  building('b2', 'C2', '荔枝路12号', '荔枝路12号'),
  building('b3', 'C1', '和平路3号金沙花园1栋', '金沙花园1栋', ['金沙1栋']),
  building('b4', 'C1', '和平路5号金沙花园2栋', '金沙花园2栋', ['金沙2栋']),
  building('b5', 'C2', '和平路二巷3号', '和平路二巷3号'),
])
  book.add(one);
book.addOthers([{ name: '解放路', standard: '和平路' }]);

test.each([
  ['葵新社区荔枝路12号', 'b1', 'C1'],
  ['荔枝路12号', null, 'S1'],
  ['三溪荔枝路12号旁', null, 'C2'],
  ['和平路3号', 'b3', 'C1'],
  ['解放路3号', 'b3', 'C1'],
  ['何平路3号', 'b3', 'C1'],
  ['合平路二巷3号', 'b5', 'C2'],
  ['和平路2巷3号', 'b5', 'C2'],
  ['金沙花园2座', 'b4', 'C1'],
  ['金沙花园', null, 'C1'],
  ['金沙花园9栋', null, 'C1'],
  ['和平路3号金沙花园2栋', null, 'C1'],
  ['三溪社区和平路3号', null, 'S1'],
  ['北京路1号', null, null],
  ['', null, null],
])('%s means the building %s, surely the division %s', (written, code, division) => {
  const match = matchAddress(book, written);
  expect([match.building, match.division]).toEqual([code, division]);
});

test.each([
  ['和平路3号1203', null, '1203'],
  ['金沙花园1栋2单元1203室', 2, '1203'],
  ['金沙花园1栋2-1203（业主不在）', 2, '1203'],
  ['金沙花园1栋十二楼1203房', null, '1203'],
  ['和平路3号', null, null],
])('%s: unit %s, room %s', (written, unit, room) => {
  expect(matchAddress(book, written)).toMatchObject({ building: 'b3', unit, room });
});

test('a match tells how each part was read, a doubtful one what it may mean', () => {
  const mended = matchAddress(book, '葵新社区何平路３号');
  expect(mended.steps).toEqual([
    { words: '葵新社区', as: 'division', name: '葵新社区', number: '', how: 'written', share: 1 },
    { words: '何平路3号', as: 'street', name: '和平路', number: '3', how: 'mended', share: 0.93 },
  ]);
  expect(mended.score).toBeCloseTo(0.925, 2);
  expect(matchAddress(book, '荔枝路12号').candidates.sort()).toEqual(['b1', 'b2']);
});

test('of 20,000 dirty addresses with known truth at least 99 % of those taken are right and 95 % are found', () => {
  const { book: town, draw, isUnique } = dirtyTown('address-test');
  const rows = Array.from({ length: 20_000 }, draw);
  const told = rows.map((row) => ({ row, match: matchAddress(town, row.text) }));
  const taken = told.filter(({ match }) => match.building !== null);
  const right = taken.filter(({ row, match }) => match.building === row.code);
  const clear = told.filter(({ row }) => isUnique(row));
  const found = clear.filter(({ row, match }) => match.building === row.code);
  const asked = found.filter(({ row }) => row.room !== null);
  const rooms = asked.filter(({ row, match }) => match.room === row.room && match.unit === row.unit);
  console.log(
    JSON.stringify({
      precision: right.length / taken.length,
      recall: found.length / clear.length,
      unclear: told.length - clear.length,
      rooms: rooms.length / asked.length,
    }),
  );
  expect(right.length / taken.length).toBeGreaterThanOrEqual(0.99);
  expect(found.length / clear.length).toBeGreaterThanOrEqual(0.95);
  expect(rooms.length / asked.length).toBeGreaterThanOrEqual(0.97);
}, 180_000);
