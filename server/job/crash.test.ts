import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect } from '../db/client';
import { findCluster, stopCluster } from '../db/cluster';
import { startEmbedded } from '../db/embedded';
import { type TestDatabase, testDatabase, testNow } from '../db/testing';

const tables = ['setting', 'division', 'block', 'building', 'dwelling', 'person', 'residence', 'event'];

let home = '';
let clean: TestDatabase;
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'gridhall-crash-'));
  chmodSync(home, 0o755);
  clean = await testDatabase({ demo: 'tiny' });
});
afterAll(async () => {
  await clean.end();
  await stopCluster(findCluster(home), 'immediate');
  rmSync(home, { recursive: true, force: true });
});

const startSeed = (): { child: ChildProcess; ended: Promise<number | null>; output: () => string } => {
  const env = {
    ...process.env,
    DATABASE_URL: undefined,
    GRIDHALL_HOME: home,
    GRIDHALL_DEMO: 'tiny',
    GRIDHALL_DEMO_AT: testNow.toISOString(),
  };
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/job/run.ts', 'seed'], { env, stdio: 'pipe' });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (text += chunk));
  return { child, ended: new Promise((resolve) => child.once('exit', resolve)), output: () => text };
};

const killServer = (): void => {
  try {
    const pid = Number(readFileSync(join(findCluster(home).data, 'postmaster.pid'), 'utf8').split('\n')[0]);
    process.kill(pid, 'SIGKILL');
  } catch {
    // Not started yet.
  }
};

/** Rows and a checksum of each table. */
const contents = async (url: string) => {
  const connection = connect(url, { max: 1 });
  const found = [];
  // The same identity is sealed in other bytes each time, and marked in the same.
  const sealed = ['name_sealed', 'id_number_sealed', 'phone_sealed'];
  const said = connection.sql`(to_jsonb(t) - ${sealed}::text[])`;
  for (const table of tables)
    found.push(
      await connection.sql`
        select ${table} as name, md5(string_agg(md5(${said}::text), '' order by md5(${said}::text))) as sum from ${connection.sql(table)} t`,
    );
  await connection.sql.end();
  return found.flat().map(({ name, sum }) => [name, sum]);
};

test('killed at any moment of its first start, server and all, it starts again to the same data', async () => {
  for (const milliseconds of [300, 700, 1_100, 1_500, 2_000, 2_600, 3_300]) {
    const { child, ended } = startSeed();
    await sleep(milliseconds);
    child.kill('SIGKILL');
    // Every second time the database server survives and is adopted.
    if (milliseconds % 200 === 100) killServer();
    await ended;
  }
  const last = startSeed();
  expect(await last.ended, last.output()).toBe(0);
  const server = await startEmbedded(home);
  const loaded = await contents(server.url);
  await server.stop();
  expect(loaded).toEqual(await contents(clean.url));
});
