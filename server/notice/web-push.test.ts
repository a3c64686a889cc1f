import { mkdtempSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asc } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { EventLevel } from '@/data/model/event';
import type { Connection } from '../db/client';
import { notice, notice_push } from '../db/schema';
import { scopedTo } from '../db/scoped';
import { type TestDatabase, testDatabase } from '../db/testing';
import { townScope } from '../event/testing';
import { jobHandlers } from '../job/handlers';
import { runDueJobs } from '../job/worker';
import { reportAgo, writeSupervisedTown } from '../supervision/testing';
import { listNotices, pushKey, readNotices, setQuiet, subscribePush, tell, unsubscribePush } from './store';
import { browserKeys, isSignedBy, pushService } from './testing-push';

let database: TestDatabase;
let connection: Connection;
let service: Awaited<ReturnType<typeof pushService>>;
let eventId: string;
const home = mkdtempSync(join(tmpdir(), 'gridhall-push-'));

beforeAll(async () => {
  service = await pushService();
  vi.stubEnv('GRIDHALL_HOME', home);
  vi.stubEnv('GRIDHALL_PUSH', service.origin);
  database = await testDatabase();
  connection = database.connection;
  await writeSupervisedTown(connection);
  eventId = (await reportAgo(connection, 0)).id;
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await service.stop();
  await database.end();
});
beforeEach(async () => {
  await connection.sql`truncate job, notice, notice_push`;
  service.received.length = 0;
  service.answers.status = 201;
});

const phone = townScope('R5', 'A1');
const minute = 60_000;
const subscribe = async (path = '/a', scope = phone) => {
  const browser = browserKeys();
  await subscribePush(connection, scope, { endpoint: service.origin + path, keys: browser.keys });
  return browser;
};
const tellAll = (
  cause: string,
  posts: string[],
  level: EventLevel = 2,
  now = new Date(),
  unreadMinutes: number | null = null,
) =>
  connection.db.transaction((tx) =>
    tell(tx, {
      event: { id: eventId, number: 'E-1', category: 'auto', level, subdistrict: 'S', community: 'A', grid: 'A1' },
      ...{ cause, kind: 'reminder', posts, channels: ['app'], unreadMinutes, detail: {}, now },
    }),
  );
const tellPhone = (cause: string, ...rest: [EventLevel?, Date?, (number | null)?]) =>
  tellAll(cause, ['R5:A1'], ...rest);
const run = (clock: Date | null = null) => runDueJobs(connection, jobHandlers(home), { clock });
const ledger = async () =>
  (await connection.db.select().from(notice).orderBy(asc(notice.id))).map((row) => [
    ...[row.post, row.channel, row.state, row.fault],
  ]);

it('a phone that subscribed gets what its post is told, sealed for it and signed with the key of the house', async () => {
  const browser = await subscribe();
  await tellPhone('a');
  await run();
  const [message] = service.received;
  const told = (await connection.db.select().from(notice)).find(({ channel }) => channel === 'push');
  expect(browser.open(message?.body ?? Buffer.alloc(0))).toEqual({ id: told?.id, text: 'Reminder E-1' });
  expect(isSignedBy(await pushKey(), message?.headers.authorization ?? '', service.origin)).toBe(true);
  expect(message?.headers).toMatchObject({ urgency: 'high', 'content-encoding': 'aes128gcm' });
  expect(() => browserKeys().open(message?.body ?? Buffer.alloc(0)), 'another browser').toThrow();
  expect(await ledger()).toEqual([
    ['R5:A1', 'app', 'sent', null],
    ['R5:A1', 'push', 'sent', null],
  ]);
  const file = join(home, 'push.key');
  expect([statSync(file).mode & 0o077, JSON.parse(readFileSync(file, 'utf8')).publicKey]).toEqual([0, await pushKey()]);
});

