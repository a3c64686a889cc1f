import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { control, term } from '../db/schema';
import { type TestDatabase, testDatabase } from '../db/testing';
import { townScope, writeTown } from '../event/testing';
import { handlePushControls, handleRiskProgress } from '../push/http';
import { makeKey } from '../push/store';
import { createCaller } from '../trpc/root';

let database: TestDatabase;
let key = '';
beforeAll(async () => {
  database = await testDatabase();
  await writeTown(database.connection);
  const word = (list: string, code: string, attrs: Record<string, string> = {}) => ({
    ...{ list, code, zh: code, en: code, parent: null, attrs, source: 'test' },
    valid_from: new Date('2020-01-01T00:00:00Z'),
  });
  await database.connection.db
    .insert(term)
    .values([word('control-source', '1'), word('control-limit', '2', { sign_hours: '2' })]);
  vi.stubGlobal('gridhallConnection', database.connection);
  key = await makeKey(database.connection, 'province', ['06']);
});
afterAll(async () => {
  vi.unstubAllGlobals();
  await database.end();
});

const call = async (work: (request: Request) => Promise<Response>, body: unknown, using = key) => {
  const post = body === null ? {} : { method: 'POST', body: JSON.stringify(body) };
  const headers = { authorization: `Bearer ${using}` };
  const answer = await work(new Request('http://localhost/api/push/controls?id=R-1', { ...post, headers }));
  return { status: answer.status, body: await answer.json() };
};
const chain = ['P', 'C', 'D'].map((division) => ({ division, duty: `Duty of ${division}` }));
const risk = (id: string, rest: object = {}) => ({
  ...{ id, source: '1', title: 'Crowd at the shore road', evidence: 'Counts of two weekends', division: 'A' },
  ...{ address: 'Shore road', level: 2, dueAt: new Date(Date.now() + 86_400_000).toISOString(), chain },
  ...rest,
});
const push = async (...risks: object[]) => (await call(handlePushControls, { risks })).body.results;
const moves = async (...rows: object[]) => (await call(handlePushControls, { moves: rows })).body.results;
const desk = () => createCaller({ scope: townScope('R2', 'D'), connection: database.connection }).control;

test('a risk comes down over HTTP, receipt and feedback go up, the sender closes it', async () => {
  const [first] = await push(risk('R-1'));
  expect(first).toMatchObject({ ok: true, id: 'R-1', isRepeated: false, receipt: expect.stringMatching(/^L\d{8}-/) });
  expect(await push(risk('R-1'), risk('R-1', { title: 'Another' }))).toMatchObject([
    { ok: true, isRepeated: true, receipt: first.receipt },
    { ok: false, code: 'conflict', reason: 'key_used' },
  ]);
  const [row] = await desk().list({});
  expect(row).toMatchObject({ number: first.receipt, todo: 'sign', own: { level: 'district', duty: 'Duty of D' } });
  const told = await desk().byId({ id: row?.id ?? '' });
  expect(told.parts.map(({ division, state }) => [division, state])).toEqual([
    ['P', 'passed'],
    ['C', 'passed'],
    ['D', 'waiting'],
  ]);
  const step = async (name: 'sign' | 'keep' | 'report', note = '') => {
    const { own, id } = await desk().byId({ id: row?.id ?? '' });
    await desk().move({ id, division: 'D', version: own.version, step: name, note });
  };
  await step('sign');
  await step('keep');
  expect(await moves({ id: 'R-1', division: 'P', step: 'close', note: 'Over' })).toMatchObject([
    { ok: false, reason: 'control_open', zh: expect.any(String), en: expect.any(String) },
  ]);
  await step('report', 'Barriers stand.');
  expect(await moves({ id: 'R-1', division: 'C', step: 'return', note: 'Which barriers?' })).toMatchObject([
    { ok: true },
  ]);
  await step('report', 'Barriers at both gates.');
  const up = (await call(handleRiskProgress, null)).body;
  expect(up.parts.at(-1)).toMatchObject({ division: 'D', state: 'reported', feedback: 'Barriers at both gates.' });
  expect(
    await moves(
      { id: 'R-1', division: 'C', step: 'report', note: 'Seen to' },
      { id: 'R-1', division: 'P', step: 'close', note: 'Over' },
    ),
  ).toMatchObject([{ ok: true }, { ok: true }]);
  expect((await call(handleRiskProgress, null)).body.closedAt).not.toBeNull();
});

test('bad risks say why in both languages and leave nothing; other keys neither push nor look', async () => {
  const before = await database.connection.db.$count(control);
  const bad: [object, string | undefined][] = [
    [risk('B', { chain: chain.slice(0, 2) }), 'control_below'],
    [risk('B', { chain: [chain[0], chain[2]] }), 'control_below'],
    [risk('B', { division: 'P' }), 'outside'],
    [risk('B', { evidence: 'Call 13800138000' }), 'personal'],
    [risk('B', { title: '<img src=x>' }), 'markup'],
    [risk('B', { dueAt: '2020-01-01T00:00:00Z' }), 'due_past'],
    [risk('B', { source: '7' }), undefined],
    [risk('B', { person: 'Wang' }), undefined],
  ];
  for (const [row, reason] of bad) {
    const [result] = await push(row);
    expect(result).toMatchObject({ ok: false, code: 'invalid', ...(reason ? { reason, zh: expect.any(String) } : {}) });
  }
  expect(await moves({ id: 'R-1', division: 'D', step: 'close', note: 'Over' })).toMatchObject([{ ok: false }]);
  expect(await database.connection.db.$count(control)).toBe(before);
  const other = await makeKey(database.connection, 'hotline', ['04']);
  expect((await call(handlePushControls, { risks: [risk('X')] }, other)).body.results).toMatchObject([
    { ok: false, reason: 'push_source' },
  ]);
  expect((await call(handleRiskProgress, null, other)).status).toBe(403);
  const twin = await makeKey(database.connection, 'city', ['06']);
  expect((await call(handleRiskProgress, null, twin)).status).toBe(404);
});
