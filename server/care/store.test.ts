import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Role, roles, type ScreenKey, screenKeys } from '@/data/model/scope';
import { resolveScope } from '../access/store';
import { audit_line, care, care_visit } from '../db/schema';
import { type TestDatabase, testDatabase } from '../db/testing';
import { createCaller } from '../trpc/root';
import { visitDue } from './simulate';
import { dueAfter } from './visit';

let database: TestDatabase;
let grid: string;
let community: string;

beforeAll(async () => {
  database = await testDatabase({ demo: 'tiny' });
  const [row] = await database.connection.db.execute<{ grid: string }>(
    sql`select grid_code as grid from care where group_code = 'C01' group by 1 order by count(*) desc, 1 limit 1`,
  );
  grid = row?.grid ?? '';
  community = grid.slice(0, 12);
});
afterAll(() => database.end());

const callerOf = async (role: Role, division: string, screen: ScreenKey = 'mid') => {
  const scope = await resolveScope(database.connection, { badge: undefined, screen });
  const [place] = await database.connection.db.execute<{ path: string; level: number }>(
    sql`select path, level from division where code = ${division}`,
  );
  const level = (['province', 'city', 'district', 'subdistrict', 'community', 'grid'] as const)[
    (place?.level ?? 3) - 1
  ];
  return createCaller({
    scope: {
      ...scope,
      role,
      division,
      path: place?.path ?? '',
      level: level ?? 'grid',
      actorId: `${role}:${division}`,
    },
    connection: database.connection,
  });
};
const worker = () => callerOf('R5', grid, 'small');
const audited = async () => (await database.connection.db.select().from(audit_line).orderBy(audit_line.seq)).at(-1);
const look = { purpose: 'visit' as const };

