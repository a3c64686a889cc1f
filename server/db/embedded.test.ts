import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { linkLibraries, reachableBin } from './binaries';
import { findCluster, stopCluster } from './cluster';
import { type EmbeddedServer, startEmbedded } from './embedded';

let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'gridhall-embedded-'));
  chmodSync(home, 0o755);
});
afterEach(async () => {
  await stopCluster(findCluster(home), 'immediate');
  rmSync(home, { recursive: true, force: true });
});

const query = async (server: EmbeddedServer, text: string) => {
  const sql = postgres(server.url.replace(/gridhall$/, 'postgres'), { max: 1, onnotice: () => {} });
  try {
    return await sql.unsafe(text);
  } finally {
    await sql.end();
  }
};

const pidFile = () => join(findCluster(home).data, 'postmaster.pid');
const postmaster = (): number => Number(readFileSync(pidFile(), 'utf8').split('\n')[0]);

const untilDead = async (pid: number): Promise<void> => {
  for (;;) {
    try {
      process.kill(pid, 0);
      // A killed child of nobody stays a zombie where no init reaps it.
      if (readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ')) return;
    } catch {
      return;
    }
    await sleep(20);
  }
};

test('the second user of a home adopts its server; the last one stops it', async () => {
  const first = await startEmbedded(home);
  const second = await startEmbedded(home);
  expect([first.isAdopted, second.isAdopted, second.url]).toEqual([false, true, first.url]);
  expect(await first.stop()).toBe('left');
  expect(await query(second, 'select 1 as one')).toMatchObject([{ one: 1 }]);
  expect(await second.stop()).toBe('stopped');
  expect(existsSync(pidFile())).toBe(false);
});

test('several that start at once share one server', async () => {
  const all = await Promise.all([1, 2, 3].map(() => startEmbedded(home)));
  expect(all.filter((server) => !server.isAdopted)).toHaveLength(1);
  expect(new Set(all.map((server) => server.url)).size).toBe(1);
});

test('after kill -9 of the server, what was committed is there', async () => {
  const before = await startEmbedded(home);
  await query(before, 'create table kept as select generate_series(1, 1000) as n');
  const pid = postmaster();
  process.kill(pid, 'SIGKILL');
  await untilDead(pid);
  const after = await startEmbedded(home);
  expect([after.isAdopted, after.url]).toEqual([false, before.url]);
  expect(await query(after, 'select max(n) as n from kept')).toMatchObject([{ n: 1000 }]);
});

test('a mark left by a dead server whose number another program has now is cleared', async () => {
  const first = await startEmbedded(home);
  const mark = readFileSync(pidFile(), 'utf8');
  await first.stop();
  writeFileSync(pidFile(), mark.replace(/^\d+/, String(process.pid)));
  const again = await startEmbedded(home);
  expect(await query(again, 'select 1 as one')).toMatchObject([{ one: 1 }]);
  expect(postmaster()).not.toBe(process.pid);
});

test('a taken port is given up for another, which the home remembers', async () => {
  const first = await startEmbedded(home);
  await first.stop();
  const port = Number(new URL(first.url).port);
  const other = createServer().listen(port, '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  const second = await startEmbedded(home);
  other.close();
  expect(second.url).not.toBe(first.url);
  expect(readFileSync(join(home, 'postgres.url'), 'utf8').trim()).toBe(second.url);
});

test('an interrupted initdb is begun anew', async () => {
  const { directory, data } = findCluster(home);
  mkdirSync(`${data}.new`, { recursive: true });
  writeFileSync(`${data}.new/PG_VERSION`, '18');
  writeFileSync(join(directory, 'secret.new'), 'left over');
  const server = await startEmbedded(home);
  expect(await query(server, 'select 1 as one')).toMatchObject([{ one: 1 }]);
  expect(existsSync(join(directory, 'secret.new'))).toBe(false);
});

test('password of its own, readable by the owner alone, in no log; this machine only; durable', async () => {
  const server = await startEmbedded(home);
  const { password } = new URL(server.url);
  expect(password).toMatch(/^[0-9a-f]{36}$/);
  expect(statSync(join(home, 'postgres.url')).mode & 0o777).toBe(0o600);
  expect(readFileSync(findCluster(home).log, 'utf8')).not.toContain(password);
  await expect(query({ ...server, url: server.url.replace(password, 'wrong') }, 'select 1')).rejects.toMatchObject({
    code: '28P01',
  });
  const settings = await query(
    server,
    `select name, setting from pg_settings where name in
      ('listen_addresses', 'unix_socket_directories', 'fsync', 'synchronous_commit', 'full_page_writes') order by name`,
  );
  expect(settings.map((row) => row.setting)).toEqual(['on', 'on', '127.0.0.1', 'on', '']);
});

test.runIf(process.getuid?.() === 0)('root with a home closed to others keeps the cluster elsewhere', async () => {
  chmodSync(home, 0o700);
  const cluster = findCluster(home);
  expect(cluster.directory).toMatch(/^\/var\/lib\/gridhall\//);
  const server = await startEmbedded(home);
  expect(await query(server, 'select 1 as one')).toMatchObject([{ one: 1 }]);
  await server.stop();
  rmSync(cluster.directory, { recursive: true });
  chmodSync(home, 0o755);
});

test.runIf(process.getuid?.() === 0)('programs in a closed place are copied once to where they can be run', () => {
  const native = join(home, 'closed/native');
  mkdirSync(join(native, 'bin'), { recursive: true });
  writeFileSync(join(native, 'bin/postgres'), 'program');
  writeFileSync(join(home, 'closed/package.json'), '{"version":"1.2.3"}');
  mkdirSync(join(home, 'native-1.2.3.new-1-left-by-a-kill'));
  const nobody = { uid: 65534, gid: 65534 };
  expect(reachableBin(native, home, nobody)).toBe(join(native, 'bin'));
  chmodSync(join(home, 'closed'), 0o700);
  const bin = reachableBin(native, home, nobody);
  writeFileSync(join(native, 'bin/postgres'), 'changed');
  expect(reachableBin(native, home, nobody)).toBe(bin);
  expect([bin, readFileSync(join(bin, 'postgres'), 'utf8')]).toEqual([join(home, 'native-1.2.3/bin'), 'program']);
  expect(readdirSync(home).filter((name) => name.startsWith('native'))).toEqual(['native-1.2.3']);
});

test('library links that npm did not make are made', () => {
  const native = join(home, 'native');
  mkdirSync(join(native, 'lib'), { recursive: true });
  writeFileSync(join(native, 'lib/libx.so.60.2'), 'x');
  const links = [{ source: 'native/lib/libx.so.60.2', target: 'native/lib/libx.so.60' }];
  writeFileSync(join(native, 'pg-symlinks.json'), JSON.stringify(links));
  linkLibraries(native);
  linkLibraries(native);
  expect(readFileSync(join(native, 'lib/libx.so.60'), 'utf8')).toBe('x');
});
