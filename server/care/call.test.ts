import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Role, ScreenKey } from '@/data/model/scope';
import { resolveScope } from '../access/store';
import { alert, alert_area, care_call } from '../db/schema';
import { type TestDatabase, testDatabase } from '../db/testing';
import { createCaller } from '../trpc/root';

let database: TestDatabase;
let subdistrict: { code: string; path: string };
let grid: { code: string; path: string };

const sent = (id: string, status: string, rest: object = {}) => ({
  ...{ id, identifier: id, sender: 'test', sent_at: new Date(), status, msg_type: 'Alert', refers_to: null },
  ...{ warning_code: '11B03-orange', level: 2, headline: id, headline_en: id, description: '' },
  ...{ effective_at: new Date(Date.now() - 60_000), expires_at: new Date(Date.now() + 3_600_000), ended_at: null },
  ...rest,
});

beforeAll(async () => {
  database = await testDatabase({ demo: 'tiny' });
  const { db } = database.connection;
  const placeOf = async (level: number) => {
    const [row] = await db.execute<{ code: string; path: string }>(
      sql`select d.code, d.path from division d where level = ${level} and exists (select from care c where c.to_on is null
        and starts_with(c.grid_code, d.code)) order by d.code limit 1`,
    );
    return row ?? { code: '', path: '' };
  };
  subdistrict = await placeOf(4);
  grid = await placeOf(6);
  await db.insert(alert).values([sent('w1', 'Actual'), sent('w2', 'Exercise'), sent('w3', 'Actual')]);
  await db.insert(alert_area).values(
    ['w1', 'w2'].map((id) => ({
      ...{ alert_id: id, seq: 0, name: 'x', name_en: 'x', division_code: subdistrict.code, geometry: null },
    })),
  );
  await db.insert(alert_area).values({
    ...{ alert_id: 'w3', seq: 0, name: 'x', name_en: 'x', division_code: grid.code, geometry: null },
  });
});
afterAll(() => database.end());

const callerOf = async (role: Role, place: { code: string; path: string }, screen: ScreenKey = 'mid') => {
  const scope = await resolveScope(database.connection, { badge: undefined, screen });
  const level = place === grid ? 'grid' : 'subdistrict';
  return createCaller({
    scope: { ...scope, role, level, division: place.code, path: place.path, actorId: `${role}:${place.code}` },
    connection: database.connection,
  }).care;
};
const homesIn = async (code: string): Promise<{ dwelling: string; n: number }[]> =>
  database.connection.db.execute<{ dwelling: string; n: number }>(
    sql`select dwelling_code as dwelling, count(*)::int as n from care where to_on is null and starts_with(grid_code, ${code}) group by 1`,
  );

test('each home with somebody of the register is called once, by those who command, for a warning in force', async () => {
  const desk = await callerOf('R3', subdistrict);
  const homes = await homesIn(subdistrict.code);
  const told = await desk.callOut({ alert: 'w1', limitMinutes: 30 });
  expect(told).toEqual({ called: homes.length, inTime: 0, late: 0, open: homes.length });
  expect(await desk.callOut({ alert: 'w1', limitMinutes: 5 })).toEqual(told);
  const rows = await database.connection.db.select().from(care_call).where(eq(care_call.alert_id, 'w1'));
  expect(new Map(rows.map((row) => [row.dwelling_code, row.n_persons]))).toEqual(
    new Map(homes.map(({ dwelling, n }) => [dwelling, n])),
  );
  expect((await desk.callOut({ alert: 'w3', limitMinutes: 30 })).called).toBe((await homesIn(grid.code)).length);
  for (const none of ['w2', 'unknown'])
    await expect(desk.callOut({ alert: none, limitMinutes: 30 })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  await expect((await callerOf('R5', grid)).callOut({ alert: 'w1', limitMinutes: 30 })).rejects.toMatchObject({
    code: 'FORBIDDEN',
  });
});

test('the grid’s worker tells whom he reached, once; walls and desks are told figures', async () => {
  const worker = await callerOf('R5', grid, 'small');
  const homes = (await worker.openCalls()).filter((home) => home.alert === 'w1');
  expect(homes.map(({ dwelling }) => dwelling).sort()).toEqual(
    (await homesIn(grid.code)).map(({ dwelling }) => dwelling).sort(),
  );
  const dwelling = homes[0]?.dwelling ?? '';
  const first = await worker.confirm({ alert: 'w1', dwelling });
  expect(await worker.confirm({ alert: 'w1', dwelling })).toEqual(first);
  const other = (await homesIn(subdistrict.code)).find((home) => !homes.some((own) => own.dwelling === home.dwelling));
  await expect(worker.confirm({ alert: 'w1', dwelling: other?.dwelling ?? '' })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
  expect((await worker.openCalls()).map((home) => `${home.alert} ${home.dwelling}`)).not.toContain(`w1 ${dwelling}`);
  const wall = await (await callerOf('R0', subdistrict, 'big')).calls({ alert: 'w1' });
  expect([wall.inTime, wall.mayCall]).toEqual([1, false]);
  const before = { alert: 'w1', at: new Date(Date.parse(first.confirmedAt) - 1).toISOString() };
  expect((await (await callerOf('R2', subdistrict)).calls(before)).inTime).toBe(0);
  await expect((await callerOf('R3', subdistrict)).openCalls()).rejects.toMatchObject({ code: 'FORBIDDEN' });
});
