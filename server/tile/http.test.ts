import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type TestDatabase, testDatabase } from '../db/testing';
import { townScope } from '../db/testing-town';
import { readInstallation, writeInstallation } from '../dictionary/store';
import { createCaller } from '../trpc/root';
import { handleBuildingTile, handleMap } from './http';
import { projectLngLat } from './mercator';
import { readTile } from './testing-tile';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase({ demo: 'tiny' });
  vi.stubGlobal('gridhallConnection', database.connection);
});
afterAll(async () => {
  vi.unstubAllGlobals();
  await database.end();
});

const map = (path: string, headers: Record<string, string> = {}) =>
  handleMap(
    new Request(`http://localhost/api/map/${path}`, { headers: { 'x-screen': 'mid', ...headers } }),
    path.split('?')[0] ?? '',
  );
const tile = (z: number | string, x: number | string, y: number | string, query = '', screen = 'mid') =>
  handleBuildingTile(
    new Request(`http://localhost/api/tiles/building/${z}/${x}/${y}${query}`, { headers: { 'x-screen': screen } }),
    {
      z: String(z),
      x: String(x),
      y: String(y),
    },
  );

type Collection = { features: { properties: Record<string, unknown> }[] };
const collectionOf = async (path: string) => (await (await map(path)).json()) as Collection;

const buildingsOf = async (response: Response) =>
  response.status === 204 ? [] : readTile(new Uint8Array(await response.arrayBuffer()));

/** Every tile of a zoom that a building of the database touches. */
const tilesAt = async (z: number): Promise<{ z: number; x: number; y: number }[]> => {
  const rows = await database.connection.sql<{ footprint: [number, number][] }[]>`select footprint from building`;
  const keys = new Set<string>();
  for (const { footprint } of rows)
    for (const [lng, lat] of footprint)
      keys.add(
        projectLngLat(lng, lat)
          .map((at) => Math.floor(at * 2 ** z))
          .join('/'),
      );
  return [...keys].map((key) => {
    const [x = 0, y = 0] = key.split('/').map(Number);
    return { z, x, y };
  });
};

describe('the map over HTTP', () => {
  it.each(['subdistrict', 'community', 'grid'])('has every %s of the store, once', async (level) => {
    const number = { subdistrict: 4, community: 5, grid: 6 }[level] ?? 0;
    const rows = await database.connection.sql<{ code: string }[]>`select code from division where level = ${number}`;
    const { features } = await collectionOf(`divisions?level=${level}`);
    expect(features.map(({ properties }) => properties.code).sort()).toEqual(rows.map(({ code }) => code).sort());
  });

  it('has base map, borders of several ranks, and blocks with their area', async () => {
    expect((await collectionOf('base')).features.length).toBeGreaterThan(10);
    const ranks = (await collectionOf('borders')).features.map(({ properties }) => properties.rank);
    expect(ranks).toEqual(expect.arrayContaining([1, 3, 4]));
    const { features } = await collectionOf('blocks');
    expect(features.every(({ properties }) => Number(properties.areaSqm) > 0)).toBe(true);
  });

  it('has the outline of every key area that has one, and of no force', async () => {
    const { sql } = database.connection;
    const ring = [114.5, 114.51, 114.51, 114.5].map((lng, i) => [lng, i < 2 ? 22.5 : 22.51]);
    const area = { type: 'Polygon', coordinates: [[...ring, ring[0]]] };
    const outline = (group: string) => sql<{ id: string }[]>`update asset set geometry = ${JSON.stringify(area)}::jsonb
      where id in (select id from asset where asset_group = ${group} order by id limit 2) returning id`;
    const drawn = await outline('key_area');
    expect(await outline('force')).toHaveLength(2);
    const { features } = await collectionOf('asset-areas');
    expect(features.map(({ properties }) => properties.id).sort()).toEqual(drawn.map(({ id }) => id).sort());
    expect(features[0]).toMatchObject({ geometry: area });
  });

  it('is not sent twice to who holds it', async () => {
    const first = await map('base', { 'accept-encoding': 'br' });
    const again = await map('base', { 'accept-encoding': 'br', 'if-none-match': first.headers.get('etag') ?? '' });
    expect([first.status, again.status]).toEqual([200, 304]);
  });

  it.each(['divisions', 'divisions?level=galaxy', 'divisions?level=grid&more=1', 'base?x=1', 'blocks?grid=a b'])(
    'refuses %s',
    async (path) => {
      expect((await map(path)).status).toBe(400);
    },
  );

  it('is cut to the post', async () => {
    const [community] = await database.connection.sql<{ code: string }[]>`
      select code from division where level = 5 order by code limit 1`;
    const response = await map('divisions?level=grid', { cookie: `gridhall-post=R4:${community?.code}` });
    const { features } = (await response.json()) as Collection;
    const [row] = await database.connection.sql<{ n: number }[]>`
      select count(*)::int as n from division where parent_code = ${community?.code ?? ''}`;
    expect(features).toHaveLength(row?.n ?? -1);
  });
});

