import { inflateRawSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ExportAsk, type ExportWhat } from '@/data/model/export';
import type { Role, ScreenKey } from '@/data/model/scope';
import { type TestDatabase, testDatabase } from '../db/testing';
import { answer } from '../metric/answer';
import { type Facts, openFacts } from '../metric/follower';
import { loadTown, scopeIn, townClock } from '../metric/testing';
import { listExports, makeExport } from './store';

let database: TestDatabase;
let facts: Facts;
beforeAll(async () => {
  database = await testDatabase();
  await loadTown(database.connection);
  await database.connection.sql`update event set title = '=HYPERLINK("x")' where id = (select min(id) from event)`;
  facts = await openFacts(database.connection, { file: null });
});
afterAll(async () => {
  facts?.close();
  await database?.end();
});

const scopeOf = (post: string, role: Role = 'R2', screen: ScreenKey = 'mid') => ({
  ...scopeIn(facts, post),
  ...{ role, screen, actorId: `${role}:${post}` },
});
const question = { division: null, period: 'P365D' as const, at: townClock, filters: [] };
const residents: ExportWhat = {
  kind: 'figures',
  asks: [{ metric: 'person.resident', dimensions: ['grid'], question, operators: ['rank', 'share'] }],
};
const events: ExportWhat = { kind: 'events', question };

const take = (what: ExportWhat, scope = scopeOf('T'), rest: object = {}) =>
  makeExport(
    { connection: database.connection, scope, facts },
    ExportAsk.parse({ what, panel: 'explorer-figures', format: 'csv', purpose: 'meeting', ...rest }),
  );
const textOf = (bytes: Uint8Array) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
const nLines = async () => (await listExports(database.connection, scopeOf('T'), { limit: 500 })).rows.length;

test('a file says whose it is, of when and what for, in lines as wide as its table', async () => {
  const file = await take(residents, scopeOf('T'), { note: '周例会' });
  const text = textOf(file.bytes);
  expect(text.startsWith('\uFEFF指标,指标键,')).toBe(true);
  expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  const rows: string[][] = parse(text, { bom: true });
  expect(new Set(rows.map(({ length }) => length)).size).toBe(1);
  expect(file.number).toMatch(/^EX\d{8}-\d{6}$/);
  expect(file.name).toBe(`person.resident-${file.number}.csv`);
  const mark = new Map(rows.map(([name, value]) => [name, value]));
  expect(mark.get('导出编号')).toBe(file.number);
  expect(mark.get('用途')).toBe('会议材料 · 周例会');
  expect(mark.get('数据截至')).toBe('2026-03-02 12:00:00');
  expect(mark.get('数据版本')).toBe(facts.status().watermark);
  expect(mark.get('数据性质')).toBe('业务数据');
  expect(rows.filter((row) => row[1] === 'person.resident').every((row) => row.at(-1) === file.number)).toBe(true);
});

test('what is withheld stays withheld in the file, with whatever was asked besides', async () => {
  const asked = residents.kind === 'figures' ? residents.asks[0] : undefined;
  if (!asked) throw new Error('No question.');
  const { cells } = await answer({ facts, db: database.connection.db, scope: scopeOf('T') }, asked);
  const hidden = new Set(cells.filter(({ withheld }) => withheld).map(({ at }) => at.grid));
  expect(hidden.size).toBeGreaterThan(0);
  const rows: string[][] = parse(textOf((await take(residents)).bytes), { bom: true });
  const own = rows.filter((row) => hidden.has(row[3]));
  expect(own).toHaveLength(hidden.size);
  for (const row of own) expect(row.slice(4, -1).filter((value) => /\d/.test(value))).toEqual([]);
});

test('a month that the period cuts off is told apart from whole ones', async () => {
  const months: ExportWhat = {
    kind: 'figures',
    asks: [
      { metric: 'event.reported', dimensions: ['month'], question: { ...question, period: 'P90D' }, complete: true },
    ],
  };
  const rows: string[][] = parse(textOf((await take(months)).bytes), { bom: true });
  const at = rows[0]?.indexOf('时段是否完整') ?? -1;
  const told = rows.filter((row) => row[1] === 'event.reported').map((row) => [row[2], row[at]]);
  expect(told).toEqual([
    ['2025-12', '不完整'],
    ['2026-01', '完整'],
    ['2026-02', '完整'],
    ['2026-03', '不完整'],
  ]);
});

