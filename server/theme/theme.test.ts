import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Role, roles, type ScreenKey, screenKeys } from '@/data/model/scope';
import {
  relatedKinds,
  type Theme,
  type ThemeHit,
  themeConditions,
  themeLimit,
  themePage,
  themeSearchOf,
  themes,
} from '@/data/model/theme';
import { resolveScope } from '../access/store';
import { type TestDatabase, testDatabase } from '../db/testing';
import { readPlain } from '../person/testing';
import { readPlates } from '../vehicle/testing';
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

describe('who is told', () => {
  test('each theme by role, never on a wall; a post that gets figures alone searches none', async () => {
    const top = await root();
    for (const role of roles)
      for (const screen of screenKeys) {
        const caller = await callerOf(role, top, screen);
        const seesPeople = screen !== 'big' && ['R2', 'R3', 'R4', 'R5'].includes(role);
        const seesCases = screen !== 'big' && ['R2', 'R3', 'R4', 'R5', 'R6'].includes(role);
        const may: Record<Theme, boolean> = {
          ...{ person: seesPeople, care: seesPeople, vehicle: seesPeople },
          ...{ dwelling: seesCases, case: seesCases },
        };
        expect(await caller.open(), `${role} ${screen}`).toEqual(themes.filter((theme) => may[theme]));
        for (const theme of themes)
          expect(await outcome(caller.list({ ...look, theme })), `${role} ${screen} ${theme}`).toBe(
            may[theme] ? 'TOLD' : 'FORBIDDEN',
          );
      }
  });

  test('rows of the own territory alone, whatever division is asked for', async () => {
    const stranger = await asked<{ code: string }>(
      sql`select code from division where level = 5 and code <> ${community} order by code limit 1`,
    );
    for (const theme of themes) {
      const caller = await callerOf('R5', grid);
      const { rows } = await caller.list({ ...look, theme, conditions: theme === 'case' ? { state: 'all' } : {} });
      expect(rows.length, theme).toBeGreaterThan(0);
      expect(new Set(rows.map((row) => row.grid)), theme).toEqual(new Set([grid]));
      expect(await outcome(caller.list({ ...look, theme, division: stranger.code })), theme).toMatch(
        /NOT_FOUND|FORBIDDEN/,
      );
    }
  });

  test('a person, a vehicle or a building elsewhere is not there', async () => {
    const person = await asked<{ id: string }>(sql`
      select r.person_id::text as id from residence r join dwelling d on d.code = r.dwelling_code
      join building b on b.code = d.building_code group by 1 having bool_and(b.grid_code <> ${grid}) limit 1`);
    const vehicle = await asked<{ id: string; building: string }>(sql`
      select v.id::text as id, b.code as building from vehicle v join building b on b.code = v.building_code
      where b.grid_code <> ${grid} limit 1`);
    const caller = await callerOf('R5', grid);
    expect(await outcome(caller.personById({ ...look, id: person.id }))).toBe('NOT_FOUND');
    expect(await outcome(caller.vehicleById({ ...look, id: vehicle.id }))).toBe('NOT_FOUND');
    expect(await outcome(caller.relations({ ...look, kind: 'building', id: vehicle.building }))).toBe('NOT_FOUND');
  });
});

