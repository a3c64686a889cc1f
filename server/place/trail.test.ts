import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { roles } from '@/data/model/scope';
import { servers, type TestDatabase, testDatabase } from '../db/testing';
import { buildingOf, dwellingsOf, grids, loadTown, townScope } from '../db/testing-town';
import { createCaller } from '../trpc/root';

describe.each(servers())('the way down on %s', (server) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase({ server });
    await loadTown(database.connection);
  });
  afterAll(() => database.end());
  const by = (...who: Parameters<typeof townScope>) =>
    createCaller({ scope: townScope(...who), connection: database.connection }).place;
  const [grid] = grids;
  const things = [
    ['grid', grid],
    ['block', `${grid}-1`],
    ['building', buildingOf(grid)],
    ['dwelling', dwellingsOf(grid)[1]],
  ] as const;

  test('each step names what stands there and what lies beside it', async () => {
    for (const [kind, code] of things) {
      const trail = await by('R2', 'DP').trail({ kind, code });
      expect([kind, trail.grid, trail.position !== null]).toEqual([kind, grid, true]);
      expect(trail.block.siblings.map((step) => step.code)).toEqual([`${grid}-1`]);
      expect(trail.block.here?.code ?? null).toBe(kind === 'grid' ? null : `${grid}-1`);
      const hasBuilding = kind === 'building' || kind === 'dwelling';
      expect(trail.building.here?.code ?? null).toBe(hasBuilding ? buildingOf(grid) : null);
      expect(trail.dwelling.siblings.map((step) => step.code)).toEqual(hasBuilding ? dwellingsOf(grid) : []);
      expect(trail.dwelling.here?.code ?? null).toBe(kind === 'dwelling' ? code : null);
    }
  });

  test('every role stays inside its territory; a wall ends at the building', async () => {
    for (const role of roles) {
      for (const [kind, code] of things) {
        await expect(by(role, '440307010').trail({ kind, code })).rejects.toMatchObject({ code: 'NOT_FOUND' });
        const seen = by(role, '440307009', 'big').trail({ kind, code });
        if (kind === 'dwelling') await expect(seen).rejects.toMatchObject({ code: 'FORBIDDEN' });
        else expect((await seen).dwelling.siblings).toEqual([]);
      }
    }
  });
});
