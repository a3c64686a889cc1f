import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { randomFor } from '@/data/demo/random';
import { metrics } from '@/data/metrics/index';
import type { EventRow, LiveItem } from '@/data/model/event';
import type { LngLat } from '@/data/model/geo';
import type { Role, Scope, ScreenKey } from '@/data/model/scope';
import { emptyView } from '@/data/model/view';
import { type TestDatabase, testDatabase, testNow } from '../db/testing';
import { readInstallation } from '../dictionary/store';
import { runDueJobs } from '../job/worker';
import { feedOf } from '../live/feed';
import { itemsFrom } from '../live/testing';
import { replica } from '../metric/replica';
import { appRouter, createCaller } from '../trpc/root';
import { drillJobs } from './jobs';
import { drillReach } from './reach';
import { leaveStage, stageSchema } from './stage';
import { enterDrill } from './store';

let database: TestDatabase;
let home = '';
let rootPath = '';
let root = '';
let places: { category: string; position: LngLat; grid: string; path: string }[] = [];

beforeAll(async () => {
  database = await testDatabase({ demo: 'tiny' });
  home = mkdtempSync(join(tmpdir(), 'gridhall-drill-'));
  vi.stubEnv('DATABASE_URL', database.url);
  vi.stubEnv('GRIDHALL_HOME', home);
  ({ root, rootPath } = await readInstallation(database.connection.db));
  const rows = await database.connection.sql<
    { category: string; lng: number; lat: number; grid: string; path: string }[]
  >`
    select e.category_code as category, e.lng, e.lat, e.grid_code as grid, d.path
    from event e join division d on d.code = e.grid_code where e.lng is not null order by e.id limit 60`;
  places = rows.map(({ lng, lat, ...rest }) => ({ ...rest, position: [lng, lat] }));
});
afterAll(async () => {
  await replica().stop();
  feedOf(database.connection).end();
  vi.unstubAllEnvs();
  await database.end();
  rmSync(home, { recursive: true, force: true });
});

const scopeOf = (role: Role, screen: ScreenKey = 'mid'): Scope => ({
  ...{ division: root, path: rootPath, level: 'district', role, screen, post: root, actorId: `${role}:${root}` },
});

const callerOf = (role: Role, drill: string | null = null, scope: Partial<Scope> = {}) =>
  createCaller({ scope: { ...scopeOf(role), ...scope }, connection: database.connection, drill });

const draft = (rest: object = {}) => ({
  ...{ id: randomUUID(), name: '内涝应急演练', division: root, startsAt: '2026-01-01T00:00:00Z', minutes: 60 },
  ...{ goal: '检验十五分钟响应', ...rest },
});

const reportAt = (n: number) => {
  const place = places[n % places.length];
  if (!place) throw new Error('The demo has no events.');
  const { category, position } = place;
  return {
    ...{ clientKey: randomUUID(), category, position, source: '01', title: `Drill ${n}`, description: '' },
    ...{ address: '', buildingCode: null, dwellingCode: null },
  };
};

/** A transaction of another test's database holds the log of all back for a while. */
const late = { timeout: 40_000 };

/** Every row of every live table but the drills', as one number a table. */
const contents = async (): Promise<Record<string, string | null>> => {
  const { sql } = database.connection;
  const tables = await sql<{ name: string }[]>`
    select tablename as name from pg_tables where schemaname = 'public' and tablename <> 'drill' order by 1`;
  const sums: Record<string, string | null> = {};
  for (const { name } of tables) {
    const [row] = await sql<{ sum: string | null }[]>`
      select md5(string_agg(t::text, '|' order by t::text)) as sum from ${sql(name)} t`;
    sums[name] = row?.sum ?? null;
  }
  // the job that will end the drill is a row of the live queue; old positions are purged by the feed
  delete sums.job;
  delete sums.worker_position;
  return sums;
};

const question = { ...emptyView, at: testNow.toISOString() };

