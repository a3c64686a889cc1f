import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DimensionKey } from '@/data/metrics/dimensions';
import type { Scope } from '@/data/model/scope';
import { type TestDatabase, testDatabase } from '../db/testing';
import { listEvents, listOpenEvents } from '../event/store';
import { answer } from './answer';
import { type Facts, openFacts } from './follower';

let database: TestDatabase;
let facts: Facts;
let scope: Scope;

beforeAll(async () => {
  database = await testDatabase({ demo: 'tiny' });
  facts = await openFacts(database.connection, { file: null });
  const { root, rootPath } = facts.meta().installation;
  scope = { division: root, path: rootPath, level: 'district', role: 'R2', screen: 'mid', post: root, actorId: 'R2' };
});
afterAll(async () => {
  facts?.close();
  await database?.end();
});

const ask = (metric: string, dimensions: DimensionKey[], at: string | null) =>
  answer(
    { facts, db: database.connection.db, scope },
    { metric, dimensions, question: { division: null, period: 'P30D', at, filters: [] } },
  );

test('an instant to come is live, for figures and for lists', async () => {
  const future = '2030-01-01T00:00:00Z';
  for (const metric of ['event.open', 'event.reported', 'person.resident']) {
    const [live, later] = [await ask(metric, ['community'], null), await ask(metric, ['community'], future)];
    expect(later).toEqual(live);
  }
  for (const list of [listEvents, listOpenEvents]) {
    const of = (at: string | null) =>
      list(
        database.connection,
        scope,
        { division: null, period: 'P90D', at, filters: [] },
        { sort: 'newest', limit: 500, offset: 0 },
      );
    const [live, later] = [await of(null), await of(future)];
    expect(later.rows).toEqual(live.rows);
    expect(live.total).toBeGreaterThan(0);
    expect(Date.parse(later.asOf)).toBeLessThanOrEqual(Date.now());
  }
});
