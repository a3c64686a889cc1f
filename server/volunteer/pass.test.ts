import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { metrics } from '@/data/metrics/index';
import type { Scope } from '@/data/model/scope';
import type { PassTold, TurnStep } from '@/data/model/volunteer';
import type { Connection } from '../db/client';
import { change, duty, volunteer_pass, volunteer_step, worker } from '../db/schema';
import { type TestDatabase, testDatabase } from '../db/testing';
import { townScope } from '../event/testing';
import { turnsAnHour } from '../intake/turn';
import { endFeed } from '../live/feed';
import { until } from '../live/testing';
import { replica } from '../metric/replica';
import { createCaller } from '../trpc/root';
import { handlePass, handlePassMove } from './http';
import { writeTeams } from './testing';

let database: TestDatabase;
let connection: Connection;
const hour = 3_600_000;
const desk = townScope('R4', 'A');
const callerOf = (scope: Scope) => createCaller({ scope, connection }).volunteer;

beforeAll(async () => {
  database = await testDatabase();
  connection = database.connection;
  vi.stubGlobal('gridhallConnection', connection);
  await writeTeams(connection);
  const here = { subdistrict_code: 'S', community_code: 'A', grid_code: 'A1' };
  await connection.db.insert(worker).values({ id: 'W1', name: 'Staff', worker_type: '1', ...here });
  const [starts_at, ends_at] = [new Date(Date.now() - hour), new Date(Date.now() + 8 * hour)];
  await connection.db.insert(duty).values({ worker_id: 'W1', starts_at, ends_at, signed_in_at: starts_at });
});
afterAll(async () => {
  endFeed(connection);
  vi.unstubAllGlobals();
  await database.end();
});
beforeEach(() => connection.sql`update volunteer_call set cancelled_at = now()`);

const register = async (name: string, of = 'TA', scope = desk): Promise<string> => {
  const id = randomUUID();
  await callerOf(scope).join({ id, team: of, name });
  return id;
};
const open = async (startsIn: number, nWanted = 2, scope = desk): Promise<string> => {
  const id = randomUUID();
  const at = (hours: number) => new Date(Date.now() + hours * hour).toISOString();
  const words = { division: scope.division, service: 'V1', title: 'Clean the beach', address: '' };
  await callerOf(scope).open({ id, ...words, startsAt: at(startsIn), endsAt: at(startsIn + 3), nWanted });
  return id;
};
const pass = async (id: string): Promise<string> => (await callerOf(desk).issuePass({ id })).secret;

let nAddress = 0;
const post = (body: unknown, address = `10.2.0.${nAddress++}`, signal?: AbortSignal) =>
  new Request('http://localhost/api/public/volunteer', {
    ...{ method: 'POST', body: JSON.stringify(body), signal: signal ?? null },
    headers: { 'x-gridhall-address': address },
  });
/** First line of what a pass tells, or why it tells nothing; the line is left then. */
const look = async (secret: unknown, address?: string) => {
  const left = new AbortController();
  const answer = await handlePass(post({ secret }, address, left.signal));
  if (answer.status !== 200) return { status: answer.status, body: await answer.json() };
  const reader = answer.body?.getReader();
  const first = new TextDecoder().decode((await reader?.read())?.value);
  left.abort();
  return { status: 200, body: JSON.parse(first) as PassTold };
};
const told = async (secret: string) => (await look(secret)).body as PassTold;
const take = async (secret: unknown, call: string, step: TurnStep, version: number, note?: string) => {
  const answer = await handlePassMove(post({ secret, call, step, version, ...(note === undefined ? {} : { note }) }));
  return { status: answer.status, body: await answer.json() };
};

