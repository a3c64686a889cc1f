import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ControlMove, ControlPush, ControlTodo } from '@/data/model/control';
import { type Role, roles, type Scope, screenKeys } from '@/data/model/scope';
import { translate } from '@/data/text/translate';
import { control_move, division, term } from '../db/schema';
import { type TestDatabase, testDatabase } from '../db/testing';
import { townScope, writeTown } from '../event/testing';
import { createCaller } from '../trpc/root';

let database: TestDatabase;
const path = '/P/C/D/';
/** A second sub-district beside the town's, with one community. */
const beside = { geometry: null, lng: null, lat: null };
beforeAll(async () => {
  database = await testDatabase();
  const { db } = database.connection;
  await writeTown(database.connection);
  await db.insert(division).values([
    { code: 'S2', parent_code: 'D', level: 4, path: `${path}S2/`, name: 'S2', name_en: 'S2', ...beside },
    { code: 'K', parent_code: 'S2', level: 5, path: `${path}S2/K/`, name: 'K', name_en: 'K', ...beside },
  ]);
  const word = (list: string, code: string, attrs: Record<string, string> = {}) => ({
    ...{ list, code, zh: code, en: code, parent: null, attrs, source: 'test' },
    valid_from: new Date('2020-01-01T00:00:00Z'),
  });
  await db
    .insert(term)
    .values([
      word('control-source', '4'),
      ...['1', '2', '3', '4'].map((code) => word('control-limit', code, { sign_hours: code })),
    ]);
});
afterAll(() => database.end());

const places: Record<string, [string, Scope['level'], Role]> = {
  P: ['/P/', 'province', 'R2'],
  C: ['/P/C/', 'city', 'R2'],
  D: [path, 'district', 'R2'],
  S: [`${path}S/`, 'subdistrict', 'R3'],
  S2: [`${path}S2/`, 'subdistrict', 'R3'],
  A: [`${path}S/A/`, 'community', 'R4'],
  B: [`${path}S/B/`, 'community', 'R4'],
  K: [`${path}S2/K/`, 'community', 'R4'],
};
const as = (code: string, rest: Partial<Scope> = {}) => {
  const [at = '/', level = 'grid', role = 'R5'] = places[code] ?? [];
  const scope = { ...townScope(role, 'D'), division: code, path: at, level, actorId: `${role}:${code}`, ...rest };
  return createCaller({ scope, connection: database.connection }).control;
};

const duty = (code: string) => ({ division: code, duty: `Duty of ${code}` });
const draft = (rest: Partial<ControlPush> = {}): ControlPush => ({
  ...{ clientKey: randomUUID(), source: '4', title: 'Slope above the market', evidence: 'Cracks seen from the air' },
  ...{ division: 'D', address: 'North gate', level: 2, dueAt: new Date(Date.now() + 86_400_000).toISOString() },
  ...{ duty: 'Lead the check', children: [duty('C')] },
  ...rest,
});
const step = async (id: string, code: string, name: ControlMove['step'], rest: Partial<ControlMove> = {}) => {
  const { parts } = await as(code).byId({ id });
  const division = rest.division ?? code;
  const version = parts.find((part) => part.division === division)?.version ?? 1;
  const isTold = ['report', 'return', 'close'].includes(name);
  return as(code).move({ id, division, version, step: name, note: isTold ? `Words of ${code}` : '', ...rest });
};
const pass = async (id: string, code: string, children: string[]) => {
  await step(id, code, 'sign');
  await step(id, code, 'pass', { children: children.map(duty) });
};
/** A ticket pushed by the province that stands signed at three communities. */
const spread = async () => {
  const id = await as('P').push(draft());
  await pass(id, 'C', ['D']);
  await pass(id, 'D', ['S', 'S2']);
  await pass(id, 'S', ['A', 'B']);
  await pass(id, 'S2', ['K']);
  for (const code of ['A', 'B', 'K']) {
    await step(id, code, 'sign');
    await step(id, code, 'keep');
  }
  return id;
};

