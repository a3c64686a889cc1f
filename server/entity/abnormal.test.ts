import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isAggregateOnly, roles } from '@/data/model/scope';
import { event } from '../db/schema';
import { servers, type TestDatabase, testDatabase } from '../db/testing';
import { buildingOf, grids, loadTown, townScope } from '../db/testing-town';
import { createCaller } from '../trpc/root';

const reported = new Date('2026-11-22T01:00:00Z');
const rowOf = (id: string, grid: string, rest: Partial<typeof event.$inferInsert>) => ({
  id,
  number: id,
  title: id,
  category_code: '0101',
  category_l1: '01',
  level: 4,
  source_code: '1',
  status: 'S40' as const,
  building_code: buildingOf(grid),
  subdistrict_code: grid.slice(0, 9),
  community_code: grid.slice(0, 12),
  grid_code: grid,
  reported_at: reported,
  status_at: reported,
  ...rest,
});

describe.each(servers())('abnormal entities on %s', (server) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase({ server });
    await loadTown(database.connection);
    const closed = new Date('2026-11-22T03:30:00Z');
    await database.connection.db
      .insert(event)
      .values([
        rowOf('GRAVE', grids[0], { level: 2 }),
        rowOf('LATE', grids[1], { handle_due_at: new Date('2026-11-22T03:00:00Z') }),
        rowOf('CARE', grids[2], { level: 1, category_code: '1601', category_l1: '16' }),
        rowOf('DONE', grids[3], { level: 1, status: 'S70', handled_at: closed, closed_at: closed, status_at: closed }),
      ]);
  });
  afterAll(() => database.end());
  const idsFor = async (at: string | null, ...who: Parameters<typeof townScope>) =>
    (await createCaller({ scope: townScope(...who), connection: database.connection }).entity.abnormal({ at })).ids;

  test('a grave or late event of the trade, open at the clock, makes one; a person in need and a closed one do not', async () => {
    expect(await idsFor('2026-11-22T00:30:00Z', 'R2', 'DP')).toEqual([]);
    expect(await idsFor('2026-11-22T02:00:00Z', 'R2', 'DP')).toEqual(['F0', 'F3']);
    expect(await idsFor('2026-11-22T04:00:00Z', 'R2', 'DP')).toEqual(['F0', 'F1']);
    expect(await idsFor(null, 'R2', 'DP')).toEqual(['F0', 'F1']);
  });

  test('every role: its own territory alone, and nothing where it gets aggregates', async () => {
    for (const role of roles) {
      const isMasked = isAggregateOnly(townScope(role, grids[1]));
      expect([role, await idsFor(null, role, grids[1])]).toEqual([role, isMasked ? null : ['F1']]);
      expect(await idsFor(null, role, 'DP', 'big')).toBeNull();
    }
  });
});
