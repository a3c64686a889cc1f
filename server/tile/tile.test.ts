import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LngLat } from '@/data/model/geo';
import { building, division } from '../db/schema';
import { type TestDatabase, testDatabase } from '../db/testing';
import { writeInstallation } from '../dictionary/store';
import { encodeBuildingTile } from './building-tile';
import { projectLngLat } from './mercator';
import { keptTile } from './shared';
import { readBuildingIndex, readPlaces } from './store';
import { allowedPlaces } from './territory';
import { readTile } from './testing-tile';

const n = 900;
const root = '/R/';

/** Oblique quadrilaterals of about 20 × 15 m, many of them across tile edges. */
const footprintOf = (i: number): LngLat[] => {
  const [lng, lat] = [114.4 + ((i * 7919) % 1000) / 12_000, 22.55 + ((i * 104_729) % 1000) / 14_000];
  const corner = (dx: number, dy: number): LngLat => [lng + dx * 1e-4, lat + dy * 1e-4];
  return [corner(0, 0), corner(2, 0.3), corner(1.8, 1.7), corner(-0.2, 1.4), corner(0, 0)];
};

const fill = async ({ connection }: TestDatabase) => {
  const { db } = connection;
  await writeInstallation(db, {
    name: 'R',
    nameEn: 'R',
    root: 'R',
    rootPath: root,
    timeZone: 'Asia/Shanghai',
    locale: 'zh',
    demo: null,
    seededAt: '2026-11-22T00:00:00Z',
  });
  const divisions = ['R', 'S1', 'S2'].map((code, i) => ({
    code,
    level: i === 0 ? 3 : 4,
    path: i === 0 ? root : `${root}${code}/`,
    name: code,
    name_en: code,
  }));
  await db.insert(division).values(divisions);
  const buildings = Array.from({ length: n }, (_, i) => ({
    code: `4403070090151${String(i).padStart(6, '0')}`,
    name: `${i} 号楼`,
    name_en: `Block ${i}`,
    address: '',
    house_type: 'H1',
    storeys: 1 + (i % 30),
    area_sqm: 300,
    footprint: footprintOf(i),
    subdistrict_code: i % 10 === 0 ? null : i % 3 === 0 ? 'S1' : 'S2',
  }));
  await db.insert(building).values(buildings);
};

const tilesAt = (z: number) => {
  const [west, north] = projectLngLat(114.39, 22.63).map((at) => Math.floor(at * 2 ** z));
  const [east, south] = projectLngLat(114.5, 22.54).map((at) => Math.floor(at * 2 ** z));
  const tiles: { z: number; x: number; y: number }[] = [];
  for (let x = west ?? 0; x <= (east ?? 0); x++)
    for (let y = north ?? 0; y <= (south ?? 0); y++) tiles.push({ z, x, y });
  return tiles;
};

describe('building tiles', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
    await fill(database);
  });
  afterAll(() => database.end());

  it.each([13, 14, 16])('at z%i hold every building of the store, each with its storeys', async (z) => {
    const index = await readBuildingIndex(database.connection);
    const allowed = allowedPlaces(index, await readPlaces(database.connection), root, root);
    const seen = new Map<unknown, unknown>();
    for (const tile of tilesAt(z)) {
      const bytes = encodeBuildingTile(index, tile, allowed, true);
      for (const { code, properties } of bytes ? readTile(bytes) : []) seen.set(code, properties.storeys);
    }
    const rows = await database.connection.sql<{ code: string; storeys: number }[]>`select code, storeys from building`;
    expect(seen).toEqual(new Map(rows.map(({ code, storeys }) => [code, storeys])));
  });

  it('draws outer rings clockwise and within the tile and its margin', async () => {
    const index = await readBuildingIndex(database.connection);
    const allowed = allowedPlaces(index, await readPlaces(database.connection), root, root);
    for (const tile of tilesAt(16).slice(0, 40)) {
      const bytes = encodeBuildingTile(index, tile, allowed, false);
      for (const { ring } of bytes ? readTile(bytes) : []) {
        const area = ring.reduce((sum, [x, y], i) => {
          const [nextX, nextY] = ring[(i + 1) % ring.length] ?? [x, y];
          return sum + x * nextY - nextX * y;
        }, 0);
        expect(area).toBeGreaterThan(0);
        for (const [x, y] of ring) expect(Math.min(x, y, 4096 - x, 4096 - y)).toBeGreaterThanOrEqual(-64);
      }
    }
  });

  it('are cut to the territory; buildings without a place belong to the whole', async () => {
    const count = async (path: string) => {
      const codes = new Set<unknown>();
      for (const tile of tilesAt(14)) {
        const found = await keptTile(database.connection, { ...tile, path, withNames: false });
        if (found !== 'empty') for (const { code } of readTile(found.raw)) codes.add(code);
      }
      return codes.size;
    };
    const [rows] = await database.connection.sql<{ first: number; second: number }[]>`
      select (count(*) filter (where subdistrict_code = 'S1'))::int as first,
        (count(*) filter (where subdistrict_code = 'S2'))::int as second from building`;
    expect(await count(root)).toBe(n);
    expect(await count(`${root}S1/`)).toBe(rows?.first);
    expect(await count(`${root}S2/`)).toBe(rows?.second);
    expect(await count('/R/none/')).toBe(0);
  });

  it('carry names only where asked', async () => {
    for (const withNames of [true, false]) {
      const tile = tilesAt(13)[0] ?? { z: 13, x: 0, y: 0 };
      const found = await keptTile(database.connection, { ...tile, path: root, withNames });
      const [first] = found === 'empty' ? [] : readTile(found.raw);
      expect(first?.properties.name !== undefined).toBe(withNames);
    }
  });
});
