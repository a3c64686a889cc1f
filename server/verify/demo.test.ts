import { afterAll, beforeAll, expect, test } from 'vitest';
import { doubtRules } from '@/data/model/verify';
import { badgeOf } from '../access/rules';
import { listPosts } from '../access/store';
import { type TestDatabase, testDatabase, testNow } from '../db/testing';
import { readInstallation } from '../dictionary/store';
import { createCaller } from '../trpc/root';
import { verifyDemo } from './demo';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase({ demo: 'tiny' });
});
afterAll(() => database?.end());

const deskOf = async () => {
  const { root, rootPath } = await readInstallation(database.connection.db);
  const post = { division: root, path: rootPath, level: 'district', role: 'R2', screen: 'mid', post: root } as const;
  return createCaller({ scope: { ...post, actorId: 'R2' }, connection: database.connection });
};

test('twenty-one batches of the past are done, one runs; all of them reconcile, and each visit is in its history', async () => {
  const desk = await deskOf();
  const batches = await desk.verify.list({ at: testNow.toISOString() });
  expect(batches.map(({ state }) => state)).toEqual(['sent', ...Array.from({ length: 21 }, () => 'done')]);
  for (const { figures } of batches) {
    expect(figures.found).toBeGreaterThan(0);
    expect(figures.waiting + figures.unreachable + figures.verified).toBe(figures.sent);
    expect(figures.confirmed + figures.changed + figures.gone).toBe(figures.verified);
  }
  const { sql } = database.connection;
  const astray = await sql`
    select d.id from doubt d where d.visited_at is not null and not exists (
      select from verify_result r where r.doubt_id = d.id and r.seq = d.version and r.result = d.state and r.at = d.visited_at)`;
  expect(astray).toEqual([]);
  const posts = new Set((await listPosts(database.connection)).map(badgeOf));
  const signed = await sql<{ actor: string }[]>`select distinct actor_id as actor from verify_result`;
  expect(signed.filter(({ actor }) => !posts.has(actor))).toEqual([]);
});

test('what was planted is found by the rules at the demo’s end, and the load is not repeated', async () => {
  const { sql } = database.connection;
  const [running] = await (await deskOf()).verify.list({});
  const card = await (await deskOf()).verify.byId({ id: running?.id ?? '' });
  expect(card.nRun).toBe(doubtRules.length);
  const [open] = await sql`select exists (select from residence r join residence n using (person_id)
    where r.to_on is null and n.to_on is null and r.id <> n.id) as is_planted`;
  expect(open?.is_planted).toBe(true);
  expect(card.rules.find(({ rule }) => rule === 'H01')?.found).toBeGreaterThan(0);
  const before = await sql`select id, state from doubt order by id`;
  await verifyDemo(database.connection);
  expect(await sql`select id, state from doubt order by id`).toEqual(before);
});
