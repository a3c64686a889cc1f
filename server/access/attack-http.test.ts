import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AnyProcedure } from '@trpc/server';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { LiveItem } from '@/data/model/event';
import { filterFields } from '@/data/model/view';
import { handleList } from '../address/http';
import { type TestDatabase, testDatabase } from '../db/testing';
import { handleExport } from '../export/http';
import { handlePhoto } from '../file/http';
import { handleProgress, handleReceiptPhoto } from '../intake/http';
import { feedOf } from '../live/feed';
import { itemsFrom } from '../live/testing';
import { replica } from '../metric/replica';
import { handlePushEvents } from '../push/http';
import { handleBuildingTile, handleMap } from '../tile/http';
import { appRouter, createCaller } from '../trpc/root';
import { resolveScope } from './store';
import { attackOn, outsideOf, rowsOutside, strewThings } from './testing-attack';
import { sampleOf } from './testing-sample';

const community = '440307009002';
const posts = [`R4:${community}`, 'R5:44030700900201'] as const;
const screens = ['big', 'mid', 'small'] as const;

let database: TestDatabase;
let home: string;
let secrets: readonly string[];
let own: readonly string[];

beforeAll(async () => {
  database = await testDatabase({ demo: 'tiny' });
  home = mkdtempSync(join(tmpdir(), 'gridhall-attack-'));
  vi.stubEnv('DATABASE_URL', database.url);
  vi.stubEnv('GRIDHALL_HOME', home);
  vi.stubGlobal('gridhallConnection', database.connection);
  await strewThings(database.connection);
  secrets = [...(await rowsOutside(database.connection, community))];
  own = (
    await database.connection.sql<{ id: string }[]>`
    select number as id from event where community_code = ${community} union all
    select code from building where community_code = ${community} union all
    select id from entity where community_code = ${community} union all
    select code from division where parent_code = ${community}`
  ).map(({ id }) => id);
}, 300_000);
afterAll(async () => {
  await replica().stop();
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
  await database.end();
  rmSync(home, { recursive: true, force: true });
});

const ask = (path: string, badge: string, screen: string, init: RequestInit = {}): Request =>
  new Request(`http://localhost${path}`, {
    ...init,
    headers: { cookie: `gridhall-post=${badge}`, 'x-screen': screen },
  });

/** What stands in an answer of any form, read as letters. */
const lettersOf = async (answer: Response): Promise<string> =>
  Buffer.from(await answer.arrayBuffer()).toString('latin1');

const leaksIn = (letters: string): string[] => secrets.filter((id) => letters.includes(id)).slice(0, 3);

