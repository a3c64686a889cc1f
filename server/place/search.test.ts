import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Scope } from '@/data/model/scope';
import { type TestDatabase, testDatabase } from '../db/testing';
import { readInstallation } from '../dictionary/store';
import { cutEvenly, search } from './search';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase({ demo: 'tiny' });
});
afterAll(() => database.end());

test('a word found everywhere finds some of every kind', async () => {
  const { root, rootPath } = await readInstallation(database.connection.db);
  const scope: Scope = {
    ...{ division: root, path: rootPath, level: 'district', role: 'R2', screen: 'mid', post: '', actorId: '' },
  };
  const { sql } = database.connection;
  const [first] = await sql<{ number: string }[]>`select number from event order by number limit 1`;
  const words = /^\D*\d/.exec(first?.number ?? '')?.[0] ?? '';
  await sql`update division set name = ${words} || name where starts_with(path, ${rootPath})`;
  await sql`update building set name = ${words} || name`;
  const hits = await search(database.connection, scope, words);
  expect(hits).toHaveLength(20);
  const nOf = (kind: string) => hits.filter((hit) => hit.kind === kind).length;
  expect(['division', 'event', 'building'].map(nOf).sort()).toEqual([6, 7, 7]);
});

test('an even cut fills the limit, keeps order and starves no list', () => {
  const lists = fc.array(fc.array(fc.nat(), { maxLength: 30 }), { maxLength: 5 });
  fc.assert(
    fc.property(lists, fc.nat({ max: 40 }), (numbers, limit) => {
      const marked = numbers.map((list, kind) => list.map((_, index) => ({ kind, index })));
      const cut = cutEvenly(marked, limit);
      expect(cut).toHaveLength(Math.min(limit, marked.flat().length));
      const lengths = marked.map((_, kind) => cut.filter((hit) => hit.kind === kind).length);
      expect(cut).toEqual(marked.flatMap((list, kind) => list.slice(0, lengths[kind])));
      const most = Math.max(0, ...lengths);
      for (const [kind, length] of lengths.entries())
        if (length < (marked[kind]?.length ?? 0)) expect(length).toBeGreaterThanOrEqual(most - 1);
    }),
  );
});
