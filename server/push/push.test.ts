import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq, like } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { event, push_key, term } from '../db/schema';
import { type TestDatabase, testDatabase } from '../db/testing';
import { centerOf, townScope, writeTown } from '../event/testing';
import { nextEpisode, sensorKinds } from '../sensor/rules';
import { listDevices, registerDevice } from '../sensor/store';
import { handlePushEvents, handlePushProgress, handleReadings } from './http';
import { makeKey, revokeKey } from './store';

let database: TestDatabase;
let key = '';
const home = mkdtempSync(join(tmpdir(), 'gridhall-push-'));
beforeAll(async () => {
  database = await testDatabase();
  const { db } = database.connection;
  await writeTown(database.connection);
  const row = (list: string, code: string) => ({ list, code, zh: code, en: code, source: 'test', parent: '06' });
  const from = { valid_from: new Date('2020-01-01T00:00:00Z'), attrs: { level: '2', handle_hours: '8' } };
  await db
    .insert(term)
    .values(['04', '05', '06', '07', '09', '13'].map((code) => ({ ...row('event-source', code), ...from })));
  await db.insert(term).values({ ...row('event-category', '0601'), ...from });
  vi.stubEnv('GRIDHALL_HOME', home);
  vi.stubGlobal('gridhallConnection', database.connection);
  key = await makeKey(database.connection, 'hotline', ['04', '07', '13']);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
  await database.end();
  await rm(home, { recursive: true, force: true });
});

const call = async (work: (request: Request) => Promise<Response>, body: unknown, using = key) => {
  const post = body === null ? {} : { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) };
  const headers = { authorization: `Bearer ${using}` };
  const answer = await work(new Request('http://localhost/api/push?id=K-1', { ...post, headers }));
  return { status: answer.status, body: await answer.json() };
};
const push = (...events: object[]) => call(handlePushEvents, { events });
const sent = (id: string, rest: object = {}) => ({
  ...{ id, source: '04', category: 'hand', title: 'Water in the underpass', position: centerOf('A1') },
  ...rest,
});

describe('push', () => {
  test('a key is kept as a hash, and a wrong, missing or revoked one is refused', async () => {
    const [kept] = await database.connection.db.select().from(push_key);
    expect(JSON.stringify(kept)).not.toContain(key.split('.')[2]);
    const gone = await makeKey(database.connection, 'old', ['04']);
    await revokeKey(database.connection, gone.split('.')[1] ?? '');
    for (const wrong of ['', 'gk.x.y', `${key.slice(0, -1)}${key.endsWith('A') ? 'B' : 'A'}`, gone])
      expect(await call(handlePushEvents, { events: [sent('x')] }, wrong)).toMatchObject({
        ...{ status: 403, body: { code: 'not_allowed', reason: 'push_key' } },
      });
  });

  test('a batch has a result a row; a repeated id is the same event, with other content a conflict', async () => {
    const first = await push(sent('K-1'), sent('K-2', { category: 'nothing' }), sent('K-3', { title: '<b>x</b>' }));
    expect(first.body.results).toMatchObject([
      { index: 0, ok: true, id: 'K-1', isRepeated: false, receipt: expect.stringMatching(/^\d{8}-/) },
      { index: 1, ok: false, code: 'invalid', reason: 'category', zh: expect.any(String), en: expect.any(String) },
      { index: 2, ok: false, code: 'invalid', reason: 'markup' },
    ]);
    const again = await push(sent('K-1'), sent('K-1', { title: 'Something else' }));
    expect(again.body.results).toMatchObject([
      { ok: true, isRepeated: true, receipt: first.body.results[0].receipt },
      { ok: false, code: 'conflict', reason: 'key_used' },
    ]);
    expect(await database.connection.db.$count(event, like(event.client_key, 'push:%'))).toBe(1);
    const together = await Promise.all(Array.from({ length: 6 }, () => push(sent('K-9'))));
    expect(new Set(together.map(({ body }) => body.results[0].receipt)).size).toBe(1);
    expect(together.filter(({ body }) => !body.results[0].isRepeated)).toHaveLength(1);
  });

  test('progress is told by the sender’s own id, to that sender alone', async () => {
    const told = await call(handlePushProgress, null);
    expect(Object.keys(told.body).sort()).toEqual(['closedAt', 'dueAt', 'id', 'receipt', 'status', 'steps']);
    expect(told.body).toMatchObject({ id: 'K-1', status: 'S10', steps: [{ status: 'S10' }] });
    const other = await makeKey(database.connection, 'other', ['04']);
    expect((await call(handlePushProgress, null, other)).status).toBe(404);
  });

  const bad: [name: string, row: object, reason: string | undefined][] = [
    ['a source the key has not', sent('B', { source: '05' }), 'push_source'],
    ['a source nobody pushes', sent('B', { source: '11' }), undefined],
    ['a police case', sent('B', { source: '13', isPoliceCase: true }), 'police_case'],
    ['a police call that does not say', sent('B', { source: '13' }), 'police_case'],
    ['a future time', sent('B', { happenedAt: '2999-01-01T00:00:00Z' }), 'future_time'],
    ['a place outside', sent('B', { position: [1, 1] }), 'outside'],
    ['swapped degrees', sent('B', { position: [22, 114] }), undefined],
    ['a field unknown', sent('B', { level: 1 }), undefined],
    ['no object', [] as object, undefined],
  ];
  test.each(bad)('%s is refused and leaves nothing', async (_name, row, reason) => {
    const { db } = database.connection;
    const before = await db.$count(event);
    const { body } = await push(row);
    expect([body.results[0].ok, body.results[0].reason]).toEqual([false, reason]);
    expect(await db.$count(event)).toBe(before);
  });

  test('a call of the police that is none of theirs is taken under their source', async () => {
    const { body } = await push(sent('P-1', { source: '13', isPoliceCase: false }));
    expect(body.results[0].ok).toBe(true);
    const [row] = await database.connection.db.select().from(event).where(eq(event.number, body.results[0].receipt));
    expect(row).toMatchObject({ source_code: '13', grid_code: 'A1' });
  });

  test('what is no JSON, too much, or no batch is refused as a whole', async () => {
    expect((await call(handlePushEvents, '{')).body.reason).toBe('not_json');
    expect((await call(handlePushEvents, `"${'x'.repeat(1024 * 1024)}"`)).body.reason).toBe('body_large');
    expect((await call(handlePushEvents, { events: Array(101).fill(sent('M')) })).status).toBe(400);
  });
});

