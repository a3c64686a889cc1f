import { afterAll, beforeEach, expect, it } from 'vitest';
import type { PolicyDraft } from '@/data/model/supervision';
import type { Connection } from '../db/client';
import { rule_change } from '../db/schema';
import { type TestDatabase, testDatabase } from '../db/testing';
import { townScope } from '../event/testing';
import { jobHandlers } from '../job/handlers';
import { runDueJobs } from '../job/worker';
import { changePolicy, policyHistory, readPolicy, withdrawPolicy } from './store';
import { dateIn, letBegin, outbox, reportAgo, rungsOf, writeSupervisedTown } from './testing';

let database: TestDatabase;
let connection: Connection;
const out = outbox();
beforeEach(async () => {
  await database?.end();
  database = await testDatabase();
  connection = database.connection;
  await writeSupervisedTown(connection);
});
afterAll(() => database.end());

const limit = 24.5 * 3_600_000;
const admin = townScope('R9');
const newest = async () => (await policyHistory(connection))[0]?.from ?? '';

/** A ladder whose reminder comes at half the time. */
const sooner = async (rest: Partial<PolicyDraft> = {}): Promise<PolicyDraft> => {
  const policy = await readPolicy(connection.db, new Date());
  const rungs = policy.map((rung) => (rung.code === 'reminder' ? { ...rung, atShare: 0.5 } : rung));
  return { seen: await newest(), from: dateIn(1), note: 'as agreed', rungs, ...rest };
};

it('an event keeps the ladder it was reported under, those from the day on have the new one', async () => {
  const before = await reportAgo(connection, 0);
  await changePolicy(connection, admin, await sooner());
  expect((await readPolicy(connection.db, new Date()))[0]).toMatchObject({ code: 'reminder', atShare: 0.8 });
  expect(await policyHistory(connection)).toMatchObject([
    { until: null, change: { act: 'set', actor: 'R9:D', note: 'as agreed' } },
    { until: await newest(), change: null, from: '2020-01-01T00:00:00.000Z' },
  ]);
  await letBegin(connection, 'supervision-rung');
  const after = await reportAgo(connection, 0);
  const run = (ms: number) => runDueJobs(connection, jobHandlers(out.home), { clock: new Date(ms) });
  await run(Date.parse(after.reportedAt) + 0.5 * limit + 1000);
  expect((await rungsOf(connection)).map(({ event_id }) => event_id)).toEqual([after.id]);
  await run(Date.parse(before.reportedAt) + 0.8 * limit + 1000);
  expect((await rungsOf(connection)).map(({ event_id }) => event_id)).toEqual([after.id, before.id]);
});

it('what is no ladder, says nothing new or comes too early is refused, nothing is stored', async () => {
  const draft = await sooner();
  const fault = async (rest: Partial<PolicyDraft>, name: string) =>
    expect(changePolicy(connection, admin, { ...draft, ...rest }), name).rejects.toMatchObject({
      ...{ code: 'invalid', params: { fault: name } },
    });
  await fault({ rungs: draft.rungs.toReversed() }, 'order');
  await fault({ rungs: draft.rungs.slice(1) }, 'order');
  const falling = draft.rungs.map((rung) => (rung.code === 'meeting' ? { ...rung, overHours: [1, 1, 1, 1] } : rung));
  await fault({ rungs: falling }, 'order');
  await fault({ rungs: await readPolicy(connection.db, new Date()) }, 'same');
  await fault({ from: dateIn(-1) }, 'past');
  await reportAgo(connection, 0);
  await fault({ from: dateIn(0) }, 'used');
  for (const role of ['R1', 'R2', 'R3'] as const)
    await expect(changePolicy(connection, townScope(role), draft), role).rejects.toMatchObject({ code: 'not_allowed' });
  expect(await connection.db.select().from(rule_change)).toEqual([]);
});

it('a ladder that has not begun is withdrawn as a whole; of two changes at once one is on record', async () => {
  const draft = await sooner();
  const done = await Promise.allSettled([1, 2].map(() => changePolicy(connection, admin, draft)));
  expect(done.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(done.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'conflict' } });
  const seen = await newest();
  await withdrawPolicy(connection, admin, { seen, note: 'too early' });
  expect(await policyHistory(connection)).toMatchObject([
    {
      from: seen,
      change: { act: 'withdrawn', note: 'too early' },
      rungs: [{ code: 'reminder', atShare: 0.5 }, {}, {}, {}, {}],
    },
    { until: null, change: null },
  ]);
  await expect(withdrawPolicy(connection, admin, { seen: await newest(), note: 'no' })).rejects.toMatchObject({
    code: 'conflict',
  });
  const begun = { seen: '2020-01-01T00:00:00.000Z', note: 'no' };
  await expect(withdrawPolicy(connection, admin, begun)).rejects.toMatchObject({ params: { fault: 'begun' } });
});