describe('the map before a re-cut', () => {
  const cut = '2026-11-10T00:00:00.000Z';
  const [before, after] = ['2026-11-09T12:00:00Z', '2026-11-10T00:00:00Z'];
  let [old, fresh] = ['', ''];
  beforeAll(async () => {
    const { sql, db } = database.connection;
    [old = '', fresh = ''] = (
      await sql<{ code: string }[]>`select code from division where level = 6 order by code limit 2`
    ).map(({ code }) => code);
    await sql`update division set valid_to = ${cut}, heir_code = ${fresh} where code = ${old}`;
    await sql`update division set valid_from = ${cut}, recut_id = gen_random_uuid() where code = ${fresh}`;
    await writeInstallation(db, { ...(await readInstallation(db)), recuts: [cut] });
    // a process looks for a new version of the map every five seconds
    vi.stubGlobal('gridhallConnection', { ...database.connection });
  });

  const codesOf = async (path: string) =>
    (await collectionOf(path)).features.map(({ properties }) => properties.code as string);

  it('has the divisions there were', async () => {
    const then = await codesOf(`divisions?level=grid&at=${before}`);
    expect([then.includes(old), then.includes(fresh)]).toEqual([true, false]);
    const now = await codesOf(`divisions?level=grid&at=${after}`);
    expect([now.includes(old), now.includes(fresh)]).toEqual([false, true]);
  });

  it('has the borders there were', async () => {
    const [then, now] = await Promise.all([before, after].map(async (at) => (await map(`borders?at=${at}`)).text()));
    expect(then).not.toBe(now);
  });

  it('refuses what is no instant', async () => {
    expect((await map('divisions?level=grid&at=yesterday')).status).toBe(400);
  });

  it('names what has ended, with what became of it', async () => {
    const { root, rootPath } = await readInstallation(database.connection.db);
    const scope = { ...townScope('R2', 'DP'), division: root, path: rootPath };
    const { division } = createCaller({ scope, connection: database.connection });
    expect(await division.ended()).toMatchObject([{ code: old, heir: fresh }]);
    const codes = async (at?: string) => (await division.tree(at ? { at } : undefined)).map(({ code }) => code);
    expect([(await codes()).includes(old), (await codes(before)).includes(old)]).toEqual([false, true]);
  });
});

describe('building tiles over HTTP', () => {
  it('hold every building of the demo at z14, without names on a wall', async () => {
    const [desk, wall] = [new Set<unknown>(), new Set<unknown>()];
    for (const { z, x, y } of await tilesAt(14)) {
      for (const { code } of await buildingsOf(await tile(z, x, y))) desk.add(code);
      for (const { code, properties } of await buildingsOf(await tile(z, x, y, '', 'big'))) {
        wall.add(code);
        expect(properties.name).toBeUndefined();
      }
    }
    const [row] = await database.connection.sql<{ n: number }[]>`select count(*)::int as n from building`;
    expect([desk.size, wall.size]).toEqual([row?.n, row?.n]);
  });

  it('hold those of one community from afar', async () => {
    const [community] = await database.connection.sql<{ code: string; n: number }[]>`
      select community_code as code, count(*)::int as n from building group by 1 order by 1 limit 1`;
    const seen = new Set<unknown>();
    for (const { z, x, y } of await tilesAt(11))
      for (const { code } of await buildingsOf(await tile(z, x, y, `?within=${community?.code}`))) seen.add(code);
    expect(seen.size).toBe(community?.n);
  });

  it('are empty at sea', async () => {
    expect((await tile(14, 0, 0)).status).toBe(204);
  });

  it.each([
    [12, 0, 0, ''],
    [17, 0, 0, ''],
    [10, 0, 0, '?within=440307010'],
    [14, 16384, 0, ''],
    [14, -1, 0, ''],
    [14, 1.5, 0, ''],
    ['x', 0, 0, ''],
    [14, 0, '', '?within=a%20b'],
  ])('refuse %s/%s/%s%s', async (z, x, y, query) => {
    expect((await tile(z, x, y, query)).status).toBe(400);
  });

  it('refuse a division outside the territory', async () => {
    expect((await tile(12, 0, 0, '?within=999999')).status).toBe(403);
  });
});
