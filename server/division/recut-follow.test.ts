import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RecutProposal } from '@/data/model/recut';
import { verifyLines } from '../audit/store';
import * as schema from '../db/schema';
import { servers, type TestDatabase, testDatabase } from '../db/testing';
import { buildingOf, grids, loadTown, townScope } from '../db/testing-town';
import { runDueJobs } from '../job/worker';
import { type Facts, openFacts } from '../metric/follower';
import { catchUp } from '../metric/testing-follow';
import { sealer } from '../person/sealed';
import { createCaller } from '../trpc/root';
import { adoptRecut } from './recut';
import { recutJobs } from './recut-sweep';
import { readOutlines } from './store';

const [first, second, far] = grids;
const subdistrict = first.slice(0, 9);
const [near, other] = [first.slice(0, 12), far.slice(0, 12)];
const town = `${subdistrict}030`;
const townPath = `/44/4403/DP/${subdistrict}/${town}/`;
const scope = townScope('R2', 'DP');

describe.each(servers())('what stands in a community that ends on %s', (server) => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await testDatabase({ server });
    await loadTown(database.connection);
  });
  afterEach(() => database.end());

  const pathOf = (code: string) => `/44/4403/DP/${subdistrict}/${code}/`;
  const hour = (n: number) => new Date(Date.now() + n * 3_600_000);

  /** Both communities of the sub-district become one; their grids keep their outlines. */
  const merge = async () => {
    const outlines = await readOutlines(database.connection, scope, 'grid');
    const fresh = [first, second, far].map((code, index) => {
      const geometry = outlines.find((outline) => outline.code === code)?.geometry;
      if (!geometry) throw new Error(code);
      const names = { name: `格${index}`, nameEn: `Grid ${index}` };
      return { code: `${town}0${index + 1}`, community: town, ...names, geometry, workers: [] };
    });
    const proposal: RecutProposal = {
      ...{ within: subdistrict, reason: '两社区合并', ends: [near, other, first, second, far], grids: fresh },
      communities: [{ code: town, name: '合社区', nameEn: 'Joined' }],
    };
    return adoptRecut(database.connection, scope, proposal);
  };

  const furnish = async () => {
    const { db } = database.connection;
    const seal = await sealer('volunteer');
    const place = { subdistrict_code: subdistrict, community_code: near };
    const team = { id: 'T1', name: '队', name_en: 'Team', service_code: '1', division_code: near, path: pathOf(near) };
    await db.insert(schema.volunteer_team).values({ ...team, ...place });
    await db.insert(schema.volunteer).values([
      ...Array.from({ length: 12 }, (_, n) => ({
        ...{ ...place, id: `V${n}`, team_id: 'T1', sealed: seal(`V${n}`, '王小明'), joined_at: hour(-50) },
      })),
      { ...place, id: 'V99', team_id: 'T1', sealed: seal('V99', '李红'), joined_at: hour(-50), left_at: hour(-40) },
    ]);
    const call = (id: string, ends: Date) => ({
      ...{ ...place, id, division_code: near, path: pathOf(near), service_code: '1', title: '召集', n_wanted: 3 },
      ...{ starts_at: hour(-9), ends_at: ends, issued_at: hour(-20), actor_id: 'R4', actor_role: 'R4' },
    });
    const [over, open] = [randomUUID(), randomUUID()];
    await db.insert(schema.volunteer_call).values([call(over, hour(-8)), call(open, hour(5))]);
    const [running, closed] = [randomUUID(), randomUUID()];
    for (const id of [running, closed]) {
      const told = { name: '整治', categories: [], department_code: '1', starts_on: '2026-01-01', goal: '好' };
      await db.insert(schema.campaign).values({ id, ...told });
      await db.insert(schema.campaign_area).values([
        { campaign_id: id, seq: 1, division_code: near, path: pathOf(near) },
        { campaign_id: id, seq: 2, division_code: other, path: pathOf(other) },
      ]);
    }
    const move = { at: hour(-1), actor_id: 'R2', actor_role: 'R2', ends_on: '2026-12-31', note: '' };
    await db.insert(schema.campaign_move).values({ ...move, campaign_id: closed, seq: 1, kind: 'close' });
    return { over, open, running, closed };
  };

  test('teams, calls, campaigns and Views follow to the heir; what is over stays', async () => {
    const { sql, db } = database.connection;
    const { over, open, running, closed } = await furnish();
    const view = (division: string, at: string | null) => ({
      ...{ owner_id: `R4:${near}`, owner_role: 'R4', owner_division: near, name: `${at}`, screen: 'mid' },
      ...{ view: { division, at }, path: pathOf(near) },
    });
    await db.insert(schema.saved_view).values([view(near, null), view(near, '2026-01-01T00:00:00Z')]);
    await merge();
    expect(await sql`select division_code, path, community_code from volunteer_team`).toEqual([
      { division_code: town, path: townPath, community_code: town },
    ]);
    const calls = await sql`select id, division_code from volunteer_call`;
    expect(new Map(calls.map((row) => [row.id, row.division_code]))).toEqual(
      new Map([
        [over, near],
        [open, town],
      ]),
    );
    const areas = async (id: string) =>
      (await sql`select division_code as code from campaign_area where campaign_id = ${id} order by seq`).map(
        ({ code }) => code,
      );
    expect(await areas(running)).toEqual([near, other, town]);
    expect(await areas(closed)).toEqual([near, other]);
    const views = await sql`
      select view ->> 'division' as division, path, owner_id from saved_view order by view ->> 'at' nulls first`;
    expect(views).toEqual([
      { division: town, path: townPath, owner_id: `R4:${town}` },
      { division: near, path: pathOf(near), owner_id: `R4:${town}` },
    ]);
    expect(await sql`select code, heir_code from division where code in (${near}, ${other}) order by 1`).toEqual(
      [near, other].sort().map((code) => ({ code, heir_code: town })),
    );
  });

  test('volunteers stand for figures where they are now, and of before where they were', async () => {
    await furnish();
    const facts: Facts = await openFacts(database.connection, { file: null });
    try {
      const places = async () => {
        await catchUp(facts, database.connection.sql);
        const rows = await facts.query(
          `select community, placed_from is null as begins, placed_to is null as lasts, count(*)::int as n
          from volunteer where left_at is null group by all order by 1`,
        );
        return rows.map(({ community, begins, lasts, n }) => [community, begins, lasts, n]);
      };
      expect(await places()).toEqual([[near, true, true, 12]]);
      await merge();
      expect(await places()).toEqual([
        [near, true, false, 12],
        [town, false, true, 12],
      ]);
    } finally {
      facts.close();
    }
  });

  test('a visit that collected goes with its building: the new grid is told of it, of before the old one', async () => {
    const { connection } = database;
    const { db, sql } = connection;
    const id = randomUUID();
    const at = hour(-1);
    await db.insert(schema.collection).values({
      ...{ id, building_code: buildingOf(first), dwelling_code: null, events: [], digest: 'x', at, recorded_at: at },
      ...{ subdistrict_code: subdistrict, community_code: near, grid_code: first },
      ...{ actor_id: `R5:${first}`, actor_role: 'R5' },
    });
    const item = { collection_id: id, kind: 'entity', act: 'add', before: {}, after: {} } as const;
    await db.insert(schema.collection_item).values([
      { ...item, candidates: [], seq: 1, method: 'none', why: 'several' },
      { ...item, candidates: [], seq: 2, method: 'number' },
    ]);
    const facts: Facts = await openFacts(connection, { file: null });
    try {
      const linked = async () => {
        await catchUp(facts, sql);
        const rows = await facts.query(
          `select grid, placed_from is null as begins, placed_to is null as lasts, linked_at is null as open, sum(n)::int as n
          from link group by all order by all`,
        );
        return rows.map(({ grid, begins, lasts, open, n }) => [grid, begins, lasts, open, n]);
      };
      const before = [first, true] as const;
      expect(await linked()).toEqual([
        [...before, true, false, 1],
        [...before, true, true, 1],
      ]);
      await merge();
      const grid = `${town}01`;
      expect(await linked()).toEqual([
        [...before, false, false, 1],
        [...before, false, true, 1],
        [grid, false, true, false, 1],
        [grid, false, true, true, 1],
      ]);
      const [placed] = await sql`select community_code as c, grid_code as g, actor_id as who from collection`;
      expect(placed).toEqual({ c: town, g: grid, who: `R5:${first}` });
      const worker = { ...townScope('R5', grid, 'small'), level: 'grid', path: `${townPath}${grid}/` } as const;
      const { buildings } = await createCaller({ scope: worker, connection }).collection.sheet();
      expect(buildings.flatMap(({ doors }) => doors.flatMap(({ collectedAt }) => collectedAt ?? []))).toEqual([
        at.toISOString(),
      ]);
      const desk = { ...townScope('R4', town), level: 'community', path: townPath } as const;
      const open = await createCaller({ scope: desk, connection }).collection.unmatched();
      expect(open.map(({ id: visit, seq }) => [visit, seq])).toEqual([[id, 1]]);
      await expect(sql`update collection set at = now()`).rejects.toThrow();
      await expect(sql`delete from collection`).rejects.toThrow();
    } finally {
      facts.close();
    }
  });

  test('a part of an open ticket goes on in the heir with its history; a twin of it stays where it was', async () => {
    const { db, sql } = database.connection;
    const ids = { open: randomUUID(), closed: randomUUID() };
    for (const [name, id] of Object.entries(ids)) {
      await db.insert(schema.control).values({
        ...{ id, number: name, source_code: '1', level: 3, title: '险', evidence: '证', division_code: near },
        ...{ origin_code: subdistrict, pushed_at: hour(-3), due_at: hour(9), client_key: id },
        closed_at: name === 'closed' ? hour(-1) : null,
      });
      const part = { control_id: id, level: 'community' as const, duty: '办', passed_at: hour(-3), version: 1 };
      const due = { sign_due_at: hour(1), due_at: hour(8), state: 'waiting' as const, parent_code: subdistrict };
      await db.insert(schema.control_part).values([
        { ...part, ...due, division_code: near, path: pathOf(near) },
        { ...part, ...due, division_code: other, path: pathOf(other) },
      ]);
      await db.insert(schema.control_move).values({
        ...{ control_id: id, seq: 1, division_code: near, version: 1, step: 'sign', to_state: 'signed' },
        ...{ at: hour(-2), actor_id: 'R4', actor_role: 'R4', actor_division: near },
      } as typeof schema.control_move.$inferInsert);
    }
    await merge();
    const parts = (id: string) =>
      sql`select division_code as code, path from control_part where control_id = ${id} order by 1`;
    const kept = [near, other].sort();
    expect(await parts(ids.closed)).toEqual(kept.map((code) => ({ code, path: pathOf(code) })));
    expect(await parts(ids.open)).toEqual(
      [
        { code: kept[1], path: pathOf(kept[1] ?? '') },
        { code: town, path: townPath },
      ].sort((a, b) => ((a.code ?? '') < (b.code ?? '') ? -1 : 1)),
    );
    expect(await sql`select division_code as code from control_move where control_id = ${ids.open}`).toEqual([
      { code: kept[0] === near ? town : near },
    ]);
  });

  test('posts follow once, sign-ins go on in them, and each is a line of the audit', async () => {
    const { db, sql } = database.connection;
    const life = { created_at: hour(-90), updated_at: hour(-90) };
    const named = (id: string) => ({ id: `@${id}`, name: id, username: id, email: id, email_verified: true, ...life });
    await db.insert(schema.account).values([named('one'), named('two')]);
    const post = (account_id: string, division_code: string) => ({
      ...{ id: randomUUID(), account_id, role: 'R4', division_code, valid_from: hour(-80), granted_by: 'terminal' },
    });
    const posts = [post('@one', near), post('@one', other), post('@two', other), post('@two', subdistrict)];
    await db.insert(schema.account_post).values(posts);
    await db.insert(schema.account_session).values({
      ...{ id: 's', token: 's', user_id: '@one', expires_at: hour(5), post_id: posts[0]?.id, ...life },
    });
    const { id } = await merge();
    const held = await sql`select account_id, division_code, granted_by from account_post
      where valid_to is null order by 1, 2`;
    expect(held).toEqual([
      { account_id: '@one', division_code: town, granted_by: `recut ${id}` },
      { account_id: '@two', division_code: subdistrict, granted_by: 'terminal' },
      { account_id: '@two', division_code: town, granted_by: `recut ${id}` },
    ]);
    const [session] = await sql`select p.division_code from account_session s join account_post p on p.id = s.post_id`;
    expect(session?.division_code).toBe(town);
    const lines =
      await sql`select action, subject, purpose from audit_line where action like 'account.%' order by 1, 2, 3`;
    expect(lines.map(({ action, subject, purpose }) => [action, subject, purpose])).toEqual([
      ['account.grant', '@one', `R4:${town}`],
      ['account.grant', '@two', `R4:${town}`],
      ...[
        ['account.withdraw', '@one', `R4:${near}`],
        ['account.withdraw', '@one', `R4:${other}`],
      ].sort(),
      ['account.withdraw', '@two', `R4:${other}`],
    ]);
    expect((await verifyLines(database.connection)).brokenAt).toBeNull();
  });

  test('a report that was under way while boundaries changed is placed anew by the sweep', async () => {
    const { sql, db } = database.connection;
    const late = {
      ...{ id: 'late', number: 'late', title: '迟', category_code: '0101', category_l1: '01', level: 3 },
      ...{ source_code: '1', status: 'S40' as const, lng: 114.502, lat: 22.522, reported_at: hour(-1) },
      ...{ status_at: hour(-1), subdistrict_code: subdistrict, community_code: near, grid_code: first },
    };
    let adopted = '';
    // it has looked up its grid, and is committed after the re-cut
    await db.transaction(async (tx) => {
      await tx.insert(schema.event).values(late);
      adopted = (await merge()).id;
    });
    const placed = async () =>
      (await sql`select community_code as community, grid_code as grid from event where id = 'late'`)[0];
    expect(await placed()).toEqual({ community: near, grid: first });
    await runDueJobs(database.connection, recutJobs, { clock: hour(1) });
    expect(await placed()).toEqual({ community: town, grid: `${town}01` });
    const [past] = await sql`select recut_id, grid_code from placement_past where record_id = 'late'`;
    expect(past).toEqual({ recut_id: adopted, grid_code: first });
  });
});
