import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Scope } from '@/data/model/scope';
import { emptyView, type Question } from '@/data/model/view';
import { type TestDatabase, testDatabase } from '../db/testing';
import { readInstallation } from '../dictionary/store';
import { eventFlows, maxFlows } from './flow';

let database: TestDatabase;
let scope: Scope;

beforeAll(async () => {
  database = await testDatabase({ demo: 'tiny' });
  const { root, rootPath } = await readInstallation(database.connection.db);
  scope = { division: root, path: rootPath, level: 'district', role: 'R2', screen: 'big', post: '', actorId: 'R2' };
});
afterAll(() => database.end());

const question: Question = { ...emptyView, period: 'P365D' };

type Row = { origin: string | null; home: string | null; hour: number };

/** Every event of the last year with the home of its worker, paired here and not in SQL. */
const pairs = async (): Promise<Row[]> =>
  database.connection.sql<Row[]>`
    select e.community_code as origin, w.community_code as home,
      extract(hour from e.reported_at at time zone 'Asia/Shanghai')::int as hour
    from event e left join worker w on w.id = e.worker_id
    where e.signed_at is not null and e.reported_at > now() - interval '364 days'`;

const tally = (rows: Row[]): Map<string, number> => {
  const sums = new Map<string, number>();
  for (const { origin, home } of rows)
    if (origin && home && origin !== home) sums.set(`${origin} ${home}`, (sums.get(`${origin} ${home}`) ?? 0) + 1);
  return sums;
};

it('names the largest flows between communities, at most twelve, none within one', async () => {
  const { flows, hour } = await eventFlows(database.connection, scope, question, false);
  const sums = tally(await pairs());
  expect(hour).toBeNull();
  expect(flows.length).toBe(Math.min(maxFlows, sums.size));
  expect(flows.length).toBeGreaterThan(0);
  const least = Math.min(...flows.map(({ n }) => n));
  for (const { origin, home, n } of flows) expect(n).toBe(sums.get(`${origin} ${home}`));
  expect([...sums.values()].filter((n) => n > least).length).toBeLessThanOrEqual(flows.length);
});

it('keeps to the hour of the clock when asked to, and to what was signed by then', async () => {
  const at = new Date();
  at.setUTCHours(2, 30, 0, 0);
  if (at.getTime() > Date.now()) at.setUTCDate(at.getUTCDate() - 1);
  const { flows, hour } = await eventFlows(database.connection, scope, { ...question, at: at.toISOString() }, true);
  expect(hour).toBe(10);
  const sums = tally((await pairs()).filter((row) => row.hour === 10));
  for (const { origin, home, n } of flows) expect(n).toBeLessThanOrEqual((sums.get(`${origin} ${home}`) ?? 0) + 2);
});

it('stays inside the caller’s territory', async () => {
  const [community] = await database.connection.sql<{ code: string; path: string }[]>`
    select code, path from division where level = 5 limit 1`;
  const own: Scope = { ...scope, division: community?.code ?? '', path: community?.path ?? '', level: 'community' };
  const { flows } = await eventFlows(database.connection, own, question, false);
  for (const { origin } of flows) expect(origin).toBe(community?.code);
});
