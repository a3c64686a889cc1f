import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { roles, screenKeys } from '@/data/model/scope';
import { positionTypes } from '@/data/model/workforce';
import { audit_line, duty, worker, worker_position } from '../db/schema';
import { type TestDatabase, testDatabase, testNow } from '../db/testing';
import { grids, loadTown, townScope } from '../db/testing-town';
import { isInArea } from '../division/locate';
import { createCaller } from '../trpc/root';
import { appendPositions } from './simulate';

const noon = new Date('2026-11-22T04:00:00Z');
const ago = (minutes: number) => new Date(noon.getTime() - minutes * 60_000);
const positionAt = (worker_id: string, at: Date) => ({ worker_id, at, lng: 114.5025, lat: 22.5225, grid_code: null });

/** Posts that lead workers, and whom each may follow: W0 … W3 are the grid workers of the four grids. */
const followers: Record<string, Record<string, string[]>> = {
  R2: { DP: ['W0', 'W2', 'W3'], '440307009': ['W0', 'W2'], [grids[0]]: ['W0'] },
};

describe('positions and tracks in the town', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
    await loadTown(database.connection);
    const { db } = database.connection;
    await db.insert(worker).values([
      { id: 'W8', name: '赵六', worker_type: 'G4', community_code: '440307009015', subdistrict_code: '440307009' },
      { id: 'W9', name: '钱七', worker_type: 'G3', grid_code: grids[0], subdistrict_code: '440307009' },
    ]);
    const shift = { starts_at: ago(240), ends_at: ago(-240), signed_in_at: ago(240) };
    await db.insert(duty).values(['W8', 'W9'].map((worker_id) => ({ ...shift, worker_id })));
    const ids = ['W0', 'W1', 'W2', 'W3', 'W8', 'W9'];
    await db.insert(worker_position).values(ids.flatMap((id) => [positionAt(id, ago(60)), positionAt(id, ago(5))]));
  });
  afterAll(() => database?.end());

  const callerOf = (role: (typeof roles)[number], division: string, screen: (typeof screenKeys)[number] = 'mid') =>
    createCaller({ scope: townScope(role, division, screen), connection: database.connection });
  const track = { worker: 'W0', from: ago(120).toISOString(), to: noon.toISOString(), purpose: '核实到岗' };

  test('every role on every screen is refused but those that lead workers, and no wall is told', async () => {
    const leading = ['R2', 'R3', 'R4', 'R5'];
    for (const role of roles)
      for (const screen of screenKeys)
        for (const division of ['DP', '440307009', grids[0]]) {
          const caller = callerOf(role, division, screen);
          const asked = () => caller.workforce.positions({ at: noon.toISOString() });
          if (screen === 'big' || !leading.includes(role)) {
            await expect(asked(), `${role} ${screen}`).rejects.toMatchObject({ code: 'FORBIDDEN' });
            await expect(caller.workforce.track(track)).rejects.toMatchObject({ code: 'FORBIDDEN' });
            await expect(caller.workforce.byId({ id: 'W0' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
            continue;
          }
          const own = followers.R2?.[division] ?? [];
          const leads = role === 'R5' || division === grids[0] ? [] : ['W8'];
          const seen = await asked();
          expect(seen.map((row) => row.worker).sort(), `${role} ${division}`).toEqual([...own, ...leads]);
          expect(JSON.stringify(seen)).not.toMatch(/李大|赵六|钱七/);
        }
  });

  test('only who is on duty, only types that report, only the last half hour', async () => {
    const desk = callerOf('R2', 'DP');
    const seen = await desk.workforce.positions({ at: noon.toISOString() });
    expect(seen.map((row) => [row.worker, row.at])).toEqual(
      ['W0', 'W2', 'W3', 'W8'].map((id) => [id, ago(5).toISOString()]),
    );
    expect(await desk.workforce.positions({ at: ago(20).toISOString() })).toEqual([]);
    expect(await desk.workforce.positions({ at: ago(700).toISOString() })).toEqual([]);
  });

  test('a track is read with a purpose, cut to the territory, and every reading is written down', async () => {
    const desk = callerOf('R3', '440307009');
    const given = await desk.workforce.track(track);
    expect(given).toMatchObject({ worker: 'W0', name: '李**' });
    expect(given.points.map(({ at }) => at)).toEqual([ago(60), ago(5)].map((at) => at.toISOString()));
    await expect(desk.workforce.track({ ...track, purpose: ' x ' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    await expect(desk.workforce.track({ ...track, from: ago(2000).toISOString() })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
    await expect(desk.workforce.track({ ...track, worker: 'W3' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(callerOf('R5', grids[0]).workforce.track({ ...track, worker: 'W9' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    const lines = await database.connection.db.select().from(audit_line);
    const subject = `W0 ${ago(120).toISOString()}/${noon.toISOString()}`;
    expect(lines).toMatchObject([{ action: 'track.read', actor_id: 'R3:440307009', subject, purpose: '核实到岗' }]);
  });

  test('the card of a worker is masked and knows the running shift', async () => {
    const desk = callerOf('R2', 'DP');
    const card = await desk.workforce.byId({ id: 'W0', at: noon.toISOString() });
    expect(card).toMatchObject({ name: '李**', grid: grids[0], shift: { startsAt: '2026-11-22T00:00:00.000Z' } });
    expect((await desk.workforce.byId({ id: 'W1', at: noon.toISOString() })).shift?.signedInAt).toBeNull();
    expect((await desk.workforce.byId({ id: 'W0', at: ago(900).toISOString() })).shift).toBeNull();
    await expect(callerOf('R3', '440307010').workforce.byId({ id: 'W0' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('positions of the demo', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase({ demo: 'tiny' });
  });
  afterAll(() => database?.end());

  test('the types that report are those of the list', () => {
    const rows: Record<string, string>[] = parse(readFileSync('data/dictionaries/gridworker-type.csv', 'utf8'), {
      columns: true,
    });
    expect(rows.filter((row) => row.reports_position === '1').map((row) => row.code)).toEqual([...positionTypes]);
  });

  test('each lies in its own place, during a shift, and none after the end', async () => {
    const { sql } = database.connection;
    const [{ n, strays, idle, late } = { n: 0, strays: 1, idle: 1, late: 1 }] = await sql<
      { n: number; strays: number; idle: number; late: number }[]
    >`
      select count(*)::int as n,
        count(*) filter (where not starts_with(p.grid_code,
          coalesce(w.grid_code, w.community_code, w.subdistrict_code)))::int as strays,
        count(*) filter (where not exists (select from duty d where d.worker_id = p.worker_id
          and d.starts_at <= p.at and p.at < d.ends_at and d.signed_in_at <= p.at))::int as idle,
        count(*) filter (where p.at > ${testNow.toISOString()}::timestamptz)::int as late
      from worker_position p join worker w on w.id = p.worker_id`;
    expect(n).toBeGreaterThan(1000);
    expect([strays, idle, late]).toEqual([0, 0, 0]);
  });

  test('the live ones follow every ten minutes, inside the grid they name', async () => {
    const { connection } = database;
    const at = new Date(testNow.getTime() + 3_600_000);
    const added = await appendPositions(connection, at);
    expect(added).toBeGreaterThan(5);
    expect(await appendPositions(connection, new Date(at.getTime() + 300_000))).toBe(0);
    expect(await appendPositions(connection, new Date(at.getTime() + 600_001))).toBeGreaterThan(5);
    const rows = await connection.sql<{ lng: number; lat: number; geometry: never }[]>`
      select p.lng, p.lat, d.geometry from worker_position p join division d on d.code = p.grid_code
      where p.at = ${at.toISOString()}::timestamptz`;
    expect(rows.filter(({ lng, lat, geometry }) => !isInArea(geometry, [lng, lat]))).toEqual([]);
  });
});
