import { spawn } from 'node:child_process';
import gcoord from 'gcoord';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { AddressCard, ListWish } from '@/data/model/address';
import { ExportAsk } from '@/data/model/export';
import { type TestDatabase, testDatabase } from '../db/testing';
import { buildingOf, dwellingsOf, grids, loadTown, townScope } from '../db/testing-town';
import { makeExport } from '../export/store';
import { runDueJobs, runJobOnce } from '../job/worker';
import type { Facts } from '../metric/follower';
import { createCaller } from '../trpc/root';
import { takeList } from './hand-in';
import { handleList } from './http';
import { addressJobs } from './run';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await loadTown(database.connection);
});
afterAll(async () => {
  vi.unstubAllGlobals();
  await database.end();
});

const scope = townScope('R2', 'DP');
const callerOf = (role: 'R1' | 'R2' | 'R4' | 'R5', division = 'DP', screen: 'mid' | 'big' = 'mid') =>
  createCaller({ scope: townScope(role, division, screen), connection: database.connection });

let nLists = 0;
const idOf = (n: number) => `ad000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const fresh = (): string => {
  nLists += 1;
  return idOf(nLists);
};

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let from = 0; from < bytes.length; from += 50_000) yield bytes.subarray(from, from + 50_000);
}

const hand = async (text: string, wish: Partial<ListWish> = {}, by = scope): Promise<string> => {
  const id = fresh();
  await takeList(
    database.connection,
    by,
    { id, name: 'list.csv', crs: null, encoding: 'utf-8', ...wish },
    bytesOf(text),
  );
  return id;
};

const matched = async (text: string, wish: Partial<ListWish> = {}, by = scope): Promise<AddressCard> => {
  const id = await hand(text, wish, by);
  await runDueJobs(database.connection, addressJobs);
  return createCaller({ scope: by, connection: database.connection }).address.byId({ id });
};

const rowsOf = (id: string) => database.connection.sql`
  select row, method, level, building_code, dwelling_code, grid_code, block_code from address_match
  where batch_id = ${id} order by row`;

/** The middle of the first building of the town. */
const middle: [number, number] = [114.5025, 22.5225];

test('a list is matched row by row: building, dwelling, by position, or left open with what it may mean', async () => {
  const [lng, lat] = middle;
  const card = await matched(
    `name,Address,lng,lat
