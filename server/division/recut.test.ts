import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { LngLat } from '@/data/model/geo';
import type { NewGrid, RecutProposal } from '@/data/model/recut';
import * as schema from '../db/schema';
import { servers, type TestDatabase, testDatabase } from '../db/testing';
import { grids, loadTown, townScope } from '../db/testing-town';
import { answer } from '../metric/answer';
import { type Facts, openFacts } from '../metric/follower';
import { catchUp } from '../metric/testing-follow';
import { createCaller } from '../trpc/root';
import { locatorOf } from './locate';
import { adoptRecut, previewRecut } from './recut';
import { readProposal } from './recut-file';
import { readCovering, readOutlines, readTree } from './store';

const [first, second] = grids;
const community = first.slice(0, 12);
const scope = townScope('R2', 'DP');

/** A strip of the first community in hundredths of a degree from its south-west corner. */
const strip = (from: number, to: number, top = 0.5): NewGrid['geometry'] => {
  const [west, east] = [114.5 + from / 100, 114.5 + to / 100];
  const [south, north] = [22.52, 22.52 + top / 100];
  const ring: LngLat[] = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
  return { type: 'Polygon', coordinates: [ring] };
};

const grid = (n: string, from: number, to: number, rest: Partial<NewGrid> = {}): NewGrid => ({
  ...{
    code: `${community}${n}`,
    community,
    name: `新格${n}`,
    nameEn: `New ${n}`,
    geometry: strip(from, to),
    workers: [],
  },
  ...rest,
});

const proposalOf = (ends: string[], ...made: NewGrid[]): RecutProposal => ({
  ...{ within: community, reason: '网格过大，一分为二', ends, communities: [], grids: made },
});
const split = () => proposalOf([first], grid('11', 0, 0.3), grid('12', 0.3, 0.5, { workers: ['W9'] }));
const merge = () => proposalOf([`${community}12`, second], grid('13', 0.3, 1));

const metrics = [
  'building.count',
  'dwelling.count',
  'person.resident',
  'entity.count',
  'asset.count',
  'event.reported',
  'event.open',
  'worker.count',
];

