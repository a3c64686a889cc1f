import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Role, ScreenKey } from '@/data/model/scope';
import { emptyView, type View } from '@/data/model/view';
import { type Connection, connect } from '../db/client';
import { asset, dwelling, entity, event } from '../db/schema';
import { type TestDatabase, testDatabase } from '../db/testing';
import { reportEvent } from '../event/store';
import { townReport, townScope, writeTown } from '../event/testing';
import { until } from '../live/testing';
import { createCaller } from '../trpc/root';
import { followWall } from './follow';
import { hubOf } from './hub';
import { moveLease } from './lease';
import { authWall, stripFor } from './store';
import { wallTry } from './table';
import { collect, hangWall, passTime, postOf } from './testing';

let database: TestDatabase;
let connection: Connection;
const building = '4403070090011100001';

beforeAll(async () => {
  database = await testDatabase();
  connection = database.connection;
  await writeTown(connection);
  const at = { subdistrict_code: 'S', community_code: 'A', grid_code: 'A1', block_code: 'A1-1' };
  await connection.db.insert(dwelling).values({
    ...{ code: `${building}000101`, building_code: building, unit: 1, floor: 1, room: '101' },
    ...{ house_use: '1', area_sqm: 60 },
  });
  await connection.db.insert(entity).values({
    ...{ id: 'e1', name: 'Wang Noodles', name_en: 'Wang Noodles', credit_code: 'x', entity_type: '1', industry: 'A' },
    ...{ n_employees: 3, registered_on: '2020-01-01', building_code: building, ...at },
  });
  await connection.db.insert(asset).values({
    ...{
      id: 'f1',
      asset_group: 'force',
      asset_type: '01',
      name: 'Li Ming',
      name_en: 'Li Ming',
      lng: 114.005,
      lat: 22.005,
    },
    ...at,
  });
});
afterEach(() => connection.db.delete(wallTry));
afterAll(async () => {
  hubOf(connection).end();
  await database.end();
});

const callerOf = (role: Role, code = 'D', screen: ScreenKey = 'mid') =>
  createCaller({ connection, scope: townScope(role, code, screen) });
const hung = async () => {
  const key = await hangWall(connection);
  return { key, wall: callerOf('R0', 'D', 'big').wall };
};
const joined = async (role: Role, code = 'D') => {
  const { key, wall } = await hung();
  const device = callerOf(role, code).wall;
  const { wall: _wall, ...joinedKey } = await device.join(
    await wall.code({ key }).then(({ code: pair }) => ({ code: pair })),
  );
  return { key, wall, device, me: { key: joinedKey } };
};

