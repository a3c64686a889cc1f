import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { addressParts } from '@/data/model/address';
import { segmentOf } from './segment';

test.each([
  [
    '广东省深圳市大鹏新区葵涌街道葵新社区荔枝路12号金沙花园2栋3单元1203室',
    '广东省|深圳市|大鹏新区|葵涌街道|葵新社区|荔枝路12号|金沙花园2栋|3单元1203室',
  ],
  ['上海市普陀区兰溪路２３０弄１号', '上海市|上海市|普陀区|||兰溪路230弄1号||'],
  ['北京朝阳区工体北路58号', '北京|北京|朝阳区|||工体北路58号||'],
  ['南京西路100号', '|||||南京西路100号||'],
  ['浙江省宁波余姚市低塘街道芦城村', '浙江省|宁波|余姚市|低塘街道|芦城村|||'],
  ['园区星湖街328号', '|||||星湖街328号|园区|'],
  [
    '地址：深圳市福田区深南大道与彩田路交汇处嘉麟豪庭C座1904',
    '|深圳市|福田区|||深南大道与彩田路交汇处|嘉麟豪庭c座|1904',
  ],
  ['茌平县', '||茌平县|||||'],
])('%s', (address, parts) => {
  const found = segmentOf(address);
  expect(addressParts.map((part) => found[part] ?? '').join('|')).toBe(parts);
  expect(found.rest).toBe('');
});

test('words that are not read are told, notes in brackets among them', () => {
  expect(segmentOf('临海市沿江镇某处（靠河）')).toMatchObject({
    district: '临海市',
    subdistrict: '沿江镇',
    rest: '某处(靠河)',
  });
  expect(segmentOf('')).toEqual({ rest: '' });
});

// Real addresses of others are not ours to ship; they lie beside the project where they are at hand.
const file = resolve('../shared/real/address/cpca_addr_18k.csv');
const isHere = existsSync(file);
const reason = isHere ? '' : ' (skipped: ../shared/real/address/cpca_addr_18k.csv is not here)';

describe.skipIf(!isHere)(`real addresses${reason}`, () => {
  test('most are read to the last word; how often each level is found is printed', () => {
    const lines: string[][] = parse(readFileSync(file), { relax_column_count: true, from_line: 2 });
    const all = lines.map(([address = '']) => address.trim()).filter((address) => address !== '');
    const read = all.map(segmentOf);
    const share = (n: number) => Math.round((n / all.length) * 1000) / 10;
    const found = addressParts.map((part) => [part, share(read.filter((one) => one[part]).length)]);
    const whole = share(read.filter(({ rest }) => rest.replace(/[([][^)\]]*[)\]]/g, '') === '').length);
    const some = share(read.filter((one) => addressParts.some((part) => one[part])).length);
    console.log(JSON.stringify({ n: all.length, ...Object.fromEntries(found), whole, some }));
    expect(all.length).toBeGreaterThan(17_000);
    expect(whole).toBeGreaterThan(92);
    expect(some).toBeGreaterThan(99);
  });
});
