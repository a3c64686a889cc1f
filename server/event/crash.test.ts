import { spawn } from 'node:child_process';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { change, event, event_transition } from '../db/schema';
import { type TestDatabase, testDatabase } from '../db/testing';
import { writeTown } from './testing';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await writeTown(database.connection);
});
afterAll(() => database.end());

/** Runs a process that reports, kills it without warning after so many acknowledgements; resolves with their ids. */
const killAfter = (nReports: number): Promise<string[]> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'server/event/testing-reporter.ts', database.url], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.split('\n').length > nReports) child.kill('SIGKILL');
    });
    child.once('error', reject);
    child.once('close', () => resolve(text.split('\n').slice(0, -1)));
  });

it('keeps every acknowledged report once, whole, through kill -9 at any moment', async () => {
  const acknowledged = [...(await killAfter(30)), ...(await killAfter(7)), ...(await killAfter(1))];
  expect(acknowledged.length).toBeGreaterThanOrEqual(38);
  const { db } = database.connection;
  const stored = (await db.select({ id: event.id }).from(event)).map(({ id }) => id);
  expect(new Set(stored).size).toBe(stored.length);
  expect(stored).toEqual(expect.arrayContaining(acknowledged));
  // Up to four reports of each process were cut between commit and acknowledgement.
  expect(stored.length - acknowledged.length).toBeLessThanOrEqual(12);
  const lines = (await db.select({ id: change.id }).from(change)).map(({ id }) => id);
  expect(lines.sort()).toEqual(stored.sort());
  const steps = await db.select({ id: event_transition.event_id }).from(event_transition);
  expect(steps).toHaveLength(stored.length * 4);
});
