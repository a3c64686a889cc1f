import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../db/testing';
import { answer } from '../metric/answer';
import { type Facts, openFacts } from '../metric/follower';
import { scopeIn } from '../metric/testing';
import { readInput } from './input';
import { loadImport } from './load';
import type { FileReport } from './report';

// The city's files are not ours to ship; they lie beside the project where they are at hand.
const folder = resolve('../shared/real/sf311');
const isHere = existsSync(folder);
const reason = isHere ? '' : ' (skipped: ../shared/real/sf311 is not here)';

describe.skipIf(!isHere)(`San Francisco 311${reason}`, () => {
  let database: TestDatabase;
  let reports: FileReport[];
  let facts: Facts;
  let expected: {
    rows: number;
    by_nhood_pip: Record<string, number>;
    status: Record<string, number>;
    category: Record<string, number>;
    agencies: number;
    closed_before_opened: number;
  };
  beforeAll(async () => {
    expected = JSON.parse(readFileSync(`${folder}/sf311_expected.json`, 'utf8'));
    database = await testDatabase();
    const mapping = 'server/exchange/mappings/open-311.json';
    const files = { areas: `${folder}/sf_nb.geojson`, events: `${folder}/sf311.csv` };
    reports = await loadImport(database.connection, readInput({ mapping }, files));
    facts = await openFacts(database.connection, { file: null });
  });
  afterAll(async () => {
    facts?.close();
    await database?.end();
  });

  type Group = { name: string; n: number };
  const counts = async (query: string): Promise<Record<string, number>> => {
    const rows = await database.connection.sql.unsafe<Group[]>(query);
    return Object.fromEntries(rows.map(({ name, n }) => [name, n]));
  };

  test('every case is taken, the disordered ones flagged', () => {
    expect(reports[0]).toMatchObject({ nRead: 195, nAccepted: 195, nFlagged: 0, nRefused: 0 });
    expect(reports[0]?.details).toMatchObject({ community: 41, grid: 195 });
    expect(reports[1]).toMatchObject({ nRead: expected.rows, nAccepted: expected.rows, nRefused: 0 });
    const disordered = reports[1]?.findings.filter(({ flag }) => flag === 'closed_before_opened');
    expect(disordered).toHaveLength(expected.closed_before_opened);
    expect(reports[1]?.nFlagged).toBe(expected.closed_before_opened);
  });

  test('cases by neighbourhood are those the city counted', async () => {
    expect(
      await counts(`select d.name_en as name, count(*)::int as n from event e join division d on d.code = e.community_code
        group by d.name_en`),
    ).toEqual(expected.by_nhood_pip);
  });

  test('cases by category and status, and the agencies', async () => {
    expect(
      await counts(`select w.en as name, count(*)::int as n from event e
      join term w on w.list = 'event-category-l1' and w.code = e.category_l1 group by w.en`),
    ).toEqual(expected.category);
    expect(
      await counts(`select case status when 'S61' then 'Closed' else 'Open' end as name, count(*)::int as n
        from event group by 1`),
    ).toEqual(expected.status);
    const agencies = await counts(
      "select code as name, 1 as n from term where list = 'department' and source = 'sf311.csv'",
    );
    expect(Object.keys(agencies)).toHaveLength(expected.agencies);
  });

  test('every case has a grid and a block, and nothing is unplaced', async () => {
    const { sql } = database.connection;
    expect(
      await sql`select id from event where grid_code is null or block_code is null or subdistrict_code is null`,
    ).toEqual([]);
    expect(await sql`select id from unplaced`).toEqual([]);
    expect(
      await sql`select e.id from event e join division g on g.code = e.grid_code where g.parent_code <> e.community_code`,
    ).toEqual([]);
  });

  test('the catalogue counts the same, and no disordered case has a handling time', async () => {
    const context = { facts, db: database.connection.db, scope: scopeIn(facts, 'SF-1') };
    const question = { division: null, period: 'all', at: '2016-02-01T00:00:00-08:00', filters: [] } as const;
    const ask = (metric: string, dimensions: 'community'[] = []) =>
      answer(context, { metric, dimensions, question: { ...question, filters: [] } });
    const { cells } = await ask('event.reported', ['community']);
    const names = await database.connection.sql<{ code: string; name: string }[]>`
      select code, name_en as name from division where level = 5`;
    const nameOf = new Map(names.map(({ code, name }) => [code, name]));
    const counted = cells.map(({ at, value }) => [nameOf.get(at.community ?? ''), value]);
    expect(Object.fromEntries(counted)).toEqual(expected.by_nhood_pip);
    const hours = await ask('event.handle_hours');
    expect(hours.cells[0]?.n).toBe((expected.status.Closed ?? 0) - expected.closed_before_opened);
    expect((await ask('event.open')).cells[0]?.value).toBe(expected.status.Open);
  });

  /** A plain script's counts: rows of the file, the ring each point lies in, the first seven letters of its date. */
  const plainCounts = (): Map<string, number> => {
    type Feature = { properties: { nhood: string }; geometry: { type: string; coordinates: number[][][][] } };
    const { features } = JSON.parse(readFileSync(`${folder}/sf_nb.geojson`, 'utf8')) as { features: Feature[] };
    const isInRing = (x: number, y: number, ring: number[][]): boolean =>
      ring.reduce((isIn, [x1 = 0, y1 = 0], i) => {
        const [x2 = 0, y2 = 0] = ring[(i + 1) % ring.length] ?? [];
        return y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1 ? !isIn : isIn;
      }, false);
    const polygonsOf = ({ geometry: { type, coordinates } }: Feature) =>
      type === 'Polygon' ? [coordinates as unknown as number[][][]] : coordinates;
    const areas = features.flatMap((each) =>
      polygonsOf(each).map((rings) => {
        const [xs, ys] = [0, 1].map((axis) => (rings[0] ?? []).map((point) => point[axis] ?? 0));
        const box = { west: Math.min(...(xs ?? [])), east: Math.max(...(xs ?? [])) };
        return {
          name: each.properties.nhood,
          rings,
          ...box,
          south: Math.min(...(ys ?? [])),
          north: Math.max(...(ys ?? [])),
        };
      }),
    );
    const counts = new Map<string, number>();
    const rows: Record<string, string>[] = parse(readFileSync(`${folder}/sf311.csv`), { columns: true, bom: true });
    for (const { Long, Lat, Category, Opened } of rows) {
      const [x, y] = [Number(Long), Number(Lat)];
      const isIn = ({ rings, west, east, south, north }: (typeof areas)[number]) =>
        x >= west &&
        x <= east &&
        y >= south &&
        y <= north &&
        rings.filter((ring) => isInRing(x, y, ring)).length % 2 === 1;
      const key = [areas.find(isIn)?.name, Category, Opened?.slice(0, 7)].join('|');
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    return counts;
  };

  test("neighbourhood × category × month: every count is a plain script's", async () => {
    const context = { facts, db: database.connection.db, scope: scopeIn(facts, 'SF-1') };
    const { cells, isComplete } = await answer(context, {
      metric: 'event.reported',
      dimensions: ['community', 'categoryL1', 'month'],
      question: { division: null, period: 'all', at: '2016-02-01T00:00:00-08:00', filters: [] },
      limit: 5000,
    });
    const { sql } = database.connection;
    const names = await sql<{ code: string; name: string }[]>`
      select code, name_en as name from division where level = 5 union all
      select code, en from term where list = 'event-category-l1'`;
    const nameOf = new Map(names.map(({ code, name }) => [code, name]));
    const counted = cells.map(({ at, value }) => [
      [nameOf.get(at.community ?? ''), nameOf.get(at.categoryL1 ?? ''), at.month].join('|'),
      value,
    ]);
    const wanted = plainCounts();
    expect(isComplete).toBe(true);
    expect(wanted.size).toBeGreaterThan(3000);
    expect(Object.fromEntries(counted)).toEqual(Object.fromEntries(wanted));
  });
});