王某,和平路1号201,${lng},${lat}
李某,老邮局2,,
张某,河平路3号,,
赵某,"某处, 路口",${lng},${lat}
钱某,北街道海社区某处,,
孙某,火星,,
`,
    { crs: 'CGCS2000' },
  );
  const [first, second, third] = grids;
  expect(await rowsOf(card.id)).toMatchObject([
    {
      ...{ row: 2, method: 'written', level: 'dwelling', building_code: buildingOf(first) },
      ...{ dwelling_code: dwellingsOf(first)[1], grid_code: first, block_code: `${first}-1` },
    },
    { row: 3, method: 'other', level: 'building', building_code: buildingOf(second) },
    { row: 4, method: 'mended', level: 'building', building_code: buildingOf(third) },
    { row: 5, method: 'position', level: 'block', building_code: null, grid_code: first },
    { row: 6, method: 'none', level: 'community', grid_code: null },
    { row: 7, method: 'none', level: 'none' },
  ]);
  expect(card).toMatchObject({ state: 'done', nRows: 6, nMatched: 4, nPlaced: 4, nPositions: 2 });
  expect(card.runs).toMatchObject([{ run: 1, nRows: 6, nDone: 6, gained: 4 }]);
  const open = await callerOf('R2').address.open({ id: card.id });
  expect(open.map(({ row, division }) => [row, division])).toEqual([
    [6, grids[2].slice(0, 12)],
    [7, null],
  ]);
  // The names that came along were not kept.
  const [kept] = await database.connection.sql`select string_agg(r::text, '') as all from address_record r`;
  expect(kept?.all).not.toContain('王某');
});

test('sent again under its id, a list is the same list', async () => {
  const id = await hand('地址\n和平路1号\n');
  const again = { id, name: 'other.csv', crs: null, encoding: 'utf-8' } as const;
  expect((await takeList(database.connection, scope, again, bytesOf('地址\n和平路1号\n和平路2号\n'))).nRows).toBe(1);
  await runDueJobs(database.connection, addressJobs);
});

describe('what cannot be taken is refused whole', () => {
  const nLines = async () =>
    (await database.connection.sql`select batch_id from address_record union all select id from address_batch`).length;

  test.each([
    [
      '地址,lng,lat\n和平路1号,1,\n,,\n和平路1号,x,y\n和平路1号,22.5,114.5\n和平路1号,400,22\n和平路1号,114.5,22.5\n',
      [2, 3, 4, 5, 6],
      ['half', 'empty', 'number', 'swapped', 'degrees'],
    ],
    [`地址\n"两\n行"\n${'长'.repeat(201)}\n`, [4], ['long']],
  ])('bad rows by their lines', async (text, lines, faults) => {
    const before = await nLines();
    const refused = hand(text, { crs: 'WGS84' });
    await expect(refused).rejects.toMatchObject({ code: 'invalid', params: { reason: 'list_rows', n: lines.length } });
    await expect(refused).rejects.toMatchObject({ rows: lines.map((line, i) => ({ line, fault: faults[i] })) });
    expect(await nLines()).toBe(before);
  });

  test.each([
    ['', 'list_empty'],
    ['地址\n', 'list_empty'],
    ['name,place\na,b\n', 'list_column'],
    ['地址,lng\na,1\n', 'list_column'],
    ['地址\n"a\n', 'list_broken'],
    ['地址,lng,lat\n火星,114.5,22.5\n', 'crs_missing'],
  ])('%j: %s', async (text, reason) => {
    const before = await nLines();
    await expect(hand(text)).rejects.toMatchObject({ params: { reason } });
    expect(await nLines()).toBe(before);
  });

  test('bytes of another encoding, which is taken once it is named', async () => {
    // 地址 / 和平路1号 in GB 18030
    const bytes = Buffer.from('b5d8d6b70abacdc6bdc2b731bac50a', 'hex');
    const of = async function* () {
      yield bytes;
    };
    const wish = { id: fresh(), name: 'gb', crs: null };
    await expect(takeList(database.connection, scope, { ...wish, encoding: 'utf-8' }, of())).rejects.toMatchObject({
      params: { reason: 'list_encoding' },
    });
    expect(await takeList(database.connection, scope, { ...wish, encoding: 'gb18030' }, of())).toMatchObject({
      nRows: 1,
    });
    await runDueJobs(database.connection, addressJobs);
    expect(await rowsOf(wish.id)).toMatchObject([{ building_code: buildingOf(grids[0]) }]);
  });
});

const [gcjLng, gcjLat] = gcoord.transform([...middle], gcoord.WGS84, gcoord.GCJ02);
const shifted = `address,lng,lat\n${`和平路1号,${gcjLng},${gcjLat}\n`.repeat(20)}`;

test('positions declared wrongly are refused with what they look like, undeclared ones asked for', async () => {
  await expect(hand(shifted, { crs: 'WGS84' })).rejects.toMatchObject({
    params: { reason: 'crs_wrong', declared: 'WGS84', likely: 'GCJ02', n: 20 },
  });
  await expect(hand(shifted)).rejects.toMatchObject({ params: { reason: 'crs_guess', likely: 'GCJ02' } });
  const card = await matched(shifted, { crs: 'GCJ02' });
  expect(card.crsCheck).toMatchObject({ likely: 'GCJ02', nCompared: 20 });
  expect(card.crsCheck?.metres.GCJ02).toBeLessThan(1);
  const [row] = await database.connection.sql`select lng, lat from address_record where batch_id = ${card.id} limit 1`;
  expect(Math.hypot(row?.lng - middle[0], row?.lat - middle[1])).toBeLessThan(1e-5);
});

test('what people call a street is taught, and the rest of a list matched again: the gain is told', async () => {
  const caller = callerOf('R2');
  const { id } = await matched('地址\n红星大街1号\n红星大街2号\n和平路3号\n');
  await expect(caller.address.teach({ name: '红星大街', standard: '无此路', kind: 'popular' })).rejects.toThrow(
    '无此路',
  );
  await expect(caller.address.teach({ name: '和平路', standard: '和平楼1', kind: 'popular' })).rejects.toMatchObject({
    code: 'CONFLICT',
  });
  await caller.address.teach({ name: '红星大街', standard: '和平路', kind: 'former' });
  expect(await caller.address.again({ id })).toMatchObject({ state: 'running', nMatched: 1 });
  await expect(caller.address.again({ id })).rejects.toMatchObject({ code: 'CONFLICT' });
  await runDueJobs(database.connection, addressJobs);
  const card = await caller.address.byId({ id });
  expect(card).toMatchObject({ state: 'done', nMatched: 3 });
  expect(card.runs.map(({ nRows, gained }) => [nRows, gained])).toEqual([
    [3, 1],
    [2, 2],
  ]);
  expect(card.methods).toEqual([
    { method: 'written', n: 1 },
    { method: 'other', n: 2 },
  ]);
  const told = await caller.address.match({ text: '红星大街1号201' });
  expect(told).toMatchObject({
    building: { code: buildingOf(grids[0]) },
    dwelling: { code: dwellingsOf(grids[0])[1] },
  });
  expect(told.steps.at(-1)).toMatchObject({ words: '红星大街1号', name: '和平路', how: 'other' });
  await expect(database.connection.sql`delete from address_name`).rejects.toThrow(/kept as they were written/);
});

test('a person decides a row, and again; every word of it is kept', async () => {
  const caller = callerOf('R2');
  const { id } = await matched('地址\n火星1\n火星2\n');
  const chosen = { batch: id, row: 2, building: buildingOf(grids[1]) };
  expect(await caller.address.decide(chosen)).toMatchObject({ nMatched: 1, nPlaced: 1 });
  expect(await caller.address.decide({ batch: id, row: 3, building: null })).toMatchObject({ nMatched: 1 });
  expect(await caller.address.open({ id })).toEqual([]);
  const card = await caller.address.decide({ ...chosen, building: null, note: '看错了' });
  expect(card.methods).toEqual([{ method: 'dismissed', n: 2 }]);
  await expect(caller.address.decide({ ...chosen, building: '9'.repeat(19) })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
  const { sql } = database.connection;
  expect(
    await sql`select row, seq, building_code from address_decision where batch_id = ${id} order by row, seq`,
  ).toEqual([
    { row: 2, seq: 1, building_code: chosen.building },
    { row: 2, seq: 2, building_code: null },
    { row: 3, seq: 1, building_code: null },
  ]);
  await expect(sql`update address_decision set note = ''`).rejects.toThrow(/kept as they were written/);
});

test('nothing outside a territory is told, and no list of another one', async () => {
  const north = townScope('R4', grids[0].slice(0, 12));
  const card = await matched('地址\n和平路1号\n和平路4号\n', {}, north);
  expect(await rowsOf(card.id)).toMatchObject([
    { method: 'written', building_code: buildingOf(grids[0]) },
    { method: 'none', level: 'outside', building_code: null },
  ]);
  await expect(callerOf('R4', grids[3].slice(0, 12)).address.byId({ id: card.id })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
  expect((await callerOf('R2').address.byId({ id: card.id })).nRows).toBe(2);
  const told = await callerOf('R4', grids[0].slice(0, 12)).address.match({ text: '和平路4号' });
  expect(told).toMatchObject({ building: null, division: null, isOutside: true, candidates: [] });
});

test('posts with aggregates alone, workers and walls do not work on lists; a wall matches nothing', async () => {
  for (const caller of [callerOf('R1'), callerOf('R5', grids[0]), callerOf('R2', 'DP', 'big')])
    await expect(caller.address.list({})).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(callerOf('R1').address.match({ text: '和平路1号' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(callerOf('R2', 'DP', 'big').address.match({ text: '和平路1号' })).rejects.toMatchObject({
    code: 'FORBIDDEN',
  });
  expect((await callerOf('R5', grids[0]).address.match({ text: '和平路1号' })).building?.code).toBe(
    buildingOf(grids[0]),
  );
});

test('over HTTP: taken, refused in both languages with each row, and never from a wall', async () => {
  vi.stubGlobal('gridhallConnection', database.connection);
  const post = (query: string, body: string, screen = 'mid') =>
    handleList(
      new Request(`http://x/api/address/list?${query}`, {
        ...{ method: 'POST', body, headers: { 'x-screen': screen, 'content-type': 'text/csv; charset=utf-8' } },
      }),
    );
  const query = `id=${fresh()}&name=a.csv`;
  expect((await post(query, '地址\n和平路1号\n')).status).toBe(201);
  const bad = await post(`id=${fresh()}&name=b.csv`, '地址\n \n');
  expect(bad.status).toBe(400);
  expect(await bad.json()).toMatchObject({
    reason: 'list_rows',
    rows: [{ line: 2, zh: '地址是空的', en: 'The address is empty' }],
  });
  expect((await post(`id=${fresh()}&name=c.csv`, '地址\n和平路1号\n', 'big')).status).toBe(403);
  expect((await post('id=x&name=', '地址\n和平路1号\n')).status).toBe(400);
  await runDueJobs(database.connection, addressJobs);
});

