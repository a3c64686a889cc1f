import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { PlanItem } from '@/data/model/assessment';
import { type Role, roles, type Scope, type ScreenKey, screenKeys } from '@/data/model/scope';
import { resolveScope } from '../access/store';
import { type TestDatabase, testDatabase, testNow } from '../db/testing';
import { answer } from '../metric/answer';
import { openFacts } from '../metric/follower';
import { replica } from '../metric/replica';
import { createCaller } from '../trpc/root';
import { scoreAll } from './rules';
import { readScores } from './score';

let database: TestDatabase;
let home: string;
let community = '';
const at = testNow.toISOString();

beforeAll(async () => {
  database = await testDatabase({ demo: 'tiny' });
  home = mkdtempSync(join(tmpdir(), 'gridhall-assessment-'));
  vi.stubEnv('DATABASE_URL', database.url);
  vi.stubEnv('GRIDHALL_HOME', home);
  const [row] = await database.connection.sql`select code from division where level = 5 order by code limit 1`;
  community = String(row?.code);
});
afterAll(async () => {
  await replica().stop();
  vi.unstubAllEnvs();
  await database.end();
  rmSync(home, { recursive: true, force: true });
});

const scopeOf = async (role: Role, division = 'DP', screen: ScreenKey = 'mid'): Promise<Scope> => {
  const root = await resolveScope(database.connection, { badge: undefined, screen });
  const [node] = await database.connection.sql`select path, level from division where code = ${division}`;
  const level = (['province', 'city', 'district', 'subdistrict', 'community', 'grid'] as const)[
    Number(node?.level) - 1
  ];
  return {
    ...root,
    division,
    path: String(node?.path),
    level: level ?? 'grid',
    role,
    screen,
    actorId: `${role}:${division}`,
  };
};
const by = async (...who: Parameters<typeof scopeOf>) =>
  createCaller({ scope: await scopeOf(...who), connection: database.connection }).assessment;
const ask = { level: 'community' as const, period: '2026Q3', at };

test('a score is the same rows of the catalogue worked through the plan, and the same whoever asks', async () => {
  const given = await (await by('R2')).scores(ask);
  expect(given).toMatchObject({ period: '2026Q3', before: '2026Q2', isRunning: false, plan: { version: 2 } });
  const context = { facts: await replica().ready(), db: database.connection.db, scope: await scopeOf('R2') };
  const told = await Promise.all(
    given.asks.map(async ({ key, ask: question }) => {
      const [cells, whole] = [await answer(context, question), await answer(context, { ...question, dimensions: [] })];
      const bySubject = new Map(cells.cells.map((cell) => [cell.at.community ?? '', cell]));
      return [key, { model: 'share' as const, scale: 1, whole: whole.cells[0], bySubject }] as const;
    }),
  );
  const entries = await database.connection.sql`
    select item, subject, points from assessment_offline where level = 'community' and period = '2026Q3'`;
  const again = scoreAll({
    items: given.plan.items,
    subjects: given.rows.map(({ code }) => code),
    figures: new Map(told),
    offline: new Map(entries.map((row) => [`${row.item} ${row.subject}`, Number(row.points)])),
  });
  expect(
    given.rows.map(({ code, total, online, offline, place }) => ({ code, total, online, offline, place })),
  ).toEqual(again.map(({ code, total, online, offline, place }) => ({ code, total, online, offline, place })));
  const own = await (await by('R4', community)).scores(ask);
  expect(own.rows).toEqual(given.rows.filter(({ code }) => code === community));
});