describe('pairing', () => {
  test('the code joins, a used-up or wrong one does not', async () => {
    const { key, wall } = await hung();
    const { code } = await wall.code({ key });
    expect(code).toMatch(/^\d{6}$/);
    expect((await callerOf('R7').wall.join({ code })).wall).toBe(key.id);
    const fresh = await wall.code({ key });
    if (fresh.code !== code)
      await expect(callerOf('R7').wall.join({ code })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('guessing is throttled by post, and takes the code back after too many misses', async () => {
    const { key, wall } = await hung();
    const { code } = await wall.code({ key });
    const wrong = code === '000000' ? '000001' : '000000';
    const guess = (role: Role, grid: string) => callerOf(role, grid).wall.join({ code: wrong });
    for (let i = 0; i < 8; i++) await expect(guess('R4', 'A')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(guess('R4', 'A')).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' });
    await expect(callerOf('R4', 'A').wall.join({ code })).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' });
    for (const grid of ['B', 'S'])
      for (let i = 0; i < 8; i++) await expect(guess('R4', grid)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(callerOf('R7').wall.join({ code })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('tries at one time are counted one by one; refused ones are not kept, old ones forgotten', async () => {
    const actor = townScope('R4', 'A').actorId;
    await connection.db.insert(wallTry).values({ actor_id: 'gone', at: new Date(Date.now() - 700_000) });
    const guess = () => callerOf('R4', 'A').wall.join({ code: '000000' });
    const answers = await Promise.all(Array.from({ length: 12 }, () => guess().catch(({ code }) => code)));
    expect(answers.filter((code) => code === 'TOO_MANY_REQUESTS')).toHaveLength(4);
    const kept = await connection.db.select({ actor: wallTry.actor_id }).from(wallTry);
    expect(kept).toEqual(Array.from({ length: 8 }, () => ({ actor })));
  });

  test('only the wall that holds the secret speaks for it; a wall joins no wall', async () => {
    const { key, wall } = await hung();
    const forged = { id: key.id, secret: 'a'.repeat(48) };
    await expect(wall.code({ key: forged })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect((await authWall(connection, { id: key.id, ear: key.ear })).id).toBe(key.id);
    const deaf = { id: key.id, ear: 'a'.repeat(64) };
    await expect(authWall(connection, deaf)).rejects.toMatchObject({ code: 'not_allowed' });
    await expect(wall.code({ key: { id: key.id, secret: key.ear } })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    await expect(wall.join({ code: (await wall.code({ key })).code })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('rights', () => {
  test('an analyst views, a leader conducts, the desk on duty takes back without a code', async () => {
    const analyst = await joined('R7');
    await expect(analyst.device.claim(analyst.me)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const leader = await joined('R1');
    expect((await leader.device.claim(leader.me)).conductor?.role).toBe('R1');
    await expect(leader.device.take(leader.me)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const desk = callerOf('R2').wall;
    expect((await desk.list()).map(({ id }) => id)).toContain(leader.key.id);
    const { wall: _wall, ...deskKey } = await desk.join({ wall: leader.key.id });
    expect(await desk.take({ key: deskKey })).toMatchObject({ term: 2, conductor: { role: 'R2' } });
  });

  test('a community neither finds nor conducts the wall of the district; another post does not use the device', async () => {
    const below = await joined('R4', 'A');
    await expect(below.device.claim(below.me)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(await callerOf('R4', 'A').wall.list()).toEqual([]);
    await expect(callerOf('R4', 'A').wall.join({ wall: below.key.id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(callerOf('R2').wall.claim(below.me)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

test('what is cast reaches the wall through another server, in the order of its sequence, and is confirmed', async () => {
  const { key, wall, device, me } = await joined('R1');
  const other = connect(database.url, { max: 3 });
  const seen = collect((signal) => followWall(other, { wall: key.id, isWall: true, signal }));
  const last = () => seen.items.flatMap((item) => (item.kind === 'state' ? [item.state] : [])).at(-1);
  await until('the wall listens', () => last()?.isOnline === true || seen.items.length > 0);
  const { term } = await device.claim(me);
  for (let sequence = 1; sequence <= 5; sequence++)
    await device.cast({ ...me, term, sequence, view: { ...emptyView, page: 'event', selection: `beach:${sequence}` } });
  await until('the last cast came', () => last()?.sequence === 5);
  expect(last()?.view).toMatchObject({ page: 'event', selection: 'beach:5' });
  await wall.shown({ key, sequence: 5 });
  await until('the confirmation came', () => last()?.shown?.sequence === 5);
  await device.point({ ...me, term, lng: 114.005, lat: 22.005 });
  await until('the pointer came', () => seen.items.some(({ kind }) => kind === 'pointer'));
  await expect(device.point({ ...me, term: term + 1, lng: 1, lat: 1 })).rejects.toMatchObject({ code: 'CONFLICT' });
  await seen.stop();
  hubOf(other).end();
  await other.sql.end({ timeout: 1 });
  // A new process knows all of it: nothing lived in the one that is gone.
  const again = connect(database.url, { max: 2 });
  expect(await moveLease(again, key.id, { kind: 'time' })).toMatchObject({
    sequence: 5,
    term,
    conductor: { role: 'R1' },
  });
  await again.sql.end({ timeout: 1 });
});

test('the conductor holds the notice of a Ⅰ and sends the wall back through any server', async () => {
  const { key, wall, device, me } = await joined('R1');
  const other = connect(database.url, { max: 3 });
  const seen = collect((signal) => followWall(other, { wall: key.id, isWall: true, signal }));
  const last = () => seen.items.flatMap((item) => (item.kind === 'state' ? [item.state] : [])).at(-1);
  const { term } = await device.claim(me);
  const steer = { ...me, term, event: 'fire' };
  await expect(device.steer({ ...steer, course: 'hold' })).rejects.toMatchObject({ code: 'PRECONDITION_FAILED' });
  await wall.interrupted({ key, by: { event: 'fire', step: 'notice' } });
  await device.steer({ ...steer, course: 'hold' });
  await until('the wall holds', () => last()?.interrupt?.course === 'hold');
  await device.steer({ ...steer, course: 'go' });
  await wall.interrupted({ key, by: { event: 'fire', step: 'scene' } });
  await device.conduct({ ...me, term, move: 'quiet' });
  await until('the wall is quiet', () => last()?.isQuiet === true);
  expect(last()?.interrupt).toEqual({ event: 'fire', step: 'scene', course: 'go' });
  const viewer = callerOf('R7').wall;
  const { wall: _viewed, ...viewerKey } = await viewer.join(await wall.code({ key }));
  const byViewer = viewer.steer({ key: viewerKey, term, event: 'fire', course: 'back' });
  await expect(byViewer).rejects.toMatchObject({ code: 'CONFLICT' });
  const desk = callerOf('R2').wall;
  const { wall: _wall, ...deskKey } = await desk.join({ wall: key.id });
  await desk.steer({ key: deskKey, term: 0, event: 'fire', course: 'back' });
  await until('the wall goes back', () => last()?.interrupt?.course === 'back');
  await passTime(connection, key.id, 61_000);
  await until('the conductor is lost', () => last()?.conductor === null);
  expect(last()).toMatchObject({ isQuiet: false, interrupt: { course: 'back' } });
  await seen.stop();
  hubOf(other).end();
  await other.sql.end({ timeout: 1 });
});

test('a Ⅰ event holds silence back until a post took notice of it', async () => {
  const { id } = await hangWall(connection);
  await moveLease(connection, id, { kind: 'claim', by: postOf('device-a') });
  await moveLease(connection, id, { kind: 'claim', by: postOf('device-b') });
  const { id: fire } = await reportEvent(connection, townScope('R2'), townReport('A1'));
  await connection.db.update(event).set({ level: 1 });
  await passTime(connection, id, 25_000);
  expect((await moveLease(connection, id, { kind: 'time' })).conductor?.device).toBe('device-a');
  await expect(callerOf('R7').wall.acknowledge({ event: fire })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  const notFound = { code: 'NOT_FOUND' };
  await expect(callerOf('R4', 'B').wall.acknowledge({ event: fire })).rejects.toMatchObject(notFound);
  await expect(callerOf('R2').wall.acknowledge({ event: 'none' })).rejects.toMatchObject(notFound);
  const walls = [id, (await hangWall(connection, 'B')).id];
  const hearing = walls.map((wall) => collect((signal) => followWall(connection, { wall, isWall: true, signal })));
  const [over, beside] = hearing.map(({ items }) => items);
  await until('both walls listen', () => hearing.every(({ items }) => items.length > 0));
  await callerOf('R3', 'S').wall.acknowledge({ event: fire });
  await until('the wall over it heard', () => over?.some(({ kind }) => kind === 'acknowledged') ?? false);
  // News comes in order: once this one is here, that one would be too.
  const { id: last } = await reportEvent(connection, townScope('R2'), townReport('B1'));
  await connection.db.update(event).set({ level: 1 }).where(eq(event.id, last));
  await callerOf('R4', 'B').wall.acknowledge({ event: last });
  await until('the other wall heard its own', () => beside?.some(({ kind }) => kind === 'acknowledged') ?? false);
  expect(beside?.filter(({ kind }) => kind === 'acknowledged')).toEqual([{ kind: 'acknowledged', event: last }]);
  await Promise.all(hearing.map(({ stop }) => stop()));
  await callerOf('R2').wall.acknowledge({ event: fire });
  const told = await callerOf('R0', 'D', 'big').wall.acknowledged({ events: [fire] });
  expect(told).toMatchObject([{ event: fire, role: 'R3', division: 'S' }]);
  expect((await moveLease(connection, id, { kind: 'time' })).conductor?.device).toBe('device-b');
});

describe('a wall is told no person, no door, no free text', () => {
  const strip = (part: Partial<View>, code = 'D') => stripFor(connection, code, { ...emptyView, ...part });
  const selection = async (text: string, code = 'D') => (await strip({ selection: text }, code)).selection;

  test('selections are reduced to what a wall may show', async () => {
    expect(await selection(`dwelling:${building}000101`)).toBe(`building:${building}`);
    expect(await selection('entity:e1')).toBe('block:A1-1');
    expect(await selection('asset:f1')).toBe('block:A1-1');
    expect(await selection('dwelling:440307009001110000100')).toBeNull();
    expect(await selection(`dwelling:${building}000101`, 'B')).toBeNull();
    expect(await selection('division:A')).toBe('division:A');
    expect(await selection('division:A', 'B')).toBeNull();
  });

  test('filters on people and words that are no codes are dropped, the division is clamped', async () => {
    const filters: View['filters'] = [
      { source: 'facets', field: 'sex', values: ['1'] },
      { source: 'facets', field: 'category', values: ['0101', '\u738b\u5c0f\u660e'] },
      { source: '\u738b\u5c0f\u660e', field: 'level', values: ['1'] },
    ];
    const stripped = await strip(
      { filters, division: 'A', page: 'analyst', layers: ['event-points', 'worker-track'] },
      'B',
    );
    expect(stripped).toMatchObject({ page: 'overview', division: null, layers: ['event-points'] });
    expect(stripped.filters).toEqual([
      { source: 'facets', field: 'category', values: ['0101'] },
      { source: 'cast', field: 'level', values: ['1'] },
    ]);
    const chosen = { layer: 'metric-grid', metric: 'event.open', by: 'grid', breaks: [5, 10], shown: [2] };
    const classes = [chosen, { ...chosen, metric: '\u738b\u5c0f\u660e' }, { ...chosen, layer: 'entity-points' }];
    expect((await strip({ classes })).classes).toEqual([chosen]);
    expect((await strip({ page: 'story-progress' })).page).toBe('event');
    const explored = { page: 'explorer.month.\u738b\u5c0f\u660e.per-level.share', metric: 'own.nobody' };
    expect(await strip(explored)).toMatchObject({ page: 'explorer.month.per-level.share', metric: null });
    expect((await strip({ page: '\u738b\u5c0f\u660e' })).page).toBeNull();
  });
});