test('a list is taken along with its purpose and mark, by those who work on it', async () => {
  const { id } = await matched('地址\n和平路1号\n=火星\n');
  const wish = { what: { kind: 'address', batch: id }, panel: 'address-card', format: 'csv', purpose: 'meeting' };
  const take = (role: 'R1' | 'R2', what: object = {}) =>
    makeExport(
      { connection: database.connection, scope: townScope(role, 'DP'), facts: {} as Facts },
      ExportAsk.parse({ ...wish, what: { ...wish.what, ...what } }),
    );
  const file = new TextDecoder().decode((await take('R2')).bytes);
  expect(file).toContain(`2,和平路1号,原文一致,到楼栋,`);
  expect(file).toContain(`3,'=火星,未匹配,`);
  expect(file).toContain('会议材料');
  expect(new TextDecoder().decode((await take('R2', { isOpen: true })).bytes)).not.toContain('原文一致');
  await expect(take('R1')).rejects.toMatchObject({ code: 'not_allowed' });
  const [line] = await database.connection.sql`select n_rows, purpose from export_log order by id limit 1`;
  expect(line).toEqual({ n_rows: 2, purpose: 'meeting' });
});

test('killed while it matches, it goes on behind the last row that was written: none is missing, none double', async () => {
  const n = 13_000;
  const lines = Array.from({ length: n }, (_, i) => `和平路${(i % 5) + 1}号`);
  const id = await hand(`地址\n${lines.join('\n')}\n`);
  const { sql } = database.connection;
  const chunks = () => sql<{ n_rows: number }[]>`select n_rows from address_chunk where batch_id = ${id}`;
  // One in this process, the next in one that is killed as soon as it has written another.
  await runJobOnce(database.connection, addressJobs);
  expect(await chunks()).toHaveLength(1);
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/address/testing-worker.ts', database.url]);
  const ended = new Promise((resolve) => child.once('exit', resolve));
  while ((await chunks()).length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
  child.kill('SIGKILL');
  await ended;
  await vi.waitFor(
    async () => {
      await runDueJobs(database.connection, addressJobs);
      expect((await callerOf('R2').address.byId({ id })).state).toBe('done');
    },
    { timeout: 60_000, interval: 200 },
  );
  const rows = await sql<{ row: number; method: string }[]>`
    select row, method from address_match where batch_id = ${id} order by row`;
  expect(rows.map(({ row }) => row)).toEqual(Array.from({ length: n }, (_, i) => i + 2));
  const card = await callerOf('R2').address.byId({ id });
  expect(card.methods).toEqual([
    { method: 'written', n: rows.filter(({ method }) => method === 'written').length },
    { method: 'none', n: n / 5 },
  ]);
  expect((await chunks()).reduce((all, { n_rows }) => all + n_rows, 0)).toBe(n);
}, 120_000);