it('without a subscription nothing is pushed; one that ended or is gone gets nothing more, and the ledger says so', async () => {
  await tellPhone('a');
  await run();
  expect(await ledger()).toEqual([['R5:A1', 'app', 'sent', null]]);
  await subscribe('/gone');
  service.answers.status = 410;
  await tellPhone('b');
  await run();
  expect((await ledger()).at(-1)).toEqual(['R5:A1', 'push', 'failed', 'gone']);
  expect(await connection.db.select().from(notice_push)).toEqual([]);
  await subscribe('/a');
  await tellPhone('c');
  await unsubscribePush(connection, `${service.origin}/a`);
  await run();
  expect((await ledger()).at(-1)).toEqual(['R5:A1', 'push', 'failed', 'noDevice']);
});

it('without the internet it is tried again, then the ledger says it was not sent; the list in the product has it', async () => {
  await subscribe();
  const { port } = new URL(service.origin);
  await service.stop();
  await tellPhone('a');
  await run();
  expect((await ledger()).at(-1)).toEqual(['R5:A1', 'push', 'waiting', null]);
  for (let i = 1; i <= 8; i += 1) await run(new Date(Date.now() + i * 86_400_000));
  expect((await ledger()).at(-1)).toEqual(['R5:A1', 'push', 'failed', 'unreachable']);
  expect(await listNotices(connection, phone)).toMatchObject({
    unread: 1,
    rows: [{ kind: 'reminder', number: 'E-1' }],
  });
  service = await pushService(Number(port));
});

it('a handler hears what his department is told, here and on his device, and no other department', async () => {
  const handler = townScope('R6');
  const { keys } = browserKeys();
  const target = { endpoint: `${service.origin}/d`, keys };
  await expect(subscribePush(connection, handler, target)).rejects.toMatchObject({ code: 'invalid' });
  await subscribePush(connection, handler, target, 'XFJ');
  await tellAll('a', ['R6:XFJ', 'R6:SWJ', 'R5:A1']);
  await run();
  expect(service.received.length).toBe(1);
  const told = async (department: string | null) =>
    (await listNotices(scopedTo(connection, handler), handler, department)).unread;
  expect([await told('XFJ'), await told('SWJ'), await told(null), await told('ZJJ')]).toEqual([1, 1, 2, 0]);
  await readNotices(connection, handler, null, 'XFJ');
  expect([await told('XFJ'), await told('SWJ')]).toEqual([0, 1]);
  expect((await listNotices(connection, phone)).unread).toBe(1);
});

it('a service that is busy is asked again, and takes it once', async () => {
  await subscribe();
  service.answers.status = 503;
  await tellPhone('a');
  await run();
  service.answers.status = 201;
  await run(new Date(Date.now() + 86_400_000));
  await run(new Date(Date.now() + 2 * 86_400_000));
  expect(service.received.length).toBe(2);
  expect((await ledger()).at(-1)).toEqual(['R5:A1', 'push', 'sent', null]);
});

it('quiet hours hold it back, but not levels Ⅰ and Ⅱ; unread it goes to the phone of the post above', async () => {
  await subscribe();
  const above = await subscribe('/above', townScope('R4', 'A'));
  const now = new Date();
  const local = (now.getUTCHours() * 60 + now.getUTCMinutes() + 480) % 1_440;
  await setQuiet(connection, phone, { fromMinute: (local + 1_410) % 1_440, toMinute: (local + 60) % 1_440 });
  await tellPhone('low', 3, now);
  await tellPhone('grave', 1, now, 15);
  await run(now);
  expect(service.received.length).toBe(1);
  await run(new Date(now.getTime() + 15 * minute));
  const escalated = service.received.at(-1);
  expect([escalated?.path, above.open(escalated?.body ?? Buffer.alloc(0))]).toMatchObject([
    '/above',
    { text: expect.stringContaining('E-1') },
  ]);
  await run(new Date(now.getTime() + 61 * minute));
  expect(service.received.map(({ path }) => path)).toEqual(['/a', '/above', '/a']);
});

it('is sent to push services that are named alone', async () => {
  const { keys } = browserKeys();
  for (const endpoint of ['http://127.0.0.1:1/x', 'https://example.com/x', 'https://127.0.0.1/x'])
    await expect(subscribePush(connection, phone, { endpoint, keys }), endpoint).rejects.toMatchObject({
      code: 'invalid',
    });
});
