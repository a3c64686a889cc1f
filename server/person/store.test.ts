import { inArray } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Cell } from '@/data/model/answer';
import { canSeeResidents, roles, screenKeys } from '@/data/model/scope';
import { person, residence } from '../db/schema';
import { type TestDatabase, testDatabase } from '../db/testing';
import { answer } from '../metric/answer';
import { type Facts, openFacts } from '../metric/follower';
import { scopeIn } from '../metric/testing';
import { readCipher, sealIdentity } from './cipher';
import { countResidents, listResidents, residentsByDwelling } from './store';

/** Still the 21st in UTC, already the 22nd where the demo is. */
const at = '2026-11-22T00:30:00+08:00';
const day = '2026-11-22';
let database: TestDatabase;
let facts: Facts;
let homes: { person_id: number; dwelling_code: string; building: string }[];

beforeAll(async () => {
  database = await testDatabase({ demo: 'tiny' });
  const { sql, db } = database.connection;
  homes = await sql`
    select r.person_id::int, r.dwelling_code, d.building_code as building
    from residence r join dwelling d on d.code = r.dwelling_code
    where r.to_on is null and r.from_on < '2026-01-01' order by r.id limit 4`;
  const other = (index: number) => homes[index]?.dwelling_code ?? '';
  const row = (index: number, from_on: string, to_on: string | null = null) => ({
    ...{ id: 9_000_000 + index, person_id: homes[index]?.person_id ?? 0, relation: '1', from_on, to_on },
  });
  await db.insert(residence).values([
    { ...row(0, '2026-11-22'), dwelling_code: other(3) },
    { ...row(1, '2026-11-23'), dwelling_code: other(3) },
    { ...row(2, '2026-06-01', '2026-11-22'), dwelling_code: other(3) },
    { ...row(3, '2026-06-01'), dwelling_code: other(3) },
  ]);
  facts = await openFacts(database.connection, { file: null });
});
afterAll(async () => {
  facts?.close();
  await database.end();
});

test('residents of buildings are those of the figure person.resident on the same local day', async () => {
  const { db, sql } = database.connection;
  const scope = scopeIn(facts, facts.meta().installation.root);
  const ask = async (dimensions: 'building'[]): Promise<Cell[]> => {
    const question = { division: null, period: 'all' as const, at, filters: [] };
    return (await answer({ facts, db, scope }, { metric: 'person.resident', dimensions, question, limit: 5000 })).cells;
  };
  const counted = new Map<string, number>();
  for (const { code } of await sql<{ code: string }[]>`select code from building`) {
    const residents = await residentsByDwelling(database.connection, scope, { building: code, day });
    counted.set(
      code,
      [...residents.values()].reduce((sum, n) => sum + n, 0),
    );
  }
  const cells = (await ask(['building'])).filter((cell) => cell.withheld === undefined);
  expect(cells.length).toBeGreaterThan(20);
  for (const cell of cells)
    expect([cell.at.building, counted.get(cell.at.building ?? '')]).toEqual([cell.at.building, cell.value]);
  const [whole] = await ask([]);
  expect([...counted.values()].reduce((sum, n) => sum + n, 0)).toBe(whole?.value);
});

test('a dwelling lists whoever it counts', async () => {
  const scope = scopeIn(facts, facts.meta().installation.root);
  for (const { dwelling_code: dwelling, building } of homes)
    for (const on of ['2026-11-21', day, '2026-11-23']) {
      const listed = await listResidents(database.connection, scope, { dwelling, day: on });
      const counted = await residentsByDwelling(database.connection, scope, { building, day: on });
      expect(listed).toHaveLength(counted.get(dwelling) ?? 0);
    }
});

test.each(roles)('%s is told of the people of a dwelling what the post may know', async (role) => {
  const { db } = database.connection;
  const dwelling = homes[3]?.dwelling_code ?? '';
  const scope = scopeIn(facts, facts.meta().installation.root);
  const before = await countResidents(database.connection, { ...scope, role: 'R2' }, { dwelling, day });
  expect(before).toBeGreaterThan(0);
  expect(before).toBeLessThan(10);
  const newcomers = Array.from({ length: 12 }, (_, i) => 9_900_000 + i);
  const cipher = await readCipher();
  const fixed = { sex: 1, birth_on: '1990-01-01', population_type: '1', origin: '44' };
  const inDormitory = async (told: (n: number | null, screen: string) => void) => {
    for (const screen of screenKeys)
      told(await countResidents(database.connection, { ...scope, role, screen }, { dwelling, day }), screen);
  };
  await inDormitory((n, screen) =>
    expect([screen, n]).toEqual([screen, canSeeResidents({ role, screen: screen as 'mid' }) ? before : null]),
  );
  await db.insert(person).values(
    newcomers.map((id) => ({
      ...{ ...fixed, id, ...sealIdentity(cipher, id, { name: '王小明', id_number: 'x', phone: null }) },
    })),
  );
  await db
    .insert(residence)
    .values(
      newcomers.map((id) => ({ id, person_id: id, dwelling_code: dwelling, relation: '1', from_on: '2026-01-01' })),
    );
  await inDormitory((n, screen) => expect([screen, n]).toEqual([screen, screen === 'big' ? null : (before ?? 0) + 12]));
  await db.delete(residence).where(inArray(residence.id, newcomers));
  await db.delete(person).where(inArray(person.id, newcomers));
});

test.each(roles)('%s lists residents masked or not at all', async (role) => {
  const dwelling = homes[0]?.dwelling_code ?? '';
  for (const screen of screenKeys) {
    const scope = { ...scopeIn(facts, facts.meta().installation.root), role, screen };
    const listed = listResidents(database.connection, scope, { dwelling, day });
    if (!canSeeResidents(scope)) {
      await expect(listed).rejects.toMatchObject({ code: 'not_allowed' });
      continue;
    }
    for (const { name, phone } of await listed) {
      expect(name).toMatch(/^.\*+$/);
      expect(phone ?? '****').toContain('****');
    }
  }
});
