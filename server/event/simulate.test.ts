import { eq, isNotNull, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { randomFor } from '@/data/demo/random';
import { eventStatuses } from '@/data/model/event';
import { connect } from '../db/client';
import { change, duty, event, event_transition, setting, worker } from '../db/schema';
import { type TestDatabase, testDatabase } from '../db/testing';
import { readInstallation, writeInstallation } from '../dictionary/store';
import { until } from '../live/testing';
import { isClosed, movesOf, nextStatuses } from './rules';
import { runSimulator } from './simulate';
import { busyness, drawPast, rememberPast } from './simulate-memory';
import { actorOf, drawCount, drawNext, heldUntil, type OpenEvent, pickMoves, plannedAt } from './simulate-plan';
import { reportEvent } from './store';
import { townReport, townScope, writeTown } from './testing';

const hourMs = 3_600_000;
let database: TestDatabase;

const yesterday = new Date(Date.now() - 24 * hourMs);

beforeAll(async () => {
  database = await testDatabase();
  const { db } = database.connection;
  await writeTown(database.connection);
  for (let i = 0; i < 8; i++)
    await reportEvent(database.connection, townScope('R2'), townReport(i % 2 ? 'A1' : 'B2', { title: `past ${i}` }));
  await db.update(event).set({ client_key: null, reported_at: yesterday });
  const workers = ['W1', 'W2', 'W3', 'W4'].map((id) => ({ id, name: id, worker_type: '1', grid_code: 'A1' }));
  await db.insert(worker).values(workers);
  const starts_at = new Date(yesterday.getTime() - 2 * hourMs);
  await db
    .insert(duty)
    .values(
      workers.map(({ id }) => ({ worker_id: id, starts_at, ends_at: new Date(starts_at.getTime() + 12 * hourMs) })),
    );
});
afterAll(() => database.end());

const simulate = (rate: number) => {
  const stop = new AbortController();
  const own = connect(database.url, { max: 3 });
  const done = runSimulator(stop.signal, { connection: own, rate });
  return async () => {
    stop.abort();
    await done;
    await own.sql.end();
  };
};
const simulated = () => database.connection.db.select().from(event).where(isNotNull(event.client_key));

it('leaves real data alone', async () => {
  await runSimulator(new AbortController().signal, { connection: database.connection });
  expect(await simulated()).toEqual([]);
});

it('reports and moves events, keeps the roster, and survives lost connections', async () => {
  const { connection } = database;
  await writeInstallation(connection.db, { ...(await readInstallation(connection.db)), demo: 'tiny' });
  const stop = simulate(400);
  await until('something is reported and closed', async () =>
    (await simulated()).some(({ status }) => status === 'S61'),
  );
  await connection.sql`select pg_terminate_backend(pid) from pg_stat_activity
    where application_name = 'gridhall' and datname = current_database() and pid <> pg_backend_pid()`.catch(() => []);
  const before = (await simulated()).length;
  await until('it goes on', async () => (await simulated()).length > before + 5);
  await stop();
  const rows = await simulated();
  for (const { title, status, closed_at } of rows) {
    expect(title).toMatch(/^past \d$/);
    expect(closed_at !== null).toBe(isClosed(status));
  }
  const steps = await connection.db.select().from(event_transition);
  for (const { from_status, to_status } of steps)
    if (from_status) expect(nextStatuses(from_status)).toContain(to_status);
  const shifts = await connection.db.select().from(duty);
  expect(shifts).toHaveLength(12);
  const lines = await connection.db.select().from(change).where(eq(change.kind, 'duty'));
  expect(
    lines
      .filter(({ version }) => version === 1)
      .map(({ id }) => id.split('|')[0])
      .sort(),
  ).toEqual(['W1', 'W1', 'W2', 'W2', 'W3', 'W3', 'W4', 'W4']);
  expect(new Set(lines.map(({ id, version }) => `${id} ${version}`)).size).toBe(lines.length);
});

it('lets one simulator act at a time', async () => {
  const value = { holder: 'another', until: Date.now() + hourMs };
  const { db } = database.connection;
  await db.update(setting).set({ value }).where(eq(setting.key, 'simulator'));
  const before = (await simulated()).length;
  const stop = simulate(400);
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  expect((await simulated()).length).toBe(before);
  await db
    .update(setting)
    .set({ value: { ...value, until: 0 } })
    .where(eq(setting.key, 'simulator'));
  await until('it takes over', async () => (await simulated()).length > before);
  await stop();
});

it('draws from the past by the hour of day', async () => {
  const { db } = database.connection;
  const memory = await rememberPast(db, 'Asia/Shanghai');
  expect(memory.total).toBe(8);
  const [row] = await db.execute<{ hour: number }>(
    sql`select extract(hour from ${yesterday.toISOString()}::timestamptz at time zone 'Asia/Shanghai')::int as hour`,
  );
  const hour = row?.hour ?? -1;
  expect([busyness(memory, hour), busyness(memory, (hour + 5) % 24)]).toEqual([2, 1 / 3]);
  expect(drawPast(memory, hour, randomFor('a'))).toEqual(drawPast(memory, hour, randomFor('a')));
});

const open: OpenEvent = {
  ...{
    id: 'e',
    version: 3,
    status: 'S40',
    statusAt: new Date(0),
    reportedAt: new Date(0),
    dueAt: new Date(24 * hourMs),
  },
  ...{ subdistrict: 'S', community: 'A', grid: 'A1', department: null },
};

it('plans only moves that its actor may make', () => {
  for (const status of eventStatuses.filter((each) => !isClosed(each)))
    for (let i = 0; i < 200; i++) {
      const to = drawNext(status, randomFor(`${status} ${i}`));
      expect(to, status).not.toBeNull();
      const { role } = actorOf({ ...open, status }, to ?? 'S90');
      expect(movesOf({ role, screen: 'small' }, status), `${status} ${role}`).toContain(to);
    }
});

it('handles most in time and leaves some lying past their limit', () => {
  const events = Array.from({ length: 1_000 }, (_, i) => ({ ...open, id: `e${i}` }));
  const held = events.filter((event) => heldUntil(event) !== null);
  expect(held.length).toBeGreaterThan(40);
  expect(held.length).toBeLessThan(130);
  const picked = pickMoves(events, 1_000, new Date(12 * hourMs), 0);
  expect(picked).toHaveLength(1_000 - held.length);
  const planned = picked.map((event) => plannedAt(event).getTime());
  expect(planned).toEqual([...planned].sort((a, b) => a - b));
  expect(pickMoves(events, 5, new Date(1_000), 2_000)).toEqual([]);
  const counts = Array.from({ length: 1_000 }, (_, i) => drawCount(2.3, randomFor(`n ${i}`)));
  expect(counts.reduce((sum, n) => sum + n, 0) / 1_000).toBeCloseTo(2.3, 1);
});