test('down five levels and up again: each has its own duty, nobody skips a level, the top closes', async () => {
  const id = await spread();
  for (const [code, [, level]] of Object.entries(places)) {
    const { own, todo, evidence } = await as(code).byId({ id });
    expect([own.division, own.level, evidence]).toEqual([code, level, 'Cracks seen from the air']);
    expect(own.duty).toBe(code === 'P' ? 'Lead the check' : `Duty of ${code}`);
    const isLeaf = ['A', 'B', 'K'].includes(code);
    expect(todo).toBe<ControlTodo>(isLeaf ? 'report' : 'wait');
  }
  await step(id, 'A', 'report');
  await expect(step(id, 'S', 'report')).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  await step(id, 'B', 'report');
  await step(id, 'S', 'report');
  await expect(step(id, 'P', 'close')).rejects.toThrow(/Not reported yet: C/);
  await step(id, 'D', 'report', { reason: 'K waits for the water level to fall' });
  await step(id, 'C', 'report');
  expect((await as('P').byId({ id })).todo).toBe('close');
  await step(id, 'P', 'close', { note: 'The slope is made fast.' });
  const told = await as('P').byId({ id });
  expect(told.closedAt).not.toBeNull();
  expect(told.steps.map(({ at }) => at)).toEqual(told.steps.map(({ at }) => at).toSorted());
  expect(told.steps.at(-1)).toMatchObject({
    step: 'close',
    role: 'R2',
    division: 'P',
    note: 'The slope is made fast.',
  });
  expect(told.parts.find(({ division: code }) => code === 'D')?.reason).toMatch(/water level/);
  for (const code of Object.keys(places)) {
    const { todo, moves, returnable } = await as(code).byId({ id });
    expect([todo, moves, returnable], code).toEqual(['none', [], []]);
  }
  await expect(step(id, 'K', 'report')).rejects.toThrow(/closed/);
});