describe('sensors', () => {
  const kind = sensorKinds.flood ?? {
    zh: '',
    en: '',
    unit: '',
    limit: 0,
    isOverAbove: true,
    calmMinutes: 1,
    category: '',
  };
  const minute = (n: number) => new Date(Date.parse('2026-11-22T00:00:00Z') + n * 60_000);

  test('one episode while over the limit; a short dip does not end it; calm time does', () => {
    const values: [minute: number, value: number][] = [
      ...([
        [0, 5],
        [1, 21],
        [2, 30],
        [3, 19],
        [5, 22],
        [6, 10],
        [12, 9],
        [15.9, 8],
        [16, 8],
        [17, 2],
        [18, 25],
      ] as [number, number][]),
    ];
    let now = { overAt: null, belowAt: null } as Parameters<typeof nextEpisode>[0];
    const done = values.map(([at, value]) => {
      const step = nextEpisode(now, kind, { at: minute(at), value });
      now = step.next;
      return step.does;
    });
    expect(done).toEqual([null, 'open', null, null, null, null, null, null, 'end', null, 'open']);
  });

  test('readings of a device: one event an episode, late and unknown ones refused', async () => {
    const { connection } = database;
    const keyId = key.split('.')[1] ?? '';
    await registerDevice(connection, { id: 'F-1', kind: 'flood', name: 'Underpass', position: centerOf('B1'), keyId });
    const start = Date.now() - 3 * 3_600_000;
    const reading = (minutes: number, value: number, device = 'F-1') => ({
      ...{ device, value, at: new Date(start + minutes * 60_000).toISOString() },
    });
    const { body } = await call(handleReadings, {
      readings: [
        ...[reading(0, 3), reading(1, 42), reading(2, 44), reading(3, 5), reading(4, 41), reading(3, 50)],
        ...[reading(5, 1), reading(16, 1), reading(17, 60), reading(18, 1, 'F-9'), { ...reading(19, 1), value: 'x' }],
      ],
    });
    expect(
      body.results.map((row: { does?: string; reason?: string; ok: boolean }) => row.does ?? row.reason ?? row.ok),
    ).toEqual([true, 'open', true, true, true, 'reading_late', true, 'end', 'open', 'device', false]);
    const rows = await connection.db.select().from(event).where(eq(event.source_code, '07'));
    expect(rows.map(({ title, category_code, grid_code }) => [title, category_code, grid_code]).sort()).toEqual([
      ['积水 42 cm · Underpass', '0601', 'B1'],
      ['积水 60 cm · Underpass', '0601', 'B1'],
    ]);
    expect(await listDevices(connection, townScope('R4', 'B'))).toMatchObject([{ id: 'F-1', value: 60 }]);
    expect(await listDevices(connection, townScope('R4', 'A'))).toEqual([]);
    const storm = await Promise.all(
      Array.from({ length: 8 }, (_, i) => call(handleReadings, { readings: [reading(40 + i, 70)] })),
    );
    expect(storm.every(({ status }) => status === 200)).toBe(true);
    expect(await connection.db.$count(event, eq(event.source_code, '07'))).toBe(2);
  });
});
