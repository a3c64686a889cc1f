import { afterAll, beforeAll, expect, it } from 'vitest';
import { overdueFirst } from '@/data/model/attention';
import { emptyView } from '@/data/model/view';
import { type TestDatabase, testDatabase } from '../db/testing';
import { answer } from '../metric/answer';
import { type Facts, openFacts } from '../metric/follower';
import { loadTown, scopeIn, townClock } from '../metric/testing';
import { listOpenEvents } from './store';

let database: TestDatabase;
let facts: Facts;
beforeAll(async () => {
  database = await testDatabase();
  await loadTown(database.connection);
  facts = await openFacts(database.connection, { file: null });
});
afterAll(async () => {
  facts?.close();
  await database?.end();
});

it('names the overdue events of the town to a wall, the longest over first, as many as the metric counts', async () => {
  const question = { ...emptyView, at: townClock };
  const scope = { ...scopeIn(facts, 'T'), role: 'R2' as const, screen: 'big' as const, post: '', actorId: 'R2:T' };
  const { rows } = await listOpenEvents(database.connection, scope, question, { sort: 'due', limit: 60, offset: 0 });
  const due = rows.map(({ dueAt }) => (dueAt === null ? Number.POSITIVE_INFINITY : Date.parse(dueAt)));
  expect(due).toEqual(due.toSorted((a, b) => a - b));
  const overdue = overdueFirst(rows, Date.parse(townClock));
  // e09 is over as well, but its clock stands still
  expect(overdue.map(({ id, community }) => `${id} ${community}`)).toEqual([
    'e17 T21',
    'e14 T11',
    'e01 T11',
    'e10 T21',
  ]);
  for (const { address, building } of overdue) expect([address, building]).toEqual([null, null]);
  const context = { facts, db: database.connection.db, scope };
  const { cells } = await answer(context, { metric: 'event.overdue', question });
  expect(cells[0]?.value).toBe(overdue.length);
});
