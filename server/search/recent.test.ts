import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Random, randomFor } from '@/data/demo/random';
import { type TestDatabase, testDatabase } from '../db/testing';
import { appendChanges } from '../live/append';
import { eventsWith, type Recent, recentEvents } from './recent';

let database: TestDatabase;
let recent: () => Promise<Recent>;

beforeAll(async () => {
  database = await testDatabase({ demo: 'tiny' });
  recent = recentEvents(database.connection, 60);
});
afterAll(() => database?.end());

const limit = 8;

/** The same by the database alone. */
const byDatabase = async (words: string, path: string, to: Date): Promise<string[]> => {
  const rows = await database.connection.sql<{ id: string }[]>`
    select e.id from event e left join division d on d.code = coalesce(e.grid_code, e.community_code, e.subdistrict_code)
    where (strpos(lower(e.title), lower(${words})) > 0 or starts_with(lower(e.number), lower(${words})))
      and (${path} = '' or starts_with(d.path, ${path})) and e.reported_at <= ${to.toISOString()}
    order by e.reported_at desc, e.id collate "C" limit ${limit}`;
  return rows.map(({ id }) => id);
};

const wordsOf = (random: Random, texts: readonly string[]): string => {
  const text = random.pick(texts);
  const from = random.has(0.3) ? 0 : random.whole(0, text.length - 1);
  return text.slice(from, from + random.whole(1, 4));
};

const expectSame = async (random: Random) => {
  const { sql } = database.connection;
  const rows = await sql<{ title: string; number: string; at: string }[]>`
    select title, number, reported_at as at from event order by md5(id) limit 200`;
  const paths = (await sql<{ path: string }[]>`select path from division order by md5(code) limit 20`).map(
    (row) => row.path,
  );
  const now = await recent();
  let nFound = 0;
  for (let i = 0; i < 80; i++) {
    const words = wordsOf(
      random,
      rows.map(({ title, number }) => (random.has(0.2) ? number : title)),
    );
    const [path, to] = [random.has(0.5) ? '' : random.pick(paths), new Date(random.pick(rows).at)];
    const isSeen = (event: { path: string | null; reportedAt: number }) =>
      (path === '' || (event.path?.startsWith(path) ?? false)) && event.reportedAt <= to.getTime();
    const found = eventsWith(now, words, isSeen, limit).map(({ id }) => id);
    expect(found, `${words} ${path} ${to}`).toEqual(await byDatabase(words, path, to));
    nFound += found.length;
  }
  expect(nFound).toBeGreaterThan(100);
};

/** Gives events another title and an earlier instant, and says so in the log. */
const rename = (n: number, word: string) =>
  database.connection.db.transaction(async (tx) => {
    const rows = await tx.execute<{ id: string }>(`
      update event set title = title || '${word}', reported_at = reported_at - interval '1 hour', version = version + 1
      where id in (select id from event order by md5(id || '${word}') limit ${n}) returning id`);
    const lines = rows.map(({ id }) => ({ kind: 'event', id, op: 'put', version: 2, path: null }) as const);
    await appendChanges(tx, lines);
  });

test('what is looked through is what the database holds, while events change', async () => {
  const random = randomFor('words in titles');
  await expectSame(random);
  for (const [n, word] of [
    [20, 'Ab'],
    [35, 'cD'],
    [120, 'eF'],
    [10, 'gH'],
  ] as const) {
    await rename(n, word);
    const nRenamed = async () => eventsWith(await recent(), word.toUpperCase(), () => true, 5_000).length;
    // another test's open transaction holds the log's window back
    await expect.poll(nRenamed, { timeout: 30_000 }).toBe(n);
    await expectSame(random);
  }
});
