import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { findCluster, start, stopCluster } from '../db/cluster';
import { type OpenDatabase, openDatabase } from '../db/migrate';
import { moveEvent, reportEvent } from '../event/store';
import { townReport, townScope, writeTown } from '../event/testing';
import { createFeed, type Feed } from './feed';
import { listenTo, until } from './testing';

const commander = townScope('R2');
let database: OpenDatabase;
let feed: Feed;
const home = () => join(inject('testHome'), 'outage');

beforeAll(async () => {
  mkdirSync(home(), { recursive: true });
  database = await openDatabase({ home: home() });
  await writeTown(database.connection);
  feed = createFeed(database.connection);
});
afterAll(async () => {
  feed.end();
  await database.connection.sql.end({ timeout: 1 });
});

it.each(['fast', 'immediate'] as const)('goes on after PostgreSQL was stopped (%s) and started again', async (mode) => {
  const row = await reportEvent(database.connection, commander, townReport('A1', { category: 'hand' }));
  const listener = await listenTo(feed, commander);
  const cluster = findCluster(home());
  await stopCluster(cluster, mode);
  await expect(reportEvent(database.connection, commander, townReport())).rejects.toThrow();
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  const clocks = listener.items.length;
  await start(cluster, Number(new URL(database.url).port));
  const move = { id: row.id, version: 1, to: 'S90', departmentCode: null, note: '', satisfaction: null } as const;
  await until('the pool is back', async () => {
    const moved = await moveEvent(database.connection, commander, move).catch(() => null);
    return moved?.version === 2;
  });
  await until('the move came', () => listener.newest.get(row.id) === 2);
  await until('the clock goes on', () => listener.items.length > clocks + 1);
  expect(listener.items.every(({ kind }) => kind !== 'refetch')).toBe(true);
  expect(await listener.cut()).toBeNull();
});
