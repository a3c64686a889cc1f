import { area as areaOf, featureCollection } from '@turf/turf';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { randomFor } from '@/data/demo/random';
import { isAggregateOnly, roles, type Scope, screenKeys } from '@/data/model/scope';
import { type TestDatabase, testDatabase } from '../db/testing';
import { grids, loadTown, townScope } from '../db/testing-town';
import { readInstallation } from '../dictionary/store';
import { createCaller } from '../trpc/root';
import { specialisedAreas } from './cover';
import { areaFinder, locatorOf } from './locate';
import { readOutlines } from './store';

describe('specialised grids of the demo', () => {
  let database: TestDatabase;
  let scope: Scope;
  beforeAll(async () => {
    database = await testDatabase({ demo: 'tiny' });
    const { root, rootPath } = await readInstallation(database.connection.db);
    scope = { division: root, path: rootPath, level: 'district', role: 'R2', screen: 'mid', post: root, actorId: 'R2' };
  });
  afterAll(() => database?.end());

  const lines = async () =>
    (await database.connection.sql<{ line: string }[]>`select distinct line from specialised_grid order by 1`).map(
      ({ line }) => line,
    );

  test('every base grid lies in exactly one specialised grid of every line', async () => {
    const { sql } = database.connection;
    const [count] = await sql<{ nGrids: number; nLines: number; nPairs: number; most: number }[]>`
      with pair as (
        select s.line, m.grid_code, count(*) as n from specialised_grid s
        join specialised_grid_member m on m.specialised_grid_code = s.code group by 1, 2
      )
      select (select count(*) from division where level = 6)::int as "nGrids",
        (select count(distinct line) from specialised_grid)::int as "nLines",
        (select count(*) from pair)::int as "nPairs", (select max(n) from pair)::int as most`;
    expect(count?.nLines).toBeGreaterThan(1);
    expect(count).toMatchObject({ nPairs: (count?.nGrids ?? 0) * (count?.nLines ?? 0), most: 1 });
  });

  test('the outlines of a line add up to the district, without overlap', async () => {
    const whole = await readOutlines(database.connection, scope, 'grid');
    const wanted = whole.reduce((sum, { geometry }) => sum + (geometry ? areaOf(geometry) : 0), 0);
    for (const line of await lines()) {
      const areas = await specialisedAreas(database.connection, scope, { line });
      expect(areaOf(featureCollection(areas.features)) / wanted).toBeCloseTo(1, 3);
      expect(areas.features.reduce((sum, { properties }) => sum + properties.nGrids, 0)).toBe(whole.length);
    }
  });

  test('no random point of the district is uncovered in any line, and it lies in the outline that covers it', async () => {
    const { connection } = database;
    const caller = createCaller({ scope, connection });
    const [all, locate] = [await lines(), await locatorOf(connection)];
    const finders = await Promise.all(
      all.map(async (line) => {
        const { features } = await specialisedAreas(connection, scope, { line });
        return areaFinder(features.map(({ geometry, properties }) => ({ geometry, code: properties.code })));
      }),
    );
    const boxes = (await readOutlines(connection, scope, 'grid')).flatMap(({ center }) => (center ? [center] : []));
    const random = randomFor('cover test');
    const covers = new Map<string, Awaited<ReturnType<typeof caller.division.cover>>>();
    let [nInside, nEdge] = [0, 0];
    for (let i = 0; i < 400; i++) {
      const [lng, lat] = random.pick(boxes);
      const position: [number, number] = [lng + random.normal() * 0.003, lat + random.normal() * 0.003];
      const grid = locate(position)?.grid;
      if (!grid) continue;
      nInside += 1;
      const cover = covers.get(grid) ?? (await caller.division.cover({ grid }));
      covers.set(grid, cover);
      expect(cover.missing).toEqual([]);
      expect(cover.lines.map(({ line }) => line)).toEqual(all);
      const seen = finders.map((find) => find(position)?.code);
      if (cover.lines.some(({ code }, at) => code !== seen[at])) nEdge += 1;
    }
    expect(nInside).toBeGreaterThan(150);
    // outlines are thinned by a few metres: only points on a border may fall beside it
    expect(nEdge / nInside).toBeLessThan(0.03);
  });

  test('a line is found by itself, by one of its grids and by its department', async () => {
    const { connection } = database;
    const [second = ''] = (await lines()).slice(1);
    const own = await specialisedAreas(connection, scope, { line: second });
    const [first] = own.features;
    for (const ask of [{ of: first?.properties.code }, { department: first?.properties.department }])
      expect(await specialisedAreas(connection, scope, ask)).toEqual(own);
    expect((await specialisedAreas(connection, scope, { line: 'none' })).features).toEqual([]);
  });
});

test('rights: own territory only; the worker masked for those who work with people, nobody for the rest', async () => {
  const database = await testDatabase();
  await loadTown(database.connection);
  for (const role of roles)
    for (const screen of screenKeys)
      for (const division of ['DP', '440307009', '440307010', grids[0]]) {
        const caller = createCaller({ scope: townScope(role, division, screen), connection: database.connection });
        const own = grids.slice(0, 3).filter((grid) => division === 'DP' || grid.startsWith(division));
        const asked = () => caller.division.specialised({ code: 'P01-1' });
        if (own.length === 0) {
          await expect(asked()).rejects.toMatchObject({ code: 'NOT_FOUND' });
          await expect(caller.division.cover({ grid: grids[0] })).rejects.toMatchObject({ code: 'NOT_FOUND' });
          continue;
        }
        const worker = isAggregateOnly(townScope(role, division, screen)) ? null : '李**';
        expect(await asked()).toMatchObject({ grids: own, worker });
        const cover = await caller.division.cover({ grid: grids[0] });
        expect(cover).toMatchObject({ lines: [{ line: 'P01', worker }], missing: [] });
      }
  const desk = createCaller({ scope: townScope('R2', 'DP'), connection: database.connection });
  expect(await desk.division.cover({ grid: grids[3] })).toEqual({ grid: grids[3], lines: [], missing: ['P01'] });
  await database.end();
});
