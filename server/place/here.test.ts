import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LngLat } from '@/data/model/geo';
import type { Role } from '@/data/model/scope';
import { building, entity } from '../db/schema';
import { type TestDatabase, testDatabase } from '../db/testing';
import { reportEvent } from '../event/store';
import { townReport, townScope } from '../event/testing';
import { moveAs, writeSupervisedTown } from '../supervision/testing';
import { createCaller } from '../trpc/root';

let database: TestDatabase;
const house = '4403070090011100001';
const other = '4403070090011100002';
const inside: LngLat = [114.005, 22.005];
const ring = ([x, y]: LngLat, half: number): LngLat[] => [
  [x - half, y - half],
  [x + half, y - half],
  [x + half, y + half],
  [x - half, y + half],
  [x - half, y - half],
];

beforeAll(async () => {
  database = await testDatabase();
  const { db } = database.connection;
  await writeSupervisedTown(database.connection);
  const second: LngLat = [114.0061, 22.005];
  await db.update(building).set({ footprint: ring(inside, 0.0002) });
  await db.insert(building).values({
    ...{ code: other, name: 'Shop', name_en: 'Shop', address: '2 Test Road', house_type: '1', storeys: 1 },
    ...{ area_sqm: 90, footprint: ring(second, 0.0001), lng: second[0], lat: second[1] },
    ...{ subdistrict_code: 'S', community_code: 'A', grid_code: 'A1', block_code: 'A1-1' },
  });
  await db.insert(entity).values(
    [house, other].map((code, i) => ({
      ...{ id: `e${i}`, name: `店${i}`, name_en: `Shop ${i}`, credit_code: 'X', entity_type: '1', industry: 'A' },
      ...{ building_code: code, n_employees: 3, registered_on: '2020-01-01' },
      ...{ subdistrict_code: 'S', community_code: 'A', grid_code: 'A1', block_code: 'A1-1' },
    })),
  );
});
afterAll(() => database.end());

const here = (role: Role, position: LngLat, department: string | null = null, code = 'A1') =>
  createCaller({ scope: townScope(role, code, 'small'), connection: database.connection }).place.here({
    position,
    department,
  });
const report = (at: string, category = 'auto') =>
  reportEvent(database.connection, townScope('R2'), townReport('A1', { category, buildingCode: at }));

test('entering a building tells what is open there, by role, and nothing else', async () => {
  expect(await here('R5', inside)).toMatchObject({ building: { code: house }, items: [] });
  const [sent, left] = [await report(house), await report(house, 'hand')];
  const elsewhere = await report(other);
  const voided = await report(house, 'hand');
  await moveAs(database.connection, 'R2', voided, 'S90');
  const grid = await here('R5', inside);
  const told = grid.items.map(({ kind, id }) => [kind, id]);
  expect(told).toContainEqual(['task', sent.id]);
  expect(told.map(([, id]) => id)).toContain(left.id);
  for (const { id } of [elsewhere, voided]) expect(told.map(([, one]) => one)).not.toContain(id);
  // both are of fire safety and grave: the shop of this house wants a look, the one next door does not
  expect(grid.items.filter(({ kind }) => kind === 'check')).toMatchObject([{ id: 'e0' }]);
  const handler = await here('R6', inside, 'XFJ', 'D');
  expect(handler.items.map(({ kind }) => kind)).not.toContain('check');
  expect(handler.items.map(({ id }) => id)).toContain(sent.id);
  expect((await here('R6', inside, 'SWJ', 'D')).items).toEqual([]);
  expect((await here('R6', inside, null, 'D')).items).toEqual([]);
});

test('by the outline, then by the door; in the street, in another grid and for other posts nothing', async () => {
  expect((await here('R5', [114.00518, 22.005])).building?.code).toBe(house);
  expect((await here('R5', [114.00635, 22.005])).building?.code).toBe(other);
  expect(await here('R5', [114.0075, 22.0075])).toEqual({ building: null, items: [] });
  expect(await here('R5', inside, null, 'A2')).toEqual({ building: null, items: [] });
  await expect(here('R3', inside, null, 'S')).rejects.toMatchObject({ code: 'FORBIDDEN' });
});