/** All that a screen outside shows: every figure of the catalogue, queues of the posts, the map, notices, jobs. */
const shown = async () => {
  const figures = [];
  for (const { key } of metrics)
    figures.push([key, (await callerOf('R2').metric.ask({ metric: key, question })).cells]);
  const live = { question: { ...emptyView, period: 'all' as const } };
  const queues = [];
  for (const role of ['R1', 'R2', 'R3', 'R4', 'R5', 'R6'] as const) {
    const { event } = callerOf(role);
    queues.push((await event.open({ ...live, limit: 500 })).rows, (await event.points(live)).rows);
    queues.push((await event.list({ ...live, sort: 'newest' })).total);
    queues.push(role === 'R1' ? null : (await event.tasks({})).tasks);
  }
  const { asOf: _, ...notices } = await callerOf('R2').notice.list();
  queues.push(notices);
  const jobs = await database.connection.sql`select kind, key, state from job where kind <> 'drill.end' order by 1, 2`;
  return { figures, queues, jobs: [...jobs] };
};

const nEvents = 40;
const posts = ['R2', 'R3', 'R4', 'R5', 'R6'] as const;

/** One event by random posts along whatever moves they are offered. */
const tellOne = async (id: string, n: number): Promise<EventRow> => {
  const random = randomFor(`drill ${n}`);
  const pick = <T>(list: readonly T[]): T | undefined => list[random.weighted(list.map(() => 1))];
  let row: EventRow = await callerOf('R2', id).event.report(reportAt(n));
  for (let i = random.between(0, 7); i > 0; i--) {
    const role = pick(posts) ?? 'R2';
    const { event } = callerOf(role, id);
    const to = pick((await event.byId({ id: row.id })).moves);
    if (!to) continue;
    const move = { id: row.id, version: row.version, to, note: 'drill', departmentCode: null, satisfaction: null };
    // Some moves want more than a note; what is refused stays as it was.
    row = await event.move(move).catch(() => row);
  }
  return row;
};

