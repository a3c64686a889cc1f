import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase, testNow } from '../db/testing';
import { type Facts, openFacts } from '../metric/follower';
import { scopeIn } from '../metric/testing';
import { readImpact } from './impact';
import { readInForce } from './store';

let database: TestDatabase;
let facts: Facts;

beforeAll(async () => {
  database = await testDatabase({ demo: 'tiny' });
  facts = await openFacts(database.connection, { file: null });
});
afterAll(async () => {
  facts?.close();
  await database?.end();
});

const impactIn = async (code: string) => {
  const scope = scopeIn(facts, code);
  const alerts = await readInForce(database.connection, scope, testNow);
  const impacts = await readImpact({ facts, db: database.connection.db, scope }, alerts, testNow.toISOString());
  return { alerts, impacts };
};

const figureOf = (answer: { cells: { value: number | null }[] } | undefined) => answer?.cells[0]?.value;

const countBelow = async (path: string) => {
  const [row] = await database.connection.sql<
    Record<'communities' | 'grids' | 'buildings' | 'dwellings' | 'people', number>[]
  >`
    with own as (select code, level from division where starts_with(path, ${path})),
    stands as (select code from building where grid_code in (select code from own)),
    homes as (select code from dwelling where building_code in (select code from stands))
    select (select count(*)::int from own where level = 5) as communities,
      (select count(*)::int from own where level = 6) as grids,
      (select count(*)::int from stands) as buildings, (select count(*)::int from homes) as dwellings,
      (select count(distinct person_id)::int from residence where dwelling_code in (select code from homes)
        and from_on <= ${testNow.toISOString()}::timestamptz and (to_on is null or to_on > ${testNow.toISOString()}::timestamptz)) as people`;
  return row;
};

test.each([
  ['the whole sub-district', '440307009', '/44/4403/DP/440307009/'],
  ['a community of it alone', '440307009001', '/44/4403/DP/440307009/440307009001/'],
])('the gale meets what plain SQL counts in %s', async (_, code, path) => {
  const { alerts, impacts } = await impactIn(code);
  expect(alerts.map(({ warning }) => warning)).toEqual(['11B06-blue']);
  const wanted = await countBelow(path);
  const [impact] = impacts;
  expect(impact).toMatchObject({ nCommunities: wanted?.communities, nGrids: wanted?.grids });
  expect(figureOf(impact?.figures?.buildings)).toBe(wanted?.buildings);
  expect(figureOf(impact?.figures?.dwellings)).toBe(wanted?.dwellings);
  expect(figureOf(impact?.figures?.residents)).toBe(wanted?.people);
  expect(wanted?.people).toBeGreaterThan(100);
});

test('waves at sea meet nobody on land', async () => {
  const { alerts, impacts } = await impactIn('DP');
  const waves = alerts.find(({ warning }) => warning === 'SEA01-yellow');
  expect(impacts.find(({ alert }) => alert === waves?.id)).toEqual({
    alert: waves?.id,
    nCommunities: 0,
    nGrids: 0,
    figures: null,
  });
});
