import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { change, dispatch_route, event, event_transition } from '../db/schema';
import { type TestDatabase, testDatabase } from '../db/testing';
import { inLots } from './lots';
import { reportEvent } from './store';
import { townReport, townScope, writeTown } from './testing';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await writeTown(database.connection);
});
afterAll(() => database.end());

test('what comes while a lot is on its way goes together, no more at once than is said', async () => {
  const lots: number[][] = [];
  let go: () => void = () => {};
  const gate = new Promise<void>((resolve) => {
    go = resolve;
  });
  const write = async (items: readonly number[]) => {
    lots.push([...items]);
    await gate;
    return items.map((item) => item * 2);
  };
  const submit = inLots({ write, most: 3, atOnce: 1 });
  const answers = Promise.all([1, 2, 3, 4, 5].map(submit));
  go();
  expect(await answers).toEqual([2, 4, 6, 8, 10]);
  expect(lots).toEqual([[1], [2, 3, 4], [5]]);
});

test('a lot that fails is written one by one: each has its own answer', async () => {
  const write = async (items: readonly string[]) => {
    if (items.includes('bad')) throw new Error(items.length > 1 ? 'one of several' : 'bad');
    return items;
  };
  const submit = inLots({ write, most: 9, atOnce: 1 });
  const told = await Promise.allSettled(['first', 'a', 'bad', 'b'].map(submit));
  expect(told.map((one) => (one.status === 'fulfilled' ? one.value : String(one.reason)))).toEqual([
    ...['first', 'a', 'Error: bad', 'b'],
  ]);
});

test('reports at once, some wrong, some sent twice: each is whole, once, and answered for itself', async () => {
  const { connection } = database;
  const good = Array.from({ length: 30 }, (_, i) =>
    townReport(['A1', 'A2', 'B1', 'B2'][i % 4] ?? 'A1', { category: i % 3 === 0 ? 'hand' : 'auto' }),
  );
  const sent = good.flatMap((report, i) => [
    report,
    ...(i % 10 === 0 ? [report] : []),
    ...(i % 10 === 5 ? [townReport('A1', { category: 'none' }), townReport('A1', { source: '99' })] : []),
  ]);
  const told = await Promise.allSettled(sent.map((report) => reportEvent(connection, townScope('R2'), report)));
  const rows = told.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const refused = told.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []));
  expect([rows.length, refused]).toEqual([33, Array.from({ length: 6 }, () => 'invalid')]);
  expect(new Set(rows.map(({ id }) => id)).size).toBe(30);
  for (const [i, one] of told.entries())
    if (one.status === 'fulfilled') expect(one.value.category).toBe(sent[i]?.category);
  const { db } = connection;
  expect(await db.$count(event)).toBe(30);
  expect(await db.$count(change, eq(change.kind, 'event'))).toBe(30);
  expect(await db.$count(dispatch_route)).toBe(30);
  expect(await db.$count(event_transition)).toBe(10 + 20 * 4);
});
