import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isAggregateOnly, roles } from '@/data/model/scope';
import { entity } from '../db/schema';
import { servers, type TestDatabase, testDatabase } from '../db/testing';
import { buildingOf, dwellingsOf, grids, loadTown, townScope } from '../db/testing-town';
import { createCaller } from '../trpc/root';

const code = '91440300MA5000001X';
const at = '2026-11-22T04:00:00Z';
const rowOf = (id: string, grid: string, rest: Partial<typeof entity.$inferInsert> = {}) => ({
  id,
  name: `店${id}`,
  name_en: `Shop ${id}`,
  credit_code: code,
  entity_type: '1',
  industry: '13',
  building_code: buildingOf(grid),
  dwelling_code: dwellingsOf(grid)[1],
  n_employees: 7,
  registered_on: '2020-05-01',
  subdistrict_code: grid.slice(0, 9),
  community_code: grid.slice(0, 12),
  grid_code: grid,
  block_code: `${grid}-1`,
  ...rest,
});

describe.each(servers())('entities on %s', (server) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase({ server });
    await loadTown(database.connection);
    await database.connection.db
      .insert(entity)
      .values([
        rowOf('X0', grids[0]),
        rowOf('X1', grids[1], { industry: '1', n_employees: 90 }),
        rowOf('X3', grids[3]),
        rowOf('XC', grids[0], { closed_on: '2026-11-22' }),
        rowOf('XN', grids[0], { registered_on: '2026-11-23' }),
      ]);
  });
  afterAll(() => database.end());
  const by = (...who: Parameters<typeof townScope>) =>
    createCaller({ scope: townScope(...who), connection: database.connection }).entity;

  test('every role: own territory, the door and the whole code only for those who work there, never on a wall', async () => {
    for (const role of roles) {
      const isMasked = isAggregateOnly(townScope(role, '440307009'));
      const card = await by(role, '440307009').byId({ id: 'X0', at });
      expect([role, card.creditCode === code, card.dwelling?.code ?? null]).toEqual([
        role,
        !isMasked,
        isMasked ? null : dwellingsOf(grids[0])[1],
      ]);
      expect(card.building?.code).toBe(buildingOf(grids[0]));
      const { events } = await by(role, '440307009').byId({ id: 'X0' });
      expect(events.map(({ id }) => id)).toEqual(isMasked ? [] : ['E0']);
      if (isMasked) expect(JSON.stringify(card)).not.toContain(code.slice(6));
      await expect(by(role, '440307009').byId({ id: 'X3', at })).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(by(role, 'DP', 'big').byId({ id: 'X0', at })).rejects.toMatchObject({ code: 'FORBIDDEN' });
      await expect(by(role, 'DP', 'big').list({ at })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    }
  });

  test('what stood at an instant: not yet registered, running, closed', async () => {
    const own = by('R2', 'DP');
    expect((await own.byId({ id: 'XC', at })).closedOn).toBe('2026-11-22');
    expect((await own.byId({ id: 'XC', at: '2026-11-20T04:00:00Z' })).closedOn).toBeNull();
    await expect(own.byId({ id: 'XN', at })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await own.byId({ id: 'XN', at: '2026-11-22T16:30:00Z' })).registeredOn).toBe('2026-11-23');
    const idsAt = async (instant: string) =>
      (await own.list({ at: instant })).map(({ id }) => id).filter((id) => id.startsWith('X'));
    expect(await idsAt(at)).toEqual(['X1', 'X0', 'X3']);
    expect(await idsAt('2026-11-20T04:00:00Z')).toEqual(['X1', 'X0', 'X3', 'XC']);
  });

  test('a list is cut to a division, a trade and the territory', async () => {
    const idsOf = async (...args: Parameters<ReturnType<typeof by>['list']>) =>
      (await by('R3', '440307009').list(...args)).map(({ id }) => id).filter((id) => id.startsWith('X'));
    expect(await idsOf({ at })).toEqual(['X1', 'X0']);
    expect(await idsOf({ at, division: grids[0] })).toEqual(['X0']);
    expect(await idsOf({ at, industries: ['1'] })).toEqual(['X1']);
    await expect(idsOf({ at, division: 'DP' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(idsOf({ at, division: grids[3] })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
