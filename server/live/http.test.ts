import { afterAll, beforeAll, expect, it } from 'vitest';
import type { LiveItem } from '@/data/model/event';
import { connect } from '../db/client';
import { type TestDatabase, testDatabase } from '../db/testing';
import { reportEvent } from '../event/store';
import { townReport, townScope, writeTown } from '../event/testing';
import { feedOf } from './feed';
import { until } from './testing';
import { serveHttp, streamChanges } from './testing-http';

const commander = townScope('R2');
let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await writeTown(database.connection);
});
afterAll(async () => {
  feedOf(database.connection).end();
  await database.end();
});

const eventIds = (items: LiveItem[]) => items.flatMap((item) => (item.kind === 'event' ? [item.id] : []));

it('streams over HTTP and resumes on another server after the first one died', async () => {
  const first = await serveHttp(database.connection, commander);
  const items: LiveItem[] = [];
  const line = streamChanges(first.url, null, (item) => items.push(item));
  await until('the line is open', () => items.length > 0);
  const seen = await reportEvent(database.connection, commander, townReport('A1'));
  await until('the report came', () => eventIds(items).includes(seen.id));
  await first.close();
  await line.done;
  const missed = await reportEvent(database.connection, commander, townReport('B1'));
  const others = connect(database.url);
  const second = await serveHttp(others, commander);
  const later: LiveItem[] = [];
  const resumed = streamChanges(second.url, items.at(-1)?.cursor ?? null, (item) => later.push(item));
  await until('the missed came', () => eventIds(later).includes(missed.id));
  expect(eventIds(later)).toEqual([missed.id]);
  resumed.cut();
  await resumed.done;
  await second.close();
  feedOf(others).end();
  await others.sql.end({ timeout: 5 });
});

it('lets the server go when it stops', async () => {
  const server = await serveHttp(database.connection, commander);
  const items: LiveItem[] = [];
  const line = streamChanges(server.url, null, (item) => items.push(item));
  await until('the line is open', () => items.length > 0);
  const before = Date.now();
  feedOf(database.connection).end();
  await line.done;
  expect(Date.now() - before).toBeLessThan(500);
  await server.close();
});