describe('masks', () => {
  test('no name, number, phone or plate in plain text, in any theme, card or tree', async () => {
    const people = await readPlain(database.connection);
    const secrets = [
      ...people.flatMap(({ name, id_number, phone }) => [...(name.length > 2 ? [name] : []), id_number, phone ?? '']),
      ...(await readPlates(database.connection)),
    ].filter(Boolean);
    const caller = await callerOf('R4', community);
    const told: unknown[] = [];
    for (const theme of themes) told.push(await caller.list({ ...look, theme }));
    const { rows } = await caller.list({ ...look, theme: 'vehicle' });
    const [{ rows: persons }, [vehicle]] = [await caller.list({ ...look, theme: 'person' }), rows];
    told.push(await caller.personById({ ...look, id: persons[0]?.id ?? '' }));
    told.push(await caller.vehicleById({ ...look, id: vehicle?.id ?? '' }));
    told.push(await caller.relations({ ...look, kind: 'vehicle', id: vehicle?.id ?? '' }));
    const text = JSON.stringify(told);
    expect(secrets.length).toBeGreaterThan(3_000);
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
    expect(rows.every((row) => row.kind === 'vehicle' && /^\u6f14[A-D]·\*\*\d{3}$/.test(row.plate))).toBe(true);
    expect(persons.every((row) => row.kind === 'person' && /^.\*+$/.test(row.name))).toBe(true);
  });

  test('quarrels and persons in care lie in the middle of their grid, no closer', async () => {
    const caller = await callerOf('R4', community);
    const middles = await database.connection.db.execute<{ at: string }>(
      sql`select lng || ' ' || lat as at from division where level = 6`,
    );
    const known = new Set(middles.map(({ at }) => at));
    const kinds = [
      { theme: 'care' as const, conditions: {} },
      { theme: 'case' as const, conditions: { kind: 'dispute', state: 'all' } },
    ];
    for (const ask of kinds) {
      const { rows } = await caller.list({ ...look, ...ask });
      expect(rows.length).toBeGreaterThan(0);
      for (const { position, building } of rows) {
        expect(building).toBeNull();
        expect(known.has((position ?? []).join(' '))).toBe(true);
      }
    }
  });

  test('which person holds a vehicle is told to its community and grid alone', async () => {
    const { id, building, person } = await asked<{ id: string; building: string; person: string }>(sql`
      select v.id::text as id, v.building_code as building, h.person_id::text as person
      from vehicle v join vehicle_holder h on h.vehicle_id = v.id
      join building b on b.code = v.building_code join residence r on r.person_id = h.person_id and r.to_on is null
      join dwelling d on d.code = r.dwelling_code and d.building_code = b.code
      where b.grid_code = ${grid} and h.to_on is null limit 1`);
    for (const [role, division] of [
      ['R2', await root()],
      ['R3', grid.slice(0, 9)],
      ['R4', community],
      ['R5', grid],
    ] as const) {
      const hasLink = ['R4', 'R5'].includes(role);
      const caller = await callerOf(role, division);
      const card = await caller.vehicleById({ ...look, id });
      expect([card.hasLink, card.holders.some(({ kind }) => kind === 'person')], role).toEqual([hasLink, hasLink]);
      const { vehicles } = await caller.personById({ ...look, id: person });
      expect(vehicles?.some((row) => row.id === id) ?? null, role).toBe(hasLink ? true : null);
      const tree = await caller.relations({ ...look, kind: 'building', id: building });
      const held = tree.dwellings.flatMap(({ people }) => (people ?? []).map((row) => row.vehicles));
      expect(
        held.every((list) => (list === null) === !hasLink),
        role,
      ).toBe(true);
      expect(tree.vehicles?.map((row) => row.id)).toContain(id);
    }
    const handler = await (await callerOf('R6', await root())).relations({ ...look, kind: 'building', id: building });
    expect([handler.vehicles, handler.dwellings.every(({ people }) => people === null)]).toEqual([null, true]);
  });
});

describe('what is not told cannot be worked out', () => {
  test('a post above the community learns nothing of the sensitive groups, by whatever it takes away', async () => {
    const [above, close] = [await callerOf('R3', grid.slice(0, 9)), await callerOf('R4', community)];
    const total = async (conditions: Record<string, string>) => {
      const { rows, isCut } = await above.list({ ...look, theme: 'care', division: community, conditions });
      return isCut ? Number.NaN : rows.length;
    };
    const groups = await database.connection.db.execute<{ code: string; hidden: boolean; n: number }>(sql`
      select t.code, t.attrs ->> 'sensitivity' not in ('low', 'medium') as hidden,
        (select count(*)::int from care c where c.group_code = t.code and c.community_code = ${community} and c.to_on is null) as n
      from term t where t.list = 'care-group'`);
    const hidden = groups.filter((group) => group.hidden);
    expect(hidden.reduce((sum, { n }) => sum + n, 0)).toBeGreaterThan(0);
    let sum = 0;
    for (const { code, hidden: isHidden } of groups)
      if (isHidden) expect(await outcome(total({ group: code })), code).toBe('FORBIDDEN');
      else sum += await total({ group: code });
    expect(await total({})).toBe(sum);
    const all = await close.list({ ...look, theme: 'care' });
    expect(all.rows.length).toBe(sum + hidden.reduce((n, group) => n + group.n, 0));
    // people, dwellings and vehicles carry no care category, so that no two searches of them differ by one
    for (const theme of ['person', 'dwelling', 'vehicle'] as const) {
      expect(await outcome(above.list({ ...look, theme, conditions: { group: 'C14' } })), theme).toBe('BAD_REQUEST');
      expect(JSON.stringify(await above.list({ ...look, theme }))).not.toMatch(/"C\d\d"/);
    }
  });

  test('a post that gets figures alone is told neither rows nor how many there are', async () => {
    const { building } = await asked<{ building: string }>(sql`select code as building from building limit 1`);
    for (const role of ['R1', 'R7'] as const) {
      const caller = await callerOf(role, await root());
      for (const ageBand of ['0-4', '60-64', '85+'])
        expect(await outcome(caller.list({ ...look, theme: 'person', conditions: { ageBand } }))).toBe('FORBIDDEN');
      expect(await outcome(caller.relations({ ...look, kind: 'building', id: building }))).toBe('FORBIDDEN');
    }
  });
});

const bad = ["1' or '1'='1", '1; drop table person', '%', '_', '\\', '1\u0000', ')', '1 -- ', '$(x)', '𝟙', ''];