describe('maps, tiles and files tell nothing of another territory', () => {
  test('every part of the map and every tile of the town, for each post and screen', async () => {
    const { sql } = database.connection;
    const [box] = await sql<{ west: number; south: number; east: number; north: number }[]>`
      select min(lng) as west, min(lat) as south, max(lng) as east, max(lat) as north from building`;
    const parts = ['divisions?level=grid', 'divisions?level=community', 'borders', 'blocks', 'asset-areas'].concat([
      'specialised?line=P01',
      'points?layer=entity',
      'points?layer=asset',
      'base',
    ]);
    const { west = 0, south = 0, east = 0, north = 0 } = box ?? {};
    const column = (lng: number) => Math.floor(((lng + 180) / 360) * 2 ** 14);
    const row = (lat: number) =>
      Math.floor(((1 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI) / 2) * 2 ** 14);
    const seen: string[] = [];
    for (const badge of posts)
      for (const screen of screens) {
        for (const part of parts) {
          const answer = await handleMap(ask(`/api/map/${part}`, badge, screen), part.split('?')[0] ?? '');
          const letters = await lettersOf(answer);
          expect(leaksIn(letters), `${part} ${badge} ${screen}`).toEqual([]);
          expect([200, 400], part).toContain(answer.status);
          seen.push(letters);
        }
        for (let x = column(west); x <= column(east); x++)
          for (let y = row(north); y <= row(south); y++) {
            const tile = await handleBuildingTile(ask(`/api/tiles/building/14/${x}/${y}`, badge, screen), {
              ...{ z: '14', x: String(x), y: String(y) },
            });
            expect(leaksIn(await lettersOf(tile)), `tile ${x} ${y} ${badge} ${screen}`).toEqual([]);
          }
      }
    // The same search finds what is the caller's own.
    expect(own.some((id) => seen.some((letters) => letters.includes(id)))).toBe(true);
  });

  test('exports: a foreign division is refused, the own file holds own rows alone, a wall takes none', async () => {
    const wish = (division: string | null) => ({
      what: { kind: 'events', question: { division, period: 'all', at: '2026-11-22T02:00:00.000Z', filters: [] } },
      ...{ panel: 'event-list', format: 'csv', purpose: 'meeting' },
    });
    const take = (badge: string, screen: string, division: string | null) =>
      handleExport(ask('/api/export', badge, screen, { method: 'POST', body: JSON.stringify(wish(division)) }));
    for (const badge of posts) {
      for (const division of ['440307009001', '44030700900101', 'DP', '999']) {
        const refused = await take(badge, 'mid', division);
        const leaks = leaksIn((await lettersOf(refused)).replaceAll(division, ''));
        expect([refused.status, leaks], division).toEqual([403, []]);
      }
      const taken = await take(badge, 'mid', null);
      const letters = await lettersOf(taken);
      expect([taken.status, leaksIn(letters)]).toEqual([200, []]);
      expect(own.some((id) => letters.includes(id))).toBe(true);
      expect((await take(badge, 'big', null)).status).toBe(403);
    }
  });

  test('ids that climb, photos of others and guessed receipts are not there', async () => {
    const climbing = ['../../etc/passwd', '..%2f..%2fetc%2fpasswd', '....//etc/passwd', 'C:\\x', '%00', randomUUID()];
    for (const id of climbing) {
      const photo = await handlePhoto(ask(`/api/file/${encodeURIComponent(id)}`, posts[0], 'mid'), id);
      expect([400, 404], id).toContain(photo.status);
      expect((await handleMap(ask('/api/map/x', posts[0], 'mid'), id)).status, id).toBe(404);
      expect([400, 404], id).toContain(
        (await handleProgress(new Request('http://localhost/api/public/report/x'), id)).status,
      );
      const part = { receipt: id, id: randomUUID() };
      const receipt = await handleReceiptPhoto(new Request('http://localhost/api/public/report/x/y'), part);
      expect([400, 404, 429], id).toContain(receipt.status);
    }
    const tile = await handleBuildingTile(ask('/x', posts[0], 'mid'), { z: '../..', x: '1', y: '1' });
    expect(tile.status).toBe(400);
    const pushed = await handlePushEvents(
      new Request('http://localhost/api/push/events', { method: 'POST', body: '{}' }),
    );
    expect([401, 403]).toContain(pushed.status);
  });
});

test('a subscriber that comes back is told of its own territory alone', async () => {
  const { connection } = database;
  const oneIn = async (place: string): Promise<{ id: string; path: string }> => {
    const [row] = await connection.sql<{ id: string; path: string }[]>`
      select e.id, d.path from event e join division d on d.code = e.grid_code where d.parent_code = ${place} limit 1`;
    return row ?? { id: '', path: '' };
  };
  const [near, far] = [await oneIn(community), await oneIn('440307009001')];
  const scope = await resolveScope(connection, { badge: posts[0], screen: 'mid' });
  const stop = new AbortController();
  const first = itemsFrom(feedOf(connection), scope, null, stop.signal);
  const { value: start } = await first.next();
  await connection.sql.begin(async (tx) => {
    for (const { id, path } of [near, far])
      await tx`insert into change (kind, id, op, version, path) values ('event', ${id}, 'put', 1, ${path})`;
    // A line whose path tells the wrong place: the row itself is still not told.
    await tx`insert into change (kind, id, op, version, path) values ('event', ${far.id}, 'put', 2, ${near.path})`;
  });
  // Once it has come live, the feed stands behind it: who comes back then is told what was missed.
  for await (const item of first) if (item.kind === 'event') break;
  const told: LiveItem[] = [];
  for await (const items of feedOf(connection).batches(scope, start?.cursor ?? null, stop.signal)) {
    told.push(...items);
    if (items.some(({ kind }) => kind === 'event')) break;
  }
  stop.abort();
  const events = told.flatMap((item) => (item.kind === 'event' ? [item] : []));
  expect(events).toContainEqual(expect.objectContaining({ id: near.id, op: 'put' }));
  for (const event of events) if (event.id !== near.id) expect(event.event).toBeNull();
});

/** Fields a clause on events may name. */
const eventFields: readonly string[] = [
  ...['subdistrict', 'community', 'hourOfDay', 'category', 'categoryL1', 'level'],
  ...['source', 'stage', 'department', 'status'],
];

const nasty = [
  "'; drop table event; --",
  `" or "1"="1`,
  '%',
  '_%',
  '\\',
  '<img src=x onerror=alert(1)>',
  '{{7*7}}#{7*7}',
  '../../etc/passwd',
  '｀；－－',
];

