import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { codeAt, idAt, positionOf, readPoints } from '@/data/model/points';
import { type TestDatabase, testDatabase } from '../db/testing';
import { handleMap } from './http';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase({ demo: 'tiny' });
  vi.stubGlobal('gridhallConnection', database.connection);
});
afterAll(async () => {
  vi.unstubAllGlobals();
  await database.end();
});

const ask = (query: string, screen: string) =>
  handleMap(new Request(`http://localhost/api/map/points?${query}`, { headers: { 'x-screen': screen } }), 'points');

const pointsOf = async (screen: string) => readPoints(await (await ask('layer=entity', screen)).arrayBuffer());

type Row = { id: string; lng: number; lat: number; industry: string };

it('sends every entity with a place once, to the metre, with its id and words', async () => {
  const rows = await database.connection.sql<Row[]>`select id, lng, lat, industry from entity where lng is not null`;
  const byId = new Map(rows.map((row) => [row.id, row]));
  const points = await pointsOf('mid');
  const ids = Array.from({ length: points.n }, (_, i) => idAt(points, i) ?? '');
  expect(ids.toSorted()).toEqual([...byId.keys()].sort());
  expect(points.n).toBe(rows.length);
  for (const [i, id] of ids.entries()) {
    const [lng, lat] = positionOf(points, i);
    expect(Math.abs(lng - (byId.get(id)?.lng ?? 0))).toBeLessThan(1.1e-5);
    expect(Math.abs(lat - (byId.get(id)?.lat ?? 0))).toBeLessThan(1.1e-5);
    expect(codeAt(points, 'industry', i)).toBe(byId.get(id)?.industry);
  }
});

it('tells a wall no door and no id', async () => {
  const points = await pointsOf('big');
  expect(points.n).toBeGreaterThan(0);
  for (let i = 0; i < points.n; i++)
    for (const degrees of positionOf(points, i))
      expect(Math.abs(degrees * 1000 - Math.round(degrees * 1000))).toBeLessThan(1e-6);
  expect(idAt(points, 0)).toBeNull();
});

it('refuses a layer that is none', async () => {
  expect((await ask('layer=person', 'mid')).status).toBe(400);
});
