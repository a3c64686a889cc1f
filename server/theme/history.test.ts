import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Role, ScreenKey } from '@/data/model/scope';
import { resolveScope } from '../access/store';
import { verifyLines } from '../audit/store';
import { audit_line } from '../db/schema';
import { type TestDatabase, testDatabase } from '../db/testing';
import { busiestGrid, look, one, outcome, themeCaller } from './testing';

let database: TestDatabase;
let community: string;
let grid: string;

beforeAll(async () => {
  database = await testDatabase({ demo: 'tiny' });
  grid = await busiestGrid(database.connection);
  community = grid.slice(0, 12);
});
afterAll(() => database.end());

const asked = <T extends Record<string, unknown>>(query: ReturnType<typeof sql>) => one<T>(database.connection, query);
const callerOf = (role: Role, division: string, screen?: ScreenKey) =>
  themeCaller(database.connection, role, division, screen);
const root = async () => (await resolveScope(database.connection, { badge: undefined, screen: 'mid' })).division;
const lines = async () => database.connection.db.select().from(audit_line).orderBy(audit_line.seq);

describe('history', () => {
  test('who was registered at an instant is told for it: a home, its former people, what was not yet known', async () => {
    const moved = await asked<{
      person: string;
      from: string;
      to: string;
      code: string;
      building: string;
      grid: string;
    }>(
      sql`
        select r.person_id::text as person, r.from_on::text as "from", r.to_on::text as "to", r.dwelling_code as code,
          b.code as building, b.grid_code as grid
        from residence r join dwelling d on d.code = r.dwelling_code join building b on b.code = d.building_code
        where r.to_on is not null and r.to_on > r.from_on + 40 order by r.to_on desc, r.id limit 1`,
    );
    const caller = await callerOf('R5', moved.grid);
    const on = (day: string, days: number) =>
      new Date(Date.parse(`${day}T04:00:00Z`) + days * 86_400_000).toISOString();
    const stay = async (at: string | null) => {
      const tree = await caller.relations({ ...look, kind: 'building', id: moved.building, at });
      const home = tree.dwellings.find(({ code }) => code === moved.code);
      return home?.people?.find(({ id, from }) => id === moved.person && from === moved.from) ?? null;
    };
    expect(await stay(on(moved.from, -1))).toBeNull();
    expect(await stay(on(moved.to, -1))).toMatchObject({ from: moved.from, to: null });
    expect(await stay(on(moved.to, 1))).toMatchObject({ from: moved.from, to: moved.to });
    expect(await stay(null)).toMatchObject({ from: moved.from, to: moved.to });
    const then = await caller.personById({ ...look, id: moved.person, at: on(moved.to, -1) });
    expect(then.homes.find(({ dwelling }) => dwelling === moved.code)).toMatchObject({ to: null });
  });

  test('a vehicle is found from its first day to its last, and with who held it then', async () => {
    const sold = await asked<{ id: string; from: string; day: string; community: string }>(sql`
      select v.id::text as id, v.from_on::text as "from", h.to_on::text as day, b.community_code as community
      from vehicle v join building b on b.code = v.building_code join vehicle_holder h on h.vehicle_id = v.id
      where h.to_on is not null and h.to_on > v.from_on + 30 and v.to_on is null order by v.id limit 1`);
    const caller = await callerOf('R4', sold.community);
    const at = (day: string, days: number) =>
      new Date(Date.parse(`${day}T04:00:00Z`) + days * 86_400_000).toISOString();
    const has = async (instant: string) =>
      (await caller.list({ ...look, theme: 'vehicle', at: instant })).rows.some(({ id }) => id === sold.id);
    expect([await has(at(sold.from, -1)), await has(at(sold.from, 1))]).toEqual([false, true]);
    const before = await caller.vehicleById({ ...look, id: sold.id, at: at(sold.day, -1) });
    const after = await caller.vehicleById({ ...look, id: sold.id, at: at(sold.day, 1) });
    expect(before.holders.map(({ to }) => to)).toEqual([null]);
    expect(after.holders.map(({ to }) => to)).toEqual([null, sold.day]);
    expect(await outcome(caller.vehicleById({ ...look, id: sold.id, at: at(sold.from, -1) }))).toBe('NOT_FOUND');
  });

  test('the register of care is told of now alone', async () => {
    const caller = await callerOf('R4', community);
    const at = '2026-01-01T00:00:00.000Z';
    expect(await outcome(caller.list({ ...look, theme: 'care', at }))).toBe('BAD_REQUEST');
  });
});

describe('the audit', () => {
  test('each look at people, persons in care and vehicles is on record, and names nobody', async () => {
    const caller = await callerOf('R4', community);
    const before = (await lines()).length;
    const { rows } = await caller.list({ ...look, theme: 'person', conditions: { ageBand: '60-64' } });
    const [first] = rows;
    await caller.list({ ...look, theme: 'vehicle', conditions: { tail: '01' } });
    await caller.list({ ...look, theme: 'care' });
    await caller.list({ ...look, theme: 'dwelling' });
    await caller.list({ ...look, theme: 'case' });
    await caller.personById({ ...look, id: first?.id ?? '' });
    await caller.relations({ ...look, kind: 'person', id: first?.id ?? '' });
    const kept = (await lines()).slice(before);
    expect(kept.map(({ action, subject }) => [action, subject])).toEqual([
      ['theme.list', `person ${community} ageBand=60-64`],
      ['theme.list', `vehicle ${community} tail`],
      ['care.list', `${community} * all`],
      ['theme.card', `person ${first?.id}`],
      ['theme.tree', `building ${first?.building}`],
    ]);
    expect(kept[0]).toMatchObject({ purpose: 'visit', n_rows: rows.length, actor_id: `R4:${community}` });
    expect((await verifyLines(database.connection)).brokenAt).toBeNull();
  });

  test('a search that is refused leaves none', async () => {
    const before = (await lines()).length;
    const caller = await callerOf('R7', await root());
    expect(await outcome(caller.list({ ...look, theme: 'person' }))).toBe('FORBIDDEN');
    expect((await lines()).length).toBe(before);
  });
});