describe('words that would be something else', () => {
  const root = () => resolveScope(database.connection, { badge: 'R2:DP', screen: 'mid' });
  const sizes = async () => {
    const rows: Record<string, number> = {};
    for (const table of ['event', 'building', 'person', 'division', 'term', 'audit_line'])
      rows[table] = await database.connection.sql.unsafe(`select from "${table}"`).then(({ length }) => length);
    return rows;
  };

  test('no text of any procedure breaks it, and nothing is gone', async () => {
    const before = await sizes();
    const caller = createCaller({ connection: database.connection, scope: await root() });
    const targets = await outsideOf(database.connection, community);
    const broken: string[] = [];
    let nAsked = 0;
    for (const [name, procedure] of Object.entries(
      appRouter._def.procedures as unknown as Record<string, AnyProcedure>,
    )) {
      if ((procedure._def as unknown as { type: string }).type === 'subscription') continue;
      const run = name.split('.').reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], caller);
      for (const text of nasty) {
        const input = sampleOf(procedure, attackOn(name, targets, [114.4, 22.6]), text);
        if (!JSON.stringify(input ?? null).includes(JSON.stringify(text).slice(1, -1))) continue;
        nAsked += 1;
        await (run as (given: unknown) => Promise<unknown>)(input).catch(
          (error: { code?: string; message: string }) => {
            if (!error.code || error.code === 'INTERNAL_SERVER_ERROR') broken.push(`${name} ${text}: ${error.message}`);
          },
        );
      }
    }
    expect(broken).toEqual([]);
    expect(nAsked).toBeGreaterThan(300);
    const after = await sizes();
    for (const [table, n] of Object.entries(before)) expect(after[table], table).toBeGreaterThanOrEqual(n);
  }, 300_000);

  test('a clause of a View with such a value fits nothing, whichever field it names', async () => {
    const caller = createCaller({ connection: database.connection, scope: await root() });
    const at = '2026-11-22T02:00:00.000Z';
    const all = { division: null, period: 'all' as const, at, filters: [] };
    const plain = {
      rows: (await caller.event.list({ question: all })).rows,
      cells: (await caller.metric.ask({ metric: 'event.reported', question: all })).cells,
    };
    for (const field of filterFields)
      for (const text of nasty.slice(0, 5)) {
        const filters = [{ source: text, field, values: [text] }];
        const question = { ...all, filters };
        // A clause on what events do not have cuts none of them, whatever it says.
        const isOfEvents = eventFields.includes(field);
        const listed = await caller.event.list({ question }).catch((error: { code: string }) => error.code);
        if (typeof listed === 'string') expect(listed).toBe('BAD_REQUEST');
        else expect(listed.rows, `${field} ${text}`).toEqual(isOfEvents ? [] : plain.rows);
        const counted = await caller.metric
          .ask({ metric: 'event.reported', question })
          .catch((error: { code: string }) => error.code);
        if (typeof counted === 'string') expect(counted).toBe('BAD_REQUEST');
        else if (isOfEvents)
          expect(
            counted.cells.filter(({ value }) => value),
            `${field} ${text}`,
          ).toEqual([]);
        else expect(counted.cells, `${field} ${text}`).toEqual(plain.cells);
      }
  });

  test('signs of a pattern are letters to the search', async () => {
    const caller = createCaller({ connection: database.connection, scope: await root() });
    for (const text of ['%', '_', '%%', '_%', '\\', '.*']) {
      const hits = await caller.search.find({ text });
      for (const hit of hits) expect(JSON.stringify([hit.name, hit.nameEn, hit.detail])).toContain(text);
    }
  });

  test('a list that is XML with an entity is no list, and no reader of XML is part of the product', async () => {
    const bomb =
      '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd"><!ENTITY c "&b;&b;">]><a>&c;</a>';
    const path = `/api/address/list?id=${randomUUID()}&name=${encodeURIComponent('../../x.csv')}&crs=WGS84`;
    const answer = await handleList(ask(path, posts[0], 'mid', { method: 'POST', body: bomb }));
    expect(answer.status).toBe(400);
    expect(await answer.text()).not.toMatch(/root:|DOCTYPE/);
    expect(existsSync(join(home, '..', 'x.csv'))).toBe(false);
    const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      dependencies: Record<string, string>;
    };
    expect(Object.keys(dependencies).filter((name) => /xml|sax|read-excel|exceljs|^xlsx|mammoth/.test(name))).toEqual(
      [],
    );
  });
});
