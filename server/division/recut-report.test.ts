import { bbox, bboxPolygon } from '@turf/turf';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Area } from '@/data/model/geo';
import type { RecutProposal } from '@/data/model/recut';
import { reportKeys } from '@/data/model/report';
import type { Scope } from '@/data/model/scope';
import { type TestDatabase, testDatabase, testNow } from '../db/testing';
import { type Facts, openFacts } from '../metric/follower';
import { catchUp } from '../metric/testing-follow';
import { docxOf, makeReport } from '../report/file';
import { adoptRecut, previewRecut } from './recut';
import { commonOf } from './recut-outline';

let database: TestDatabase;
let facts: Facts;
let scope: Scope;

beforeAll(async () => {
  database = await testDatabase({ demo: 'tiny' });
  facts = await openFacts(database.connection, { file: null });
  const { root, rootPath } = facts.meta().installation;
  scope = { division: root, path: rootPath, level: 'district', role: 'R2', screen: 'mid', post: root, actorId: 'R2' };
});
afterAll(async () => {
  facts?.close();
  await database?.end();
});

/** A report of a day before, for the whole district and for the community: figures, and pictures of its file. */
const reportsAt = async (community: string) => {
  await catchUp(facts, database.connection.sql);
  const context = { facts, connection: database.connection, scope };
  const at = testNow.toISOString();
  const told = [];
  for (const page of reportKeys)
    for (const division of [null, community]) {
      const place = { division, period: '2026-11-09/2026-11-16', at, known: 'now' } as const;
      const made = await makeReport(context, { page, place, lang: 'zh' });
      const file = unzipSync(await docxOf(context, made, [['n', '1']]));
      const pictures = Object.keys(file).filter((name) => name.startsWith('word/media/'));
      told.push({
        ...{ page, division, title: made.title, pictures: pictures.map((name) => [name, file[name]]) },
        cells: made.sections.flatMap(({ blocks }) =>
          blocks.map(({ block, answers }) => [block.key, Object.values(answers).map(({ cells }) => cells)]),
        ),
      });
    }
  return told;
};

/** The busiest grid of the demo cut along its middle, everybody in it but the first worker to the east. */
const splitOf = async (): Promise<{ old: string; proposal: RecutProposal }> => {
  const { sql } = database.connection;
  const [row] = await sql<{ code: string; parent_code: string; geometry: Area }[]>`
    select code, parent_code, geometry from division d where level = 6
    order by (select count(*) from building where grid_code = d.code) desc, code limit 1`;
  if (!row) throw new Error('The demo has no grid.');
  const workers = await sql<{ id: string }[]>`select id from worker where grid_code = ${row.code} order by id`;
  const [west, south, east, north] = bbox(row.geometry) as [number, number, number, number];
  const middle = (west + east) / 2;
  const part = (from: number, to: number, n: string, own: string[]) => {
    const strip = bboxPolygon([from, south - 1, to, north + 1]).geometry as Area;
    const geometry = commonOf(row.geometry, strip);
    if (!geometry) throw new Error('Half a grid has no ground.');
    const code = `${row.parent_code}${n}`;
    return { code, community: row.parent_code, name: `格${n}`, nameEn: `Grid ${n}`, geometry, workers: own };
  };
  const [first, ...others] = workers.map(({ id }) => id);
  const halves = [part(west - 1, middle, '91', first ? [first] : []), part(middle, east + 1, '92', others)];
  const proposal = {
    within: row.parent_code,
    reason: '网格一分为二',
    ends: [row.code],
    communities: [],
    grids: halves,
  };
  return { old: row.code, proposal };
};

test('real outlines are split, nothing is lost, and a report of before is the same', { timeout: 240_000 }, async () => {
  const { sql } = database.connection;
  const { old, proposal } = await splitOf();
  const before = await reportsAt(proposal.within);
  const standing = async (grids: string[]) => {
    const [row] = await sql<Record<string, number>[]>`
      select (select count(*)::int from building where grid_code in ${sql(grids)}) as buildings,
        (select count(*)::int from entity where grid_code in ${sql(grids)}) as entities,
        (select count(*)::int from event where grid_code in ${sql(grids)} and status not in ('S21', 'S61', 'S62', 'S70', 'S90'))
          as open`;
    return row;
  };
  const stood = await standing([old]);
  const { faults } = await previewRecut(database.connection, scope, proposal);
  // one half has open events and one worker is too few where the grid has but one
  const isShort = faults.some(({ reason }) => reason === 'recut_no_worker');
  expect(faults.filter(({ reason }) => reason !== 'recut_no_worker')).toEqual([]);
  if (isShort) {
    const [half] = faults.map(({ code }) => code);
    await sql`
      insert into worker (id, name, worker_type, grid_code, community_code, subdistrict_code)
      select 'new', '新', 'G1', grid_code, community_code, subdistrict_code from building where grid_code = ${old} limit 1`;
    proposal.grids.find(({ code }) => code === half)?.workers.push('new');
  }
  await adoptRecut(database.connection, scope, proposal);
  const codes = proposal.grids.map(({ code }) => code);
  expect(await standing(codes)).toEqual(stood);
  for (const code of codes) expect((await standing([code]))?.buildings).toBeGreaterThan(0);
  expect((await standing([old]))?.buildings).toBe(0);
  const [blocks] = await sql<{ n: number; placed: number }[]>`
    select (select count(*)::int from block where grid_code in ${sql(codes)}) as n,
      (select count(*)::int from building where grid_code in ${sql(codes)} and block_code is not null) as placed`;
  expect(blocks?.n).toBeGreaterThanOrEqual(2);
  expect(blocks?.placed).toBe(stood?.buildings);
  expect(await reportsAt(proposal.within)).toEqual(before);
});