describe('a pass', () => {
  test('is told once and kept as a hash; its holder is told himself, masked, and calls, nobody else', async () => {
    const [one, other] = [await register('Ming Wang'), await register('Ann Other')];
    const call = await open(1);
    await callerOf(desk).move({ call, volunteer: other, step: 'signUp' });
    const secret = await pass(one);
    expect(secret).toMatch(/^[\w-]{43}$/);
    expect(JSON.stringify(await connection.db.select().from(volunteer_pass))).not.toContain(secret);
    const { body } = await look(secret);
    expect(Object.keys(body).sort()).toEqual(['calls', 'hours', 'name', 'team', 'teamEn']);
    expect(body).toMatchObject({
      ...{ name: 'M**', team: 'TA', hours: 0 },
      calls: [{ id: call, nFree: 1, isOn: false, version: 0, steps: ['signUp'] }],
    });
    for (const hidden of [other, one, 'Ann', 'Wang']) expect(JSON.stringify(body)).not.toContain(hidden);
    const { members } = await callerOf(desk).team({ id: 'TA' });
    expect(members.find(({ id }) => id === one)?.passSince).not.toBeNull();
    expect(members.find(({ id }) => id === other)?.passSince).toBeNull();
  });

  test('an unknown, malformed, replaced, ended secret and that of one who left get the same answer', async () => {
    const call = await open(1);
    const [a, b, c] = [await register('Bo Li'), await register('Chu Li'), await register('Dan Li')];
    const replaced = await pass(a);
    const fresh = await pass(a);
    const ended = await pass(b);
    await callerOf(desk).endPass({ id: b });
    await callerOf(desk).endPass({ id: b });
    const left = await pass(c);
    await callerOf(desk).leave({ id: c });
    await expect(callerOf(desk).issuePass({ id: c })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    const secrets = [replaced, ended, left, 'x'.repeat(43), '', 7, null, 'x'.repeat(5_00), "' or true --"];
    const answers = [
      ...(await Promise.all(secrets.map((secret) => look(secret)))),
      ...(await Promise.all(secrets.map((secret) => take(secret, call, 'signUp', 0)))),
    ];
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toMatchObject({ status: 403, body: { reason: 'pass_unknown', zh: /志愿者证/u, en: /pass/ } });
    expect((await look(fresh)).status).toBe(200);
    expect(
      await connection.db.$count(volunteer_pass, sql`ended_by is distinct from 'R4:A' and ended_at is not null`),
    ).toBe(0);
  });

  test('two issued at once leave one that holds', async () => {
    const one = await register('Eve Li');
    const secrets = await Promise.all([pass(one), pass(one), pass(one)]);
    const answers = await Promise.all(secrets.map((secret) => look(secret)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 403, 403]);
  });

  test('is issued and ended by those who keep the register, never elsewhere, on a phone of the grid or a wall', async () => {
    const one = await register('Fay Li');
    const refused = async (scope: Scope, code: string) => {
      await expect(callerOf(scope).issuePass({ id: one })).rejects.toMatchObject({ code });
      await expect(callerOf(scope).endPass({ id: one })).rejects.toMatchObject({ code });
    };
    await refused(townScope('R4', 'B'), 'NOT_FOUND');
    await refused(townScope('R5', 'A1'), 'FORBIDDEN');
    await refused(townScope('R7'), 'FORBIDDEN');
    await refused({ ...townScope('R2'), screen: 'big' }, 'FORBIDDEN');
    expect(await connection.db.$count(volunteer_pass, sql`volunteer_id = ${one}`)).toBe(0);
  });

  test('an address has so many turns an hour and no more', async () => {
    const secret = await pass(await register('Gil Li'));
    await connection.sql`delete from intake_turn`;
    await look(secret, 'many');
    await connection.sql`update intake_turn set turns = ${turnsAnHour.pass}`;
    expect(await look(secret, 'many')).toMatchObject({ status: 429, body: { reason: 'rate' } });
    expect((await look(secret, 'few')).status).toBe(200);
  });
});

describe('with a pass', () => {
  test('a volunteer signs up, comes and finishes; a step taken twice is one; all is kept as his own', async () => {
    const one = await register('Ming Wang');
    const secret = await pass(one);
    const call = await open(1);
    const both = await Promise.all([take(secret, call, 'signUp', 0), take(secret, call, 'signUp', 0)]);
    for (const answer of both)
      expect(answer).toMatchObject({
        status: 200,
        body: { calls: [{ isOn: true, version: 1, steps: ['come', 'withdraw'] }] },
      });
    await take(secret, call, 'come', 1);
    await connection.sql`update volunteer_turn set came_at = came_at - interval '2 hours' where volunteer_id = ${one}`;
    expect(await take(secret, call, 'go', 2, '<b>x</b>')).toMatchObject({ status: 400, body: { reason: 'markup' } });
    const done = await take(secret, call, 'go', 2, '清理了两袋垃圾');
    expect(done.body).toMatchObject({ hours: 2, calls: [{ id: call, version: 3, steps: [] }] });
    expect((await take(secret, call, 'go', 2)).body).toEqual(done.body);
    expect(await callerOf(desk).byId({ id: call, at: null })).toMatchObject({
      ...{ nSignedUp: 1, nCame: 1, hours: 2 },
      turns: [{ volunteer: one, note: '清理了两袋垃圾', next: null }],
    });
    const id = `${call}-${one}`;
    const steps = await connection.sql`
      select version, step, actor_id from volunteer_step where turn_id = ${id} order by version`;
    expect([...steps]).toEqual(
      (['signUp', 'come', 'go'] as const).map((step, i) => ({ version: i + 1, step, actor_id: 'volunteer' })),
    );
    await expect(connection.db.update(volunteer_step).set({ note: '' })).rejects.toThrow();
    await expect(connection.db.delete(volunteer_step)).rejects.toThrow();
    expect(await connection.db.$count(change, sql`kind = 'turn' and id = ${id}`)).toBe(3);
    const wall = await callerOf({ ...townScope('R4', 'A'), screen: 'big' }).byId({ id: call, at: null });
    expect(wall).toMatchObject({ nCame: 1, turns: [], others: [] });
  });

  test('the rules are those of the desk: too early, full, called off, elsewhere, from what he no longer sees', async () => {
    const [one, other] = [await register('Hu Li'), await register('Ian Li')];
    const secret = await pass(one);
    const far = await open(48, 1);
    expect(await take(secret, far, 'come', 0)).toMatchObject({ status: 400, body: { reason: 'turn_step' } });
    await take(secret, far, 'signUp', 0);
    await callerOf(desk).move({ call: far, volunteer: one, step: 'withdraw' });
    expect(await take(secret, far, 'signUp', 1)).toMatchObject({ status: 409, body: { reason: 'turn_changed' } });
    await callerOf(desk).move({ call: far, volunteer: other, step: 'signUp' });
    expect(await take(secret, far, 'signUp', 2)).toMatchObject({
      status: 409,
      body: { reason: 'call_full', zh: /./u },
    });
    expect((await told(secret)).calls).toMatchObject([{ id: far, nFree: 0, isOn: false, steps: [] }]);
    await callerOf(desk).cancel({ id: far });
    expect((await told(secret)).calls).toEqual([]);
    const there = await open(1, 2, townScope('R4', 'B'));
    expect(await take(secret, there, 'signUp', 0)).toMatchObject({ status: 404 });
    expect((await told(secret)).calls).toEqual([]);
    expect((await told(await pass(other))).calls).toMatchObject([{ id: far, isOn: true, steps: [] }]);
  });

  test('what he gives back another may take; who forgot to finish served no longer than the call and its slack', async () => {
    const [one, other] = [await register('Jo Li'), await register('Kit Li')];
    const [mine, his] = [await pass(one), await pass(other)];
    const call = await open(1, 1);
    await take(mine, call, 'signUp', 0);
    expect((await take(his, call, 'signUp', 0)).body).toMatchObject({ reason: 'call_full' });
    await take(mine, call, 'withdraw', 1);
    expect((await take(his, call, 'signUp', 0)).status).toBe(200);
    await take(his, call, 'come', 1);
    await connection.sql`update volunteer_call set starts_at = now() - interval '30 hours',
      ends_at = now() - interval '27 hours' where id = ${call}`;
    await connection.sql`update volunteer_turn set came_at = now() - interval '30 hours' where volunteer_id = ${other}`;
    expect((await told(mine)).calls).toEqual([]);
    expect((await told(his)).calls).toMatchObject([{ id: call, steps: ['go'] }]);
    expect((await take(his, call, 'go', 2)).body).toMatchObject({ hours: 5, calls: [] });
  });

  test('he learns of the desk at once: a call opened, a step recorded for him, his pass ended', async () => {
    const one = await register('Lu Li');
    const secret = await pass(one);
    const answer = await handlePass(post({ secret }));
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
    let [rest, isOver] = ['', false];
    const heard = async (holds: (page: PassTold) => boolean): Promise<void> => {
      while (!isOver) {
        const part = await reader?.read();
        isOver = part?.done ?? true;
        rest += part?.value ?? '';
        const lines = rest.split('\n');
        rest = lines.pop() ?? '';
        if (lines.some((line) => line !== '' && holds(JSON.parse(line)))) return;
      }
    };
    await heard(({ calls }) => calls.length === 0);
    const call = await open(1);
    await heard(({ calls }) => calls.some(({ id, isOn }) => id === call && !isOn));
    await callerOf(desk).move({ call, volunteer: one, step: 'signUp' });
    await heard(({ calls }) => calls.some(({ id, isOn }) => id === call && isOn));
    await callerOf(desk).cancel({ id: call });
    await heard(({ calls }) => calls.some(({ cancelledAt }) => cancelledAt !== null));
    expect(isOver).toBe(false);
    await callerOf(desk).endPass({ id: one });
    await heard(() => false);
    expect(isOver).toBe(true);
    expect(await look(secret)).toMatchObject({ status: 403 });
  });

  test('a volunteer is no staff: figures of workers and shifts stay as they are while his hours are counted', async () => {
    const home = mkdtempSync(join(tmpdir(), 'gridhall-pass-'));
    vi.stubEnv('DATABASE_URL', database.url);
    vi.stubEnv('GRIDHALL_HOME', home);
    const asked = createCaller({ scope: desk, connection }).metric;
    const question = { division: null, period: 'P7D' as const, at: null, filters: [] };
    const figure = async (metric: string) => (await asked.ask({ metric, question })).cells[0]?.value ?? 0;
    const ofStaff = metrics.filter(({ fact }) => fact === 'worker' || fact === 'duty');
    const staff = async () => Promise.all(ofStaff.map(async ({ key }) => [key, await figure(key)]));
    try {
      const before = await staff();
      expect(Object.fromEntries(before)).toMatchObject({ 'worker.count': 1, 'duty.on_duty': 1 });
      const served = await figure('volunteer.hours');
      const one = await register('Mo Li');
      const secret = await pass(one);
      const call = await open(1);
      await take(secret, call, 'signUp', 0);
      await take(secret, call, 'come', 1);
      await connection.sql`update volunteer_turn set came_at = came_at - interval '2 hours' where volunteer_id = ${one}`;
      expect((await take(secret, call, 'go', 2)).status).toBe(200);
      await until('his hours are counted', async () => (await figure('volunteer.hours')) >= served + 2);
      expect(await staff()).toEqual(before);
      expect(await connection.db.$count(worker)).toBe(1);
    } finally {
      await replica().stop();
      vi.unstubAllEnvs();
      rmSync(home, { recursive: true, force: true });
    }
  });
});