test('nothing outside a drill is another for what happens in it, and nothing in it is of outside', {
  timeout: 120_000,
}, async () => {
  await replica().ready();
  const before = { contents: await contents(), shown: await shown() };
  const heard: LiveItem[] = [];
  const stop = new AbortController();
  const listening = (async () => {
    for await (const item of itemsFrom(feedOf(database.connection), scopeOf('R2'), null, stop.signal)) heard.push(item);
  })();
  const { id } = await callerOf('R2').drill.open(draft());
  const told: EventRow[] = [];
  for (let n = 0; n < nEvents; n++) told.push(await tellOne(id, n));
  const inside = callerOf('R2', id);
  const listed = await inside.event.list({ question: { ...emptyView, period: 'all' }, limit: 500 });
  expect(listed.rows.map((row) => row.id).sort()).toEqual(told.map((row) => row.id).sort());
  expect(told.some(({ level }) => level <= 2)).toBe(true);
  expect(told.some(({ status }) => status !== 'S10')).toBe(true);
  expect({ contents: await contents(), shown: await shown() }).toEqual(before);
  const real = await callerOf('R2').event.report(reportAt(0));
  await expect.poll(() => heard.flatMap((item) => (item.kind === 'event' ? [item.id] : [])), late).toEqual([real.id]);
  await expect(inside.event.byId({ id: real.id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(callerOf('R2').event.byId({ id: told[0]?.id ?? '' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  stop.abort();
  await listening;
  const ended = await callerOf('R2').drill.end({ id });
  expect(ended).toMatchObject({ state: 'ended', summary: { nEvents } });
  expect(ended.summary?.times.find(({ step }) => step === 'sign')?.n).toBeGreaterThan(0);
  expect(ended.summary?.events.every(({ grid }) => grid !== null)).toBe(true);
  const schemas = await database.connection.sql`select from pg_namespace where nspname = ${stageSchema(id)}`;
  expect(schemas).toHaveLength(0);
  await expect(inside.event.open({ question: emptyView })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
});

test('the feed of a drill tells of its events alone', { timeout: 60_000 }, async () => {
  const { id } = await callerOf('R2').drill.open(draft());
  const heard: string[] = [];
  const { connection, scope } = await enterDrill(database.connection, scopeOf('R2'), id);
  const stream = itemsFrom(feedOf(connection), scope, null, new AbortController().signal);
  const listening = expect(async () => {
    for await (const item of stream) if (item.kind === 'event') heard.push(item.id);
  }).rejects.toMatchObject({ code: 'unavailable' });
  await new Promise((resolve) => setTimeout(resolve, 400));
  await callerOf('R2').event.report(reportAt(1));
  const made = await callerOf('R2', id).event.report(reportAt(2));
  await expect.poll(() => heard, late).toEqual([made.id]);
  await callerOf('R2').drill.end({ id });
  await listening;
});

test('what a drill cannot answer is refused, and its database can name and write nothing else', async () => {
  const { id } = await callerOf('R2').drill.open(draft());
  const inside = callerOf('R2', id);
  await expect(inside.metric.ask({ metric: 'event.open', question })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(inside.notice.list()).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await inside.event.report(reportAt(3));
  const { sql } = database.connection;
  const stage = stageSchema(id);
  const path = `set local search_path = ${stage}`;
  const tried = (text: string) => sql.begin(async (tx) => [await tx.unsafe(path), await tx.unsafe(text)]);
  await expect(tried('select from person')).rejects.toThrow('person');
  await expect(tried('select from wall')).rejects.toThrow('wall');
  for (const text of ['delete from worker', 'delete from duty', "update setting set value = '{}'", 'delete from term'])
    await expect(tried(text)).rejects.toThrow('view');
  expect(Object.keys(appRouter._def.procedures)).toEqual(expect.arrayContaining(Object.keys(drillReach)));
  await leaveStage(database.connection, id);
});

test('only command centres open one, in their territory; it ends by itself at its end', async () => {
  await expect(callerOf('R4').drill.open(draft())).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(callerOf('R2', null, { screen: 'big' }).drill.open(draft())).rejects.toMatchObject({
    code: 'FORBIDDEN',
  });
  const grid = places[0]?.path.split('/').filter(Boolean) ?? [];
  const street = grid.find((code) => code.length === 9) ?? '';
  const own = { division: street, path: `${rootPath}${street}/`, level: 'subdistrict' as const };
  await expect(callerOf('R3', null, own).drill.open(draft())).rejects.toMatchObject({ code: 'NOT_FOUND' });
  const { id } = await callerOf('R3', null, own).drill.open(draft({ division: street, minutes: 10 }));
  // the district's post works in the part of its territory the drill takes place in
  const outside = places.findIndex(({ path }) => !path.startsWith(own.path));
  if (outside >= 0)
    await expect(callerOf('R2', id).event.report(reportAt(outside))).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(callerOf('R2', null).drill.end({ id: randomUUID() })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  const later = new Date(Date.now() + 11 * 60_000);
  expect(await runDueJobs(database.connection, drillJobs, { clock: later })).toBeGreaterThanOrEqual(1);
  const told = await callerOf('R2').drill.byId({ id });
  expect(told.summary).toMatchObject({ nEvents: 0 });
});

test('one to come is not entered yet, and at an instant it stands as it stood then', async () => {
  const startsAt = new Date(Date.now() + 3_600_000).toISOString();
  const { id, state } = await callerOf('R2').drill.open(draft({ startsAt }));
  expect(state).toBe('planned');
  await expect(callerOf('R2', id).event.report(reportAt(0))).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  expect((await callerOf('R2').drill.list({ at: '2026-01-01T00:00:00Z' })).length).toBe(0);
  await expect(callerOf('R2').drill.open(draft({ minutes: 5 }))).rejects.toMatchObject({ code: 'BAD_REQUEST' });
});