test('events go by number and title, and none is run as a formula', async () => {
  const rows: Record<string, string>[] = parse(textOf((await take(events)).bytes), { bom: true, columns: true });
  expect(Object.keys(rows[0] ?? {})).toContain('受理号');
  expect(rows.map((row) => row.事项).filter((title) => title?.includes('HYPERLINK'))).toEqual([`'=HYPERLINK("x")`]);
});

/** Texts of the parts of a zip file, by its central directory. */
const unzip = (bytes: Uint8Array): Map<string, string> => {
  const file = Buffer.from(bytes);
  const parts = new Map<string, string>();
  let at = file.readUInt32LE(file.lastIndexOf('PK\u0005\u0006') + 16);
  while (file.readUInt32LE(at) === 0x02014b50) {
    const [size, nName, nExtra, nNote] = [
      file.readUInt32LE(at + 20),
      ...[28, 30, 32].map((n) => file.readUInt16LE(at + n)),
    ];
    const head = file.readUInt32LE(at + 42);
    const from = head + 30 + file.readUInt16LE(head + 26) + file.readUInt16LE(head + 28);
    const data = file.subarray(from, from + (size ?? 0));
    const name = file.toString('utf8', at + 46, at + 46 + (nName ?? 0));
    parts.set(name, (file.readUInt16LE(at + 10) === 8 ? inflateRawSync(data) : data).toString('utf8'));
    at += 46 + (nName ?? 0) + (nExtra ?? 0) + (nNote ?? 0);
  }
  return parts;
};

test('a workbook holds the table and the mark, and no formula', async () => {
  const file = await take(events, scopeOf('T'), { format: 'xlsx' });
  const parts = unzip(file.bytes);
  const all = [...parts.values()].join('');
  expect(parts.get('xl/workbook.xml')).toMatch(/name="数据".*name="水印"/s);
  for (const word of [file.number, '受理号', '会议材料', '=HYPERLINK']) expect(all).toContain(word);
  expect(all).not.toMatch(/<f[ >]/);
});

test('no file without its line, no line without its file, and no line is changed', async () => {
  const before = await nLines();
  await take(events);
  expect(await nLines()).toBe(before + 1);
  const outside = { ...question, division: '44' };
  await expect(take({ kind: 'figures', asks: [{ metric: 'event.open', question: outside }] })).rejects.toMatchObject({
    code: 'not_allowed',
  });
  expect(await nLines()).toBe(before + 1);
  const { sql } = database.connection;
  await expect(sql`update export_log set note = 'x'`).rejects.toThrow(/kept as they were written/);
  await expect(sql`delete from export_log`).rejects.toThrow(/kept as they were written/);
  await expect(sql`truncate export_log`).rejects.toThrow(/kept as they were written/);
});

test('a wall takes nothing and reads nothing; a purpose must be told', async () => {
  await expect(take(events, scopeOf('T', 'R0', 'big'))).rejects.toMatchObject({ code: 'not_allowed' });
  await expect(take(events, scopeOf('T', 'R2', 'big'))).rejects.toMatchObject({ code: 'not_allowed' });
  await expect(listExports(database.connection, scopeOf('T', 'R2', 'big'), { limit: 9 })).rejects.toThrow(/wall/);
  const wish = { what: events, panel: 'event-queue', format: 'csv' };
  expect(ExportAsk.safeParse({ ...wish, purpose: '' }).success).toBe(false);
  expect(ExportAsk.safeParse({ ...wish, purpose: 'other' }).success).toBe(false);
  expect(ExportAsk.safeParse({ ...wish, purpose: 'other', note: '上报市局' }).success).toBe(true);
  expect(ExportAsk.safeParse({ ...wish, purpose: 'report', note: 'a\u0000b' }).success).toBe(false);
});

test('who leads a territory reads all that its posts took, others their own', async () => {
  const own = await take(events, scopeOf('T11', 'R7'));
  const next = await take(events, scopeOf('T21', 'R4'));
  const read = async (post: string, role: Role) => {
    const { isAll, rows } = await listExports(database.connection, scopeOf(post, role), { limit: 500 });
    return { isAll, numbers: rows.map(({ number }) => number) };
  };
  expect((await read('T', 'R2')).numbers).toEqual(expect.arrayContaining([own.number, next.number]));
  expect(await read('T11', 'R4')).toEqual({ isAll: true, numbers: [own.number] });
  expect(await read('T11', 'R7')).toEqual({ isAll: false, numbers: [own.number] });
  expect((await read('T21', 'R5')).numbers).toEqual([]);
});