test('a change of weights makes a new version from a later date; what was scored stands', async () => {
  const boss = await by('R2');
  const before = await boss.scores(ask);
  const running = await boss.scores({ ...ask, period: null });
  const items = before.plan.items.map(
    (item): PlanItem =>
      item.key === 'on_time'
        ? { ...item, weight: item.weight - 5 }
        : item.key === 'closed'
          ? { ...item, weight: item.weight + 5 }
          : item,
  );
  const draft = { level: 'community' as const, cycle: 'quarter' as const, items, note: '调整权重', version: 2 };
  await expect(boss.propose({ ...draft, validFrom: '2026-07-01' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  await expect(boss.propose({ ...draft, validFrom: '2099-01-01', items: items.slice(1) })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
  });
  const plans = await boss.propose({ ...draft, validFrom: '2099-01-01' });
  expect(plans.map(({ version, actor }) => [version, actor])).toEqual([
    [1, 'R2:demo'],
    [2, 'R2:demo'],
    [3, 'R2:DP'],
  ]);
  await expect(boss.propose({ ...draft, validFrom: '2099-01-01' })).rejects.toMatchObject({ code: 'CONFLICT' });
  expect(await boss.scores(ask)).toEqual(before);
  expect((await boss.scores({ ...ask, period: null })).rows).toEqual(running.rows);
});

test('what came in after the quarter moves nothing in it', async () => {
  const boss = await by('R2');
  const before = await boss.scores(ask);
  await database.connection.sql`
    insert into event (id, number, title, category_code, category_l1, level, source_code, status, reported_at, status_at,
      handle_due_at, community_code, recorded_at)
    select 'late' || n, 'late' || n, 'x', '0101', '01', 3, '1', 'S40', '2026-08-01', '2026-08-01', '2026-08-02',
      ${community}, '2026-11-01' from generate_series(1, 40) n`;
  await database.connection.sql`
    insert into event_transition (event_id, seq, to_status, at, recorded_at, actor_id, actor_role)
    select 'late' || n, 1, 'S40', '2026-08-01', '2026-11-01', 'x', 'x' from generate_series(1, 40) n`;
  const facts = await openFacts(database.connection, { file: null });
  const scope = await scopeOf('R2');
  const { db } = database.connection;
  const later = await readScores({ facts, db, scope, connection: database.connection }, { ...ask, known: 'now' });
  facts.close();
  expect(later.rows).toEqual(before.rows);
  await database.connection.sql`delete from event where id like 'late%'`;
  await database.connection.sql`delete from event_transition where event_id like 'late%'`;
});

test('scores by hand: who, when and why stay; the newest stands; nobody scores the own place', async () => {
  const entry = { level: 'community' as const, period: '2026Q3', subject: community, item: 'site', note: '现场复核' };
  const boss = await by('R2');
  await boss.enter({ ...entry, points: 40 });
  await boss.enter({ ...entry, points: 60 });
  const entries = await boss.offline({ level: 'community', period: '2026Q3', subject: community });
  expect(entries.filter(({ item }) => item === 'site').map(({ points, actor }) => [points, actor])).toEqual([
    [expect.any(Number), 'R2:demo'],
    [40, 'R2:DP'],
    [60, 'R2:DP'],
  ]);
  const row = (await boss.scores({ ...ask, at: null })).rows.find(({ code }) => code === community);
  expect(row?.items.find(({ key }) => key === 'site')?.score).toBe(6);
  const past = (await boss.scores(ask)).rows.find(({ code }) => code === community);
  expect(past?.items.find(({ key }) => key === 'site')?.score).not.toBe(6);
  await expect(boss.enter({ ...entry, item: 'on_time', points: 1 })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  const subdistrict = community.slice(0, 9);
  const above = await by('R3', subdistrict);
  await above.enter({ ...entry, points: 70 });
  await expect(
    above.enter({ ...entry, level: 'subdistrict', subject: subdistrict, points: 100 }),
  ).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect((await by('R4', community)).enter({ ...entry, points: 100 })).rejects.toMatchObject({
    code: 'FORBIDDEN',
  });
});

test('an appeal pins the question and the rows as they stood', async () => {
  const secretary = await by('R4', community);
  const draft = { ...ask, subject: community, item: 'on_time', reason: '两件为重复上报' };
  const { id, nRows } = await secretary.appeal(draft);
  const pinned = await secretary.appealById({ id });
  expect(pinned).toMatchObject({ fact: 'event' });
  expect(pinned.rows).toHaveLength(nRows);
  const [listed] = await secretary.appeals({ level: 'community', period: '2026Q3', subject: community });
  expect(listed).toMatchObject({ id, nRows, reason: draft.reason, planVersion: 2, denominator: nRows });
  expect(pinned.rows.reduce((sum, [, numerator]) => sum + numerator, 0)).toBe(listed?.numerator);
  expect(pinned.question).toMatchObject({ question: { at, known: 'then', period: '2026-07-01/2026-10-01' } });
  const event = pinned.rows[0]?.[0] ?? '';
  await database.connection.sql`update event set community_code = null where id = ${event}`;
  expect((await secretary.appealById({ id })).rows).toEqual(pinned.rows);
  await expect((await by('R1')).appeal(draft)).rejects.toMatchObject({ code: 'FORBIDDEN' });
});

test('grid workers: masked, to those who lead them, never on a wall', async () => {
  const leaders: readonly Role[] = ['R2', 'R3', 'R4', 'R5', 'R6'];
  for (const screen of screenKeys)
    for (const role of roles.filter((each) => screen === 'big' || !leaders.includes(each)))
      await expect(
        (await by(role, 'DP', screen)).scores({ level: 'worker', at }),
        `${role} ${screen}`,
      ).rejects.toMatchObject({
        code: 'FORBIDDEN',
      });
  const { rows } = await (await by('R3', community.slice(0, 9))).scores({ level: 'worker', at });
  expect(rows.length).toBeGreaterThan(0);
  for (const { name } of rows) expect(name).toMatch(/^.\*+$/u);
  const wall = await by('R2', 'DP', 'big');
  const subject = { level: 'worker' as const, period: '2026Q3', subject: 'w0001' };
  await expect(wall.offline(subject)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(wall.appeals(subject)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  expect((await wall.scores(ask)).rows.length).toBeGreaterThan(0);
});

test('only those who plan may change a plan', async () => {
  for (const role of roles) {
    const draft = {
      level: 'worker' as const,
      cycle: 'quarter' as const,
      note: '试改',
      version: 99,
      validFrom: '2099-01-01',
    };
    const items: PlanItem[] = [
      { kind: 'offline', key: 'site', zh: '督查', en: 'Site', weight: 30 },
      {
        ...{ kind: 'online', key: 'on_time', metric: 'event.on_time_close_rate', weight: 70 },
        ...{ target: 0.95, floor: 0.5, direction: 'up', rule: 'linear' },
      },
    ];
    const code = ['R2', 'R9'].includes(role) ? 'CONFLICT' : 'FORBIDDEN';
    await expect((await by(role)).propose({ ...draft, items }), role).rejects.toMatchObject({ code });
  }
});
