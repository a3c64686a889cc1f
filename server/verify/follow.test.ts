import { afterAll, beforeAll, expect, test } from 'vitest';
import { doubtRules } from '@/data/model/verify';
import { type TestDatabase, testDatabase } from '../db/testing';
import { dwellingsOf, grids, loadTown, townScope } from '../db/testing-town';
import { loadTerms } from '../dictionary/seed';
import { runDueJobs } from '../job/worker';
import { answer } from '../metric/answer';
import { type Facts, openFacts } from '../metric/follower';
import { inPlain } from '../person/testing';
import { createCaller } from '../trpc/root';
import { verifyJobs } from './run';

let database: TestDatabase;
let facts: Facts;
beforeAll(async () => {
  database = await testDatabase();
  await loadTown(database.connection);
  await loadTerms(database.connection.db);
  facts = await openFacts(database.connection, { file: null });
});
afterAll(async () => {
  facts?.close();
  await database?.end();
});

const scope = townScope('R2', 'DP');
const partsOf = async (metric: string): Promise<[number | null, number | null]> => {
  await facts.sync();
  const question = { division: null, period: 'today' as const, at: null, filters: [] };
  const { cells } = await answer({ facts, db: database.connection.db, scope }, { metric, question });
  return [cells[0]?.numerator ?? null, cells[0]?.denominator ?? null];
};

test('the catalogue follows what is sent and seen to, and the quality it leaves', async () => {
  const { sql } = database.connection;
  await sql`update entity set credit_code = id`;
  await inPlain(
    database.connection,
    () =>
      sql`update person set id_number = '44030719800506' || lpad(id::text, 2, '0') || '11', birth_on = '1980-05-06', name = name || id`,
  );
  await sql`update dwelling set house_use = '4' where code = ${dwellingsOf(grids[0])[1]}`;
  await expect.poll(() => partsOf('quality.use')).toEqual([8, 8]);
  const desk = createCaller({ scope, connection: database.connection });
  const id = crypto.randomUUID();
  await desk.verify.open({ id, name: '试跑', division: 'DP', rules: [...doubtRules] });
  await runDueJobs(database.connection, verifyJobs);
  await expect.poll(() => partsOf('quality.use')).toEqual([7, 8]);
  await expect.poll(() => partsOf('doubt.open')).toEqual([0, 1]);
  await desk.verify.send({ id });
  await expect.poll(() => partsOf('doubt.open')).toEqual([1, 1]);
  await expect.poll(() => partsOf('doubt.verified_rate')).toEqual([0, 1]);
  const [task] = (await desk.verify.mine({})).tasks;
  if (!task) throw new Error('Nothing waits.');
  const worker = createCaller({ scope: townScope('R5', grids[0]), connection: database.connection });
  await worker.verify.visit({
    ...{ id: task.id, version: task.version, stamp: task.stamp, result: 'changed', values: { house_use: '1' } },
    ...{ note: '', clientKey: crypto.randomUUID(), happenedAt: new Date().toISOString() },
  });
  await expect.poll(() => partsOf('doubt.verified_rate')).toEqual([1, 1]);
  await expect.poll(() => partsOf('doubt.wrong_rate')).toEqual([1, 1]);
  await expect.poll(() => partsOf('quality.use')).toEqual([8, 8]);
});