test('what was reported may be sent back until one above has reported on it', async () => {
  const id = await spread();
  await step(id, 'A', 'report');
  await step(id, 'B', 'report');
  await expect(step(id, 'S', 'return', { division: 'A', note: '' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  await step(id, 'S', 'return', { division: 'A', note: 'No photo of the drain.' });
  expect((await as('A').byId({ id })).own).toMatchObject({ state: 'kept', reportedAt: null, feedback: null });
  await expect(step(id, 'S', 'report')).rejects.toThrow(/Not reported yet: A/);
  await step(id, 'A', 'report', { note: 'With the photo.' });
  await step(id, 'S', 'report');
  await expect(step(id, 'S', 'return', { division: 'A' })).rejects.toThrow(/reported on/);
  await expect(step(id, 'D', 'return', { division: 'A' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await step(id, 'D', 'return', { division: 'S' });
  expect((await as('S').byId({ id })).returnable).toEqual(['A', 'B']);
});

test('a branch sees itself and the way up; of those beside it whose duty, not what they say', async () => {
  const id = await spread();
  await step(id, 'K', 'report', { note: 'Secret of K' });
  await step(id, 'S2', 'report', { note: 'Secret of S2' });
  const sub = await as('S').byId({ id });
  expect(sub.parts.map((part) => part.division)).toEqual(['P', 'C', 'D', 'S', 'A', 'B', 'S2']);
  expect(sub.parts.at(-1)).toMatchObject({ duty: 'Duty of S2', state: 'reported', feedback: null });
  const community = await as('A').byId({ id });
  expect(community.parts.map((part) => part.division)).toEqual(['P', 'C', 'D', 'S', 'A', 'B', 'S2']);
  for (const told of [sub, community, await as('A').list({}), await as('B').byId({ id })])
    expect(JSON.stringify(told)).not.toMatch(/Secret/);
  expect(JSON.stringify(await as('D').byId({ id }))).toMatch(/Secret of K.*Secret of S2/);
  const other = await as('D').push(draft({ children: [duty('S2')] }));
  for (const code of ['P', 'C', 'S', 'A']) {
    await expect(as(code).byId({ id: other })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await as(code).list({})).some((row) => row.id === other)).toBe(false);
    await expect(
      as(code).move({ id: other, division: code, version: 1, step: 'sign', note: '' }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
  }
  expect((await as('D').list({ division: 'K' })).some((row) => row.id === other)).toBe(false);
  expect((await as('D').list({ division: 'S2' })).some((row) => row.id === other)).toBe(true);
});

test('only the post of its level moves a part, and only its own', async () => {
  const id = await spread();
  const levels = ['district', 'subdistrict', 'community', 'grid'] as const;
  for (const role of roles)
    for (const screen of screenKeys)
      for (const level of levels) {
        const post = { district: 'R2', subdistrict: 'R3', community: 'R4', grid: null }[level];
        const caller = as('D', { role, screen, level });
        const isPost = role === post && screen !== 'big';
        const asked = caller.byId({ id }).then(
          () => 'TOLD',
          (error: { code: string }) => error.code,
        );
        expect(await asked, `${role} ${screen} ${level}`).toBe(isPost ? 'TOLD' : 'FORBIDDEN');
        if (isPost) continue;
        const move = { id, division: 'D', version: 9, step: 'keep' as const };
        const pushed = draft({ children: [duty('S')] });
        for (const refused of [() => caller.list({}), () => caller.move(move), () => caller.push(pushed)])
          await expect(refused()).rejects.toMatchObject({ code: 'FORBIDDEN' });
      }
  for (const name of ['report', 'pass'] as const)
    await expect(step(id, 'S', name, { division: 'A', children: [] })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(step(id, 'S', 'close')).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(step(id, 'P', 'report')).rejects.toThrow(/top closes/);
  await expect(step(id, 'A', 'pass', { children: [duty('A1')] })).rejects.toThrow(/right below/);
});

test('of two who act on one version one is told; branches do not stand in each other’s way', async () => {
  const id = await spread();
  const { own } = await as('A').byId({ id });
  const report = { id, division: 'A', version: own.version, step: 'report' as const, note: 'Done' };
  const tries = await Promise.allSettled(Array.from({ length: 6 }, () => as('A').move(report)));
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const each of tries) if (each.status === 'rejected') expect(each.reason).toMatchObject({ code: 'CONFLICT' });
  const both = await Promise.allSettled([step(id, 'B', 'report'), step(id, 'K', 'report')]);
  expect(both.every(({ status }) => status === 'fulfilled')).toBe(true);
  const moves = await database.connection.db.select().from(control_move);
  const seqs = moves.filter((move) => move.control_id === id).map(({ seq }) => seq);
  expect(seqs.toSorted((a, b) => a - b)).toEqual(seqs.map((_, i) => i + 1));
});

test('a repeated push is the first one; another level may not take its key', async () => {
  const push = draft({ children: [duty('S')] });
  const ids = await Promise.all(Array.from({ length: 4 }, () => as('D').push(push)));
  expect(new Set(ids).size).toBe(1);
  expect((await as('S').byId({ id: ids[0] ?? '' })).steps).toHaveLength(2);
  await expect(as('C').push({ ...push, children: [duty('D')] })).rejects.toMatchObject({ code: 'CONFLICT' });
});

test('bad input says why in both languages, and leaves nothing', async () => {
  const before = await as('D').list({});
  const faults: [object, string][] = [
    [{ title: 'x' }, 'words_missing'],
    [{ evidence: 'Ask Wang at 13800138000' }, 'personal'],
    [{ duty: 'Look for 440307199001011234' }, 'personal'],
    [{ title: 'A <b>bold</b> risk' }, 'markup'],
    [{ dueAt: new Date(Date.now() - 1000).toISOString() }, 'due_past'],
    [{ division: 'P' }, 'outside'],
    [{ children: [duty('A')] }, 'control_below'],
    [{ children: [duty('S'), duty('S')] }, 'control_below'],
    [{ source: '9' }, ''],
    [{ level: 5 }, ''],
    [{ person: 'Wang' }, ''],
    [{ children: [] }, ''],
  ];
  for (const [fault, reason] of faults) {
    const sent = { ...draft({ children: [duty('S')] }), ...fault } as ControlPush;
    await expect(as('D').push(sent), reason).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    if (reason)
      for (const lang of ['zh', 'en'] as const) {
        const key = `intake.refused.${reason}`;
        expect(translate(lang, key, { n: 1 })).not.toBe(key);
      }
  }
  expect(await as('D').list({})).toHaveLength(before.length);
});

test('a past instant shows the ticket as it stood, with nothing to do', async () => {
  const id = await as('D').push(draft({ children: [duty('S')] }));
  const { pushedAt } = await as('D').byId({ id });
  await step(id, 'S', 'sign');
  const then = await as('S').byId({ id, at: pushedAt });
  expect([then.own.state, then.moves, then.steps.length]).toEqual(['waiting', [], 2]);
  const before = new Date(Date.parse(pushedAt) - 1).toISOString();
  await expect(as('D').byId({ id, at: before })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect((await as('S').byId({ id })).own).toMatchObject({ state: 'signed', version: 2 });
});
