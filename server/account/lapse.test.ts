import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type TestDatabase, testDatabase } from '../db/testing';
import { loadTown } from '../db/testing-town';
import { feedOf } from '../live/feed';
import { handleLive } from '../live/http';
import { listAccounts, signOutEverywhere, terminalScope, withdrawPost } from './store';
import { staff } from './testing-visitor';

let database: TestDatabase;
let home: string;
beforeAll(async () => {
  database = await testDatabase();
  home = mkdtempSync(join(tmpdir(), 'gridhall-lapse-'));
  await loadTown(database.connection);
  vi.stubEnv('GRIDHALL_HOME', home);
  vi.stubGlobal('gridhallConnection', database.connection);
});
afterAll(async () => {
  feedOf(database.connection).end();
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
  await database.end();
  rmSync(home, { recursive: true, force: true });
});

const people = staff(() => database.connection);

/** A live feed somebody has open: `ended` once the server closes it. */
const openFeed = async (headers: Record<string, string>) => {
  const leave = new AbortController();
  const request = new Request('http://localhost/api/live?screen=mid', { headers, signal: leave.signal });
  const answer = await handleLive(request);
  expect(answer.headers.get('content-type')).toContain('text/event-stream');
  const reader = answer.body?.getReader();
  const read = async () => {
    while (!(await reader?.read())?.done);
  };
  let isEnded = false;
  const ended = read().then(() => {
    isEnded = true;
  });
  return { ended, isEnded: () => isEnded, leave: () => leave.abort() };
};

test.each([
  ['a withdrawn post', 'withdraw'],
  ['a sign-in that was ended', 'end'],
])('%s ends the live feed that was opened with it, and no other', async (_, how) => {
  const terminal = await terminalScope(database.connection);
  const [one, other] = [await people.enter(['R2', 'DP']), await people.enter(['R2', 'DP'])];
  const [feed, kept] = [await openFeed(one.browser.headers()), await openFeed(other.browser.headers())];
  const row = (await listAccounts(database.connection, terminal)).find(({ id }) => id === one.id);
  if (how === 'withdraw') await withdrawPost(database.connection, terminal, row?.grants[0]?.id ?? '');
  else await signOutEverywhere(database.connection, terminal, one.id);
  await feed.ended;
  expect(kept.isEnded()).toBe(false);
  kept.leave();
  await kept.ended;
});
