import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isAggregateOnly, roles, screenKeys } from '@/data/model/scope';
import { asset } from '../db/schema';
import { type TestDatabase, testDatabase } from '../db/testing';
import { grids, loadTown, townScope } from '../db/testing-town';
import { createCaller } from '../trpc/root';
import { assetMapPoints } from './store';

let database: TestDatabase;

/** A repair team and a building lead in each grid, beside the police post. */
const forces = grids.flatMap((grid, i) => {
  const place = { subdistrict_code: grid.slice(0, 9), community_code: grid.slice(0, 12), grid_code: grid };
  const at = { ...place, lng: 114.5025 + i * 0.002, lat: 22.5225, geometry: null, block_code: null };
  return [
    {
      ...at,
      id: `t05-${i}`,
      asset_group: 'force',
      asset_type: 'T05',
      name: `李四抢险队${i + 7}`,
      name_en: 'Li Si team',
    },
    { ...at, id: `t09-${i}`, asset_group: 'force', asset_type: 'T09', name: '王五13800000001', name_en: 'Wang Wu' },
    { ...at, id: `z02-${i}`, asset_group: 'base', asset_type: 'Z02', name: '北派出所', name_en: 'North police' },
  ];
});

beforeAll(async () => {
  database = await testDatabase();
  await loadTown(database.connection);
  await database.connection.db.insert(asset).values(forces);
});
afterAll(() => database?.end());

const callerOf = (scope: ReturnType<typeof townScope>) => createCaller({ scope, connection: database.connection });
const position: [number, number] = [114.5025, 22.5225];

test('points of the map: a wall and an aggregate role get teams and places, no force that is one person', async () => {
  for (const [role, screen] of [
    ['R2', 'mid'],
    ['R7', 'mid'],
    ['R2', 'big'],
  ] as const) {
    const scope = townScope(role, '440307009', screen);
    const points = await assetMapPoints(database.connection, scope);
    const single = points.filter(({ codes }) => codes.assetType === 'T09' || codes.assetType === 'T01');
    expect(single).toHaveLength(isAggregateOnly(scope) ? 0 : 6);
    expect(points.filter(({ codes }) => codes.assetType === 'T05')).toHaveLength(3);
    expect(JSON.stringify(points)).not.toMatch(/李四|王五|张三/);
  }
});

describe('nearest forces', () => {
  test('every role on every screen: own territory only, no single person and no force by name for aggregates', async () => {
    const types = ['T01', 'T05', 'T09', 'Z02'];
    for (const role of roles)
      for (const screen of screenKeys)
        for (const division of ['DP', '440307009', grids[0]]) {
          const scope = townScope(role, division, screen);
          const { rows } = await callerOf(scope).asset.nearest({ position, types, limit: 20 });
          const isAggregate = isAggregateOnly(scope);
          const isOwn = (i: number) => (grids[i] ?? '').startsWith(division) || division === 'DP';
          const own = grids.map((_, i) => i).filter(isOwn);
          const wanted = own.flatMap((i) => [`t05-${i}`, `z02-${i}`, ...(isAggregate ? [] : [`t09-${i}`])]);
          const town = rows.filter(({ id }) => /^(t0|z02)/.test(id));
          expect(town.map(({ id }) => id).sort(), `${role} ${screen} ${division}`).toEqual(wanted.sort());
          expect(rows.filter(({ type }) => type === 'T01')).toHaveLength(isAggregate ? 0 : own.length);
          for (const { id, type, number, community } of town) {
            const i = Number(id.at(-1));
            expect(number).toBe(type === 'T05' ? String(i + 7) : null);
            expect(community).toBe(grids[i]?.slice(0, 12));
          }
          for (const { group, isByRoad, line, walks } of town) {
            expect([isByRoad, line]).toEqual([false, []]);
            expect(walks).toHaveLength(isAggregate && group === 'force' ? 0 : 1);
          }
          if (isAggregate) expect(JSON.stringify(rows)).not.toMatch(/李四|王五|Li Si|Wang/);
        }
  });

  test('around a selection, as the caller may see it; of an event elsewhere nothing is told', async () => {
    const desk = callerOf(townScope('R2', 'DP'));
    const { target, rows } = await desk.asset.nearest({ selection: 'event:E0' });
    expect(target).toEqual({ selection: 'event:E0', position: [114.5025, 22.5225] });
    expect(rows.map(({ id }) => id)).toEqual(['t05-0', 'z02-0', 't05-1', 'z02-1', 't05-2']);
    expect(rows.every(({ isByRoad }) => !isByRoad)).toBe(true);
    const other = callerOf(townScope('R3', '440307010'));
    await expect(other.asset.nearest({ selection: 'event:E0' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(other.asset.byId({ id: 't05-0' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await desk.asset.nearest({ selection: 'division:DP' })).target).toBeNull();
  });

  test('without a selection around the most severe open event; a radius cuts', async () => {
    const desk = callerOf(townScope('R2', 'DP'));
    const { target } = await desk.asset.nearest({});
    expect(target?.selection).toMatch(/^event:E[012]$/);
    await expect(desk.asset.nearest({ types: [] })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    const near = await desk.asset.nearest({ position, radiusMetres: 100 });
    expect(near.rows.map(({ id }) => id)).toEqual(['t05-0', 'z02-0']);
    const wall = callerOf(townScope('R0', 'DP', 'big'));
    await expect(wall.asset.byId({ id: 't05-0' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await wall.asset.byId({ id: 'z02-0' })).name).toBe('北派出所');
  });
});