describe.each(servers())('boundaries cut anew on %s', (server) => {
  let database: TestDatabase;
  let facts: Facts;

  /** A second building, shop, worker and open event in the east of the first grid, and a closed event there. */
  const furnish = async () => {
    const { db } = database.connection;
    const [lng, lat] = [114.504, 22.522];
    const place = {
      ...{ lng, lat, subdistrict_code: first.slice(0, 9), community_code: community },
      ...{ grid_code: first, block_code: `${first}-1` },
    };
    await db.insert(schema.building).values({
      ...{ ...place, code: 'B9', name: '东楼', name_en: 'East', address: '东路9号', house_type: '1', storeys: 2 },
      ...{ area_sqm: 400, footprint: [], valid_from: new Date('2026-01-01T00:00:00Z') },
    });
    await db.update(schema.building).set({ valid_from: new Date('2026-01-01T00:00:00Z') });
    await db.insert(schema.worker).values({
      ...{ id: 'W9', name: '赵九', worker_type: 'G1', subdistrict_code: first.slice(0, 9) },
      ...{ community_code: community, grid_code: first },
    });
    const at = new Date('2026-11-22T01:00:00Z');
    const event = {
      ...{ ...place, title: '东', category_code: '0101', category_l1: '01', level: 3, source_code: '1' },
      ...{ building_code: 'B9', reported_at: at, status_at: at },
    };
    await db.insert(schema.event).values([
      { ...event, id: 'open', number: 'open', status: 'S40' },
      { ...event, id: 'done', number: 'done', status: 'S70', closed_at: at },
    ]);
  };

  beforeEach(async () => {
    database = await testDatabase({ server });
    await loadTown(database.connection);
    await furnish();
    facts = await openFacts(database.connection, { file: null });
  });
  afterEach(async () => {
    facts?.close();
    await database?.end();
  });

  const clock = async () => {
    await sleep(20);
    const [row] = await database.connection.sql<{ at: Date }[]>`select clock_timestamp() as at`;
    await sleep(20);
    return new Date(row?.at ?? 0).toISOString();
  };

  const figures = async (at: string | null, key: 'grid' | 'community' = 'grid') => {
    await catchUp(facts, database.connection.sql);
    const told: Record<string, Record<string, number | null>> = {};
    for (const metric of metrics)
      for (const known of ['now', 'then'] as const) {
        const question = { division: null, period: 'P30D', at, known, filters: [] } as const;
        const ask = { metric, dimensions: [key], question: { ...question, filters: [] }, complete: true };
        const { cells } = await answer({ facts, db: database.connection.db, scope }, ask);
        told[`${metric} ${known}`] = Object.fromEntries(cells.map((cell) => [cell.at[key], cell.value]));
      }
    return told;
  };

  test('a grid is split by position, counts add up, and all is told as it was before', async () => {
    const before = await clock();
    const old = await figures(before);
    const oldCommunities = await figures(before, 'community');
    expect(old['building.count now']).toMatchObject({ [first]: 2, [second]: 1 });
    expect(old['event.open then']).toMatchObject({ [first]: 2 });
    const preview = await previewRecut(database.connection, scope, split());
    expect(preview).toMatchObject({ faults: [], outside: [] });
    const wanted = { building: [1, 1], entity: [1, 0], asset: [2, 0], worker: [1, 1], event: [1, 1] };
    for (const [kind, [west, east]] of Object.entries(wanted))
      for (const [n, count] of [
        ['11', west],
        ['12', east],
      ] as const)
        expect(preview.moves.find((move) => move.kind === kind && move.to === `${community}${n}`)?.n ?? 0, kind).toBe(
          count,
        );
    expect(preview.dwellings).toEqual([{ from: first, to: `${community}11`, n: 2 }]);
    expect(preview.residents).toEqual([{ from: first, to: `${community}11`, n: 3 }]);

    const { nMoved } = await adoptRecut(database.connection, scope, split());
    expect(nMoved).toBe(9);
    expect(await figures(before)).toEqual(old);
    expect(await figures(before, 'community')).toEqual(oldCommunities);
    const now = await figures(null);
    expect(now['building.count now']).toEqual({
      ...{ [`${community}11`]: 1, [`${community}12`]: 1, [second]: 1, [grids[2]]: 1, [grids[3]]: 1 },
    });
    expect(now['event.open now']).toMatchObject({ [`${community}11`]: 1, [`${community}12`]: 1 });
    // a closed event stays in the grid it was closed in
    expect(now['event.reported now']).toMatchObject({ [`${community}11`]: 1, [`${community}12`]: 1, [first]: 1 });
    expect((await figures(null, 'community'))['event.reported now']).toEqual(oldCommunities['event.reported now']);

    const codes = async (at: Date | null) =>
      (await readTree(database.connection, scope, at))
        .filter(({ parent }) => parent === community)
        .map(({ code }) => code);
    expect((await codes(null)).sort()).toEqual([second, `${community}11`, `${community}12`]);
    expect((await codes(new Date(before))).sort()).toEqual([first, second]);
    const drawn = async (at: Date | null) =>
      (await readOutlines(database.connection, scope, 'grid', at)).map(({ code }) => code).sort();
    expect(await drawn(new Date(before))).toEqual([...grids].sort());
    expect(await drawn(null)).not.toContain(first);
    const place = (await locatorOf(database.connection))([114.504, 22.522]);
    expect(place).toMatchObject({ grid: `${community}12`, block: `${community}12-1` });
    const { lines } = await readCovering(database.connection, scope, [114.504, 22.522]);
    expect(lines.map(({ code }) => code)).toEqual(['P01-1']);
  });

  test('two grids become one, and each earlier day keeps its own', async () => {
    await adoptRecut(database.connection, scope, split());
    const between = await clock();
    const old = await figures(between);
    await adoptRecut(database.connection, scope, merge());
    expect(await figures(between)).toEqual(old);
    const now = await figures(null);
    expect(now['building.count now']).toEqual({
      ...{ [`${community}11`]: 1, [`${community}13`]: 2, [grids[2]]: 1, [grids[3]]: 1 },
    });
    expect(now['worker.count now']).toMatchObject({ [`${community}11`]: 1, [`${community}13`]: 2 });
    const { sql } = database.connection;
    expect(await sql`select actor_id, reason from recut order by at`).toHaveLength(2);
    await expect(sql`update recut set reason = 'x'`).rejects.toThrow();
    await expect(sql`delete from placement_past`).rejects.toThrow();
    expect(await sql`select purpose from audit_line where action = 'recut.adopt'`).toHaveLength(2);
    const [row] = await sql`select count(*)::int as n from placement_past where kind = 'building' and record_id = 'B9'`;
    expect(row?.n).toBe(2);
  });

  test('communities of a sub-district are merged with their grids', async () => {
    const before = await clock();
    const old = await figures(before, 'community');
    const [north, far] = [first.slice(0, 9), grids[2]];
    const town = `${north}030`;
    const outlines = await readOutlines(database.connection, scope, 'grid');
    const fresh = [first, second, far].map((code, index) => {
      const geometry = outlines.find((outline) => outline.code === code)?.geometry;
      if (!geometry) throw new Error(code);
      return grid('', 0, 1, { code: `${town}0${index + 1}`, community: town, geometry });
    });
    const both = [community, far.slice(0, 12)];
    await adoptRecut(database.connection, scope, {
      ...{ within: north, reason: '两社区合并', ends: [...both, first, second, far], grids: fresh },
      communities: [{ code: town, name: '合社区', nameEn: 'Joined' }],
    });
    expect(await figures(before, 'community')).toEqual(old);
    const now = await figures(null, 'community');
    expect(now['building.count now']).toMatchObject({ [town]: 4 });
    expect(now['person.resident now']?.[both[0] ?? '']).toBeUndefined();
  });

  test.each<[string, string, () => RecutProposal]>([
    ['recut_gap', 'a gap', () => proposalOf([first], grid('11', 0, 0.2), grid('12', 0.3, 0.5))],
    ['recut_overlap', 'an overlap', () => proposalOf([first], grid('11', 0, 0.4), grid('12', 0.3, 0.5))],
    ['recut_beyond', 'ground of others', () => proposalOf([first], grid('11', 0, 0.3), grid('12', 0.3, 0.6))],
    ['recut_code', 'a used code', () => proposalOf([first], grid('02', 0, 0.5))],
    ['recut_code', 'a code of another form', () => proposalOf([first], grid('x1', 0, 0.5))],
    ['recut_ended', 'what is not there', () => proposalOf(['44030700901599'], grid('11', 0, 0.5))],
    [
      'recut_community',
      'a community elsewhere',
      () =>
        proposalOf(
          [first],
          grid('11', 0, 0.5, { community: grids[2].slice(0, 12), code: `${grids[2].slice(0, 12)}11` }),
        ),
    ],
    ['recut_within', 'a district', () => ({ ...split(), within: 'DP' })],
    ['recut_worker', 'a worker of another grid', () => proposalOf([first], grid('11', 0, 0.5, { workers: ['W1'] }))],
    [
      'recut_no_worker',
      'open events without a worker',
      () => proposalOf([first], grid('11', 0, 0.3), grid('12', 0.3, 0.5)),
    ],
    [
      'recut_outline',
      'an outline that crosses itself',
      () => {
        const [a, b, c, d] = [
          [114.5, 22.52],
          [114.505, 22.52],
          [114.505, 22.525],
          [114.5, 22.525],
        ] as LngLat[];
        const ring = [a, c, b, d, a] as LngLat[];
        return proposalOf([first], grid('11', 0, 0.5, { geometry: { type: 'Polygon', coordinates: [ring] } }));
      },
    ],
  ])('%s refuses %s and nothing changes', async (reason, _what, propose) => {
    const { faults } = await previewRecut(database.connection, scope, propose());
    expect(faults.map((fault) => fault.reason)).toContain(reason);
    await expect(adoptRecut(database.connection, scope, propose())).rejects.toMatchObject({ params: { reason } });
    expect(await database.connection.sql`select from division where valid_to is not null`).toHaveLength(0);
  });

  test('only the command centre may, through the API too', async () => {
    const { connection } = database;
    for (const who of [townScope('R3', 'DP'), townScope('R2', first.slice(0, 9)), townScope('R2', 'DP', 'big')])
      await expect(createCaller({ scope: who, connection }).division.recutAdopt(split())).rejects.toMatchObject({
        code: 'FORBIDDEN',
      });
    const caller = createCaller({ scope, connection });
    expect((await caller.division.recutPreview(split())).faults).toEqual([]);
    expect((await caller.division.recutAdopt(split())).nMoved).toBe(9);
  });

  test('killed in the midst it leaves nothing, and a second one meanwhile is told to wait', async () => {
    const { connection } = database;
    const { sql } = connection;
    const state = async () => [
      await sql`select code, valid_to, recut_id from division order by code`,
      await sql`select code, grid_code, block_code from building order by code`,
      await sql`select id, grid_code from event order by id`,
      await sql`select * from specialised_grid_member order by 1, 2`,
      await sql`select value from setting where key = 'installation'`,
      await sql`select code from block order by code`,
    ];
    const before = await state();
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const holding = sql.begin(async (tx) => {
      // its own history row is the last thing but three that a re-cut writes
      await tx`lock table recut in share mode`;
      const running = adoptRecut(connection, scope, split()).then(
        () => 'adopted',
        () => 'killed',
      );
      let pid: number | undefined;
      while (pid === undefined) {
        const [row] = await sql<{ pid: number }[]>`
          select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
        pid = row?.pid;
      }
      await expect(adoptRecut(connection, scope, split())).rejects.toMatchObject({ code: 'busy' });
      await sql`select pg_terminate_backend(${pid})`;
      const ended = await running;
      await held;
      return ended;
    });
    release();
    expect(await holding).toBe('killed');
    expect(await state()).toEqual(before);
    expect(await sql`select from placement_past`).toHaveLength(0);
    expect((await adoptRecut(connection, scope, split())).nMoved).toBe(9);
  });

  test('a proposal is read from a file of GeoJSON', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'recut-'));
    try {
      const file = join(folder, 'split.geojson');
      const { grids: made, ...whole } = split();
      const features = made.map(({ geometry, ...properties }) => ({ type: 'Feature', properties, geometry }));
      await writeFile(file, JSON.stringify({ type: 'FeatureCollection', features, ...whole }));
      expect(await readProposal(file)).toEqual(split());
      await writeFile(file, '{"type":"FeatureCollection","features":[]}');
      await expect(readProposal(file)).rejects.toMatchObject({ code: 'invalid' });
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