describe('who is told', () => {
  test('posts that work with people, never a wall; the sensitive groups their community and grid alone', async () => {
    const root = (await resolveScope(database.connection, { badge: undefined, screen: 'mid' })).division;
    for (const role of roles)
      for (const screen of screenKeys) {
        const caller = await callerOf(role, root, screen);
        const groups = await caller.care.groups();
        const may = screen !== 'big' && ['R2', 'R3', 'R4', 'R5'].includes(role);
        expect(groups.includes('C01'), `${role} ${screen}`).toBe(may);
        expect(groups.includes('C14'), `${role} ${screen}`).toBe(may && ['R4', 'R5'].includes(role));
        if (!may) await expect(caller.care.list(look)).rejects.toMatchObject({ code: 'FORBIDDEN' });
        if (!may || role !== 'R5')
          await expect(caller.care.reveal({ ...look, id: 'x', reason: 'none of yours' })).rejects.toMatchObject({
            code: 'FORBIDDEN',
          });
      }
  });

  test('own territory alone, masked, and the look is on record', async () => {
    const { rows, total } = await (await worker()).care.list(look);
    const [{ n } = { n: 0 }] = await database.connection.db.execute<{ n: number }>(
      sql`select count(*)::int as n from care where grid_code = ${grid}`,
    );
    expect([rows.length, total]).toEqual([n, n]);
    expect(rows.every((row) => row.grid === grid && /^.\*+$/.test(row.name))).toBe(true);
    expect(await audited()).toMatchObject({ action: 'care.list', n_rows: n, purpose: 'visit', actor_id: `R5:${grid}` });
    const [other] = await database.connection.db.select().from(care).where(sql`grid_code <> ${grid}`).limit(1);
    const stranger = { ...look, id: other?.id ?? '' };
    await expect((await worker()).care.byId(stranger)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect((await worker()).care.reveal({ ...stranger, reason: 'not mine' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect((await worker()).care.list({ ...look, division: other?.community_code ?? '' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect((await audited())?.action).toBe('care.list');
  });

  test('windows and groups part the list', async () => {
    const caller = await callerOf('R4', community);
    const all = await caller.care.list(look);
    const inWindow = async (window: 'overdue' | 'week' | 'need') => (await caller.care.list({ ...look, window })).rows;
    expect((await inWindow('overdue')).every(({ isOverdue }) => isOverdue)).toBe(true);
    expect((await inWindow('week')).every(({ isOverdue }) => !isOverdue)).toBe(true);
    expect((await inWindow('need')).every(({ need }) => need !== null)).toBe(true);
    let sum = 0;
    for (const group of new Set(all.rows.map((row) => row.group)))
      sum += (await caller.care.list({ ...look, group })).total;
    expect(sum).toBe(all.total);
  });

  test('who it is: the grid’s worker, for a reason, for ten minutes, on record', async () => {
    const [row] = (await (await worker()).care.list(look)).rows;
    const who = { ...look, id: row?.id ?? '' };
    await expect((await worker()).care.reveal({ ...who, reason: 'x' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    const told = await (await worker()).care.reveal({ ...who, reason: 'no answer at the door' });
    expect(told.name).not.toContain('*');
    expect(Date.parse(told.until) - Date.now()).toBeLessThanOrEqual(600_000);
    expect(await audited()).toMatchObject({
      action: 'care.reveal',
      subject: row?.id,
      purpose: 'visit: no answer at the door',
    });
  });
});

describe('visits', () => {
  const take = async () => {
    const { rows } = await (await worker()).care.list({ ...look, group: 'C01' });
    const row = rows.find(({ seq }) => seq !== null);
    return { id: row?.id ?? '', seq: row?.seq ?? 0, clientKey: randomUUID() };
  };
  const cardOf = async (id: string) => (await worker()).care.byId({ ...look, id });

  test('one that is told is followed by the next a week on; a repeated send changes nothing, another conflicts', async () => {
    const visit = await take();
    const told = { ...visit, result: 'need' as const, note: 'a walking stick' };
    const first = await (await worker()).care.visit(told);
    expect(first.dueAt).toBe(dueAfter(new Date(), 7, 'Asia/Shanghai').toISOString());
    expect(await (await worker()).care.visit(told)).toEqual(first);
    const again = { ...told, clientKey: randomUUID() };
    await expect((await worker()).care.visit(again)).rejects.toMatchObject({ code: 'CONFLICT' });
    const card = await cardOf(visit.id);
    expect([card.seq, card.need, card.visits[1]?.result]).toEqual([visit.seq + 1, 'a walking stick', 'need']);
    const next = { ...visit, seq: visit.seq + 1, clientKey: randomUUID(), result: 'well' as const };
    await (await worker()).care.visit(next);
    expect((await cardOf(visit.id)).need).toBeNull();
    await expect(
      database.connection.db.update(care_visit).set({ result: 'well' }).where(eq(care_visit.seq, visit.seq)),
    ).rejects.toThrow();
  });

  test('of two at once one is told, and one next visit follows', async () => {
    const visit = await take();
    const both = await Promise.allSettled(
      [1, 2].map(async () => (await worker()).care.visit({ ...visit, clientKey: randomUUID(), result: 'well' })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const rows = await database.connection.db.select().from(care_visit).where(eq(care_visit.care_id, visit.id));
    expect(rows.filter(({ visited_at }) => visited_at === null)).toHaveLength(1);
  });

  test('nobody met: it stays due; a need must be named; who has left is due no more', async () => {
    const visit = await take();
    const before = await cardOf(visit.id);
    await (await worker()).care.visit({ ...visit, result: null });
    expect((await cardOf(visit.id)).dueAt).toBe(before.dueAt);
    const bare = { ...visit, clientKey: randomUUID(), result: 'need' as const, note: ' ' };
    await expect((await worker()).care.visit(bare)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    await (await worker()).care.visit({ ...visit, clientKey: randomUUID(), result: 'left' });
    const after = await cardOf(visit.id);
    expect([after.seq, after.until === null, after.mayVisit]).toEqual([null, false, false]);
    expect((await (await worker()).care.list(look)).rows.map(({ id }) => id)).not.toContain(visit.id);
  });

  test('a resident is taken in once by the community, and let go with his open visit', async () => {
    const [home] = await database.connection.db.execute<{ person: number; dwelling: string }>(sql`
      select r.person_id::int as person, r.dwelling_code as dwelling from residence r
      join dwelling d on d.code = r.dwelling_code join building b on b.code = d.building_code
      where b.grid_code = ${grid} and r.to_on is null and not exists (select from care c where c.person_id = r.person_id)
      order by r.id limit 1`);
    const wanted = { person: home?.person ?? 0, dwelling: home?.dwelling ?? '', group: 'C18', clientKey: randomUUID() };
    const keeper = await callerOf('R4', community);
    const { id } = await keeper.care.enrol(wanted);
    expect(await keeper.care.enrol({ ...wanted, clientKey: randomUUID() })).toEqual({ id });
    await expect((await worker()).care.enrol(wanted)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(keeper.care.enrol({ ...wanted, person: 1_000_000 })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await cardOf(id)).visits).toHaveLength(1);
    await keeper.care.end({ id });
    const card = await cardOf(id);
    expect([card.until !== null, card.visits]).toEqual([true, []]);
  });
});

test('the audit: numbers without a gap from many at once, and no line is changed or taken out', async () => {
  const { db } = database.connection;
  await Promise.all(Array.from({ length: 20 }, async () => (await worker()).care.list(look)));
  const auditor = await callerOf('R8', community);
  const sound = await auditor.audit.verify();
  expect([sound.brokenAt, sound.nLines]).toEqual([null, (await audited())?.seq]);
  expect((await auditor.audit.list({}))[0]).toMatchObject({ seq: sound.nLines, action: 'care.list', division: grid });
  await expect((await callerOf('R4', community)).audit.list({})).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(db.delete(audit_line)).rejects.toThrow();
  await expect(db.update(audit_line).set({ purpose: 'none' })).rejects.toThrow();
});

test('workers of the demo visit whom they should, and nobody twice', async () => {
  const { db } = database.connection;
  const open = () =>
    db
      .select({ id: care_visit.care_id })
      .from(care_visit)
      .where(sql`visited_at is null and voided_at is null and due_at < now()`);
  const before = (await open()).length;
  const workerOf = async (code: string) => {
    const [place] = await db.execute<{ path: string }>(sql`select path from division where code = ${code}`);
    const scope = await resolveScope(database.connection, { badge: undefined, screen: 'small' });
    return { ...scope, role: 'R5' as const, division: code, path: place?.path ?? '', level: 'grid' as const };
  };
  await visitDue(database.connection, workerOf, new Date());
  const after = (await open()).length;
  expect([before > 0, after < before]).toEqual([true, true]);
  const ids = (
    await db.select({ id: care_visit.care_id }).from(care_visit).where(sql`visited_at is null and voided_at is null`)
  ).map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});