describe('conditions', () => {
  test('every condition refuses what is not of its form, and leaves the tables as they were', async () => {
    const caller = await callerOf('R4', community);
    const { n } = await asked<{ n: number }>(sql`select count(*)::int as n from person`);
    let nTried = 0;
    for (const theme of themes)
      for (const key of themeConditions[theme])
        for (const value of bad) {
          expect(await outcome(caller.list({ ...look, theme, conditions: { [key]: value } })), `${key} ${value}`).toBe(
            'BAD_REQUEST',
          );
          nTried += 1;
        }
    expect(nTried).toBe(Object.values(themeConditions).flat().length * bad.length);
    for (const division of bad)
      expect(await outcome(caller.list({ ...look, theme: 'person', division }))).toMatch(/BAD_REQUEST|NOT_FOUND/);
    expect((await asked<{ n: number }>(sql`select count(*)::int as n from person`)).n).toBe(n);
    expect(await outcome(caller.list({ ...look, theme: 'person', conditions: { name: 'x' } as never }))).toBe(
      'BAD_REQUEST',
    );
  });

  test('what is no id of its kind hangs on nothing', async () => {
    const caller = await callerOf('R4', community);
    for (const kind of relatedKinds)
      for (const id of ['x', '1e9', '-1', '9999999999999999999'])
        expect(await outcome(caller.relations({ ...look, kind, id })), `${kind} ${id}`).toBe('NOT_FOUND');
    for (const id of bad) {
      expect(await outcome(caller.relations({ ...look, kind: 'person', id })), id).toMatch(/BAD_REQUEST|NOT_FOUND/);
      expect(await outcome(caller.personById({ ...look, id })), id).toBe('BAD_REQUEST');
    }
  });

  test('visits overdue or a need open, grid by grid: who is not served', async () => {
    const caller = await callerOf('R4', community);
    const grids = await database.connection.db.execute<{ code: string }>(
      sql`select code from division where parent_code = ${community}`,
    );
    for (const window of ['overdue', 'need']) {
      const unserved = (division: string | null) =>
        caller.list({ ...look, theme: 'care', division, conditions: { window } });
      const all = await unserved(null);
      let sum = 0;
      for (const { code } of grids) {
        const { rows } = await unserved(code);
        expect(rows.every((row) => row.grid === code)).toBe(true);
        sum += rows.length;
      }
      expect(sum, window).toBe(all.rows.length);
    }
  });

  test('each narrows to the rows that carry it', async () => {
    const caller = await callerOf('R4', community);
    const found = async (theme: Theme, conditions: Record<string, string>) =>
      (await caller.list({ ...look, theme, conditions })).rows;
    const every = (rows: ThemeHit[], key: string, value: string) => {
      expect(rows.length, `${key}=${value}`).toBeGreaterThan(0);
      for (const row of rows) expect(row).toMatchObject({ [key]: value });
    };
    every(await found('person', { ageBand: '30-34' }), 'ageBand', '30-34');
    every(await found('person', { sex: '2' }), 'sex', '2');
    every(await found('person', { populationType: '2' }), 'populationType', '2');
    every(await found('person', { relation: '2' }), 'relation', '2');
    every(await found('dwelling', { houseUse: '2' }), 'houseUse', '2');
    every(await found('case', { kind: 'dispute', state: 'all' }), 'kind', 'dispute');
    every(await found('care', { group: 'C02' }), 'group', 'C02');
    every(await found('vehicle', { plateKind: '52' }), 'plateKind', '52');
    const elders = await found('person', { ageBand: '60+' });
    expect(elders.every((row) => row.kind === 'person' && Number.parseInt(row.ageBand, 10) >= 60)).toBe(true);
    const [vehicle] = await found('vehicle', {});
    const tail = vehicle?.kind === 'vehicle' ? vehicle.plate.slice(-2) : '';
    const same = await found('vehicle', { tail });
    expect(same.length).toBeGreaterThan(0);
    expect(same.every((row) => row.kind === 'vehicle' && row.plate.endsWith(tail))).toBe(true);
    const shop = await asked<{ kind: string; community: string }>(sql`
      select e.entity_type as kind, b.community_code as community
      from entity e join dwelling d on d.code = e.dwelling_code join building b on b.code = d.building_code
      where e.closed_on is null order by e.id limit 1`);
    const { rows: shops } = await (await callerOf('R4', shop.community)).list({
      ...{ ...look, theme: 'dwelling', conditions: { entityType: shop.kind } },
    });
    const held = await database.connection.db.execute<{ code: string }>(
      sql`select dwelling_code as code from entity where entity_type = ${shop.kind} and dwelling_code is not null`,
    );
    const codes = new Set(held.map(({ code }) => code));
    expect(shops.length).toBeGreaterThan(0);
    expect(shops.every(({ id }) => codes.has(id))).toBe(true);
  });

  test('a page carries a search and nothing it does not know', () => {
    const search = { theme: 'person', purpose: 'check', conditions: { ageBand: '85+', sex: '2' } } as const;
    expect(themePage(search)).toBe('theme.person.check.ageBand=85+.sex=2');
    expect(themeSearchOf({ page: themePage(search) })).toEqual(search);
    expect(themeSearchOf({ page: "theme.person.sex=1'.group=C14.x=1" })).toEqual({
      ...{ theme: 'person', purpose: null, conditions: {} },
    });
  });

  test('more rows than are told are said to be there', async () => {
    const found = await (await callerOf('R2', await root())).list({ ...look, theme: 'person' });
    expect([found.rows.length, found.isCut]).toEqual([themeLimit, true]);
  });
});
