import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Problem } from '@/data/model/problem';
import { canEnter, embeddedRoot, findRunAs, type RunAs, reachableBin } from './binaries';

/** Where a PostgreSQL cluster lies and who runs it. */
export type Cluster = { bin: string; directory: string; data: string; log: string; runAs: RunAs };

/** Durable after a crash: fsync, full_page_writes and synchronous_commit stay on. Minimal WAL: there is no standby. */
const settings: Record<string, string> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  shared_buffers: '256MB',
  maintenance_work_mem: '256MB',
  max_wal_size: '4GB',
  checkpoint_timeout: '15min',
  wal_level: 'minimal',
  max_wal_senders: '0',
  wal_compression: 'on',
  log_min_messages: 'warning',
  log_min_error_statement: 'panic',
  log_checkpoints: 'off',
  max_parallel_workers_per_gather: '2',
  jit: 'off',
};

/** The cluster of a home; beside it, in /var/lib, when root's server user cannot enter the home. */
export const findCluster = (home: string, bin?: string): Cluster => {
  const runAs = findRunAs();
  const id = createHash('sha256').update(home).digest('hex').slice(0, 12);
  const directory = canEnter(home, runAs) ? join(home, 'postgres') : `/var/lib/gridhall/${id}`;
  mkdirSync(directory, { recursive: true });
  if (runAs) chownSync(directory, runAs.uid, runAs.gid);
  return {
    bin: bin ?? reachableBin(embeddedRoot(), directory, runAs),
    directory,
    data: join(directory, 'data'),
    log: join(directory, 'server.log'),
    runAs,
  };
};

/** Runs a PostgreSQL program to its end; resolves with its exit code and last words. */
const runProgram = (cluster: Cluster, program: string, args: string[]): Promise<{ code: number; output: string }> =>
  new Promise((resolve, reject) => {
    const child = spawn(join(cluster.bin, program), args, {
      ...cluster.runAs,
      cwd: cluster.directory,
      env: { NODE_ENV: 'production', PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const keep = (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-2000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', reject);
    // Not `close`: the started server inherits the pipes.
    child.once('exit', (code) => {
      child.stdout.destroy();
      child.stderr.destroy();
      resolve({ code: code ?? 1, output });
    });
  });

const fail = (what: string, cluster: Cluster, output: string): never => {
  const log = existsSync(cluster.log) ? readFileSync(cluster.log, 'utf8').slice(-1500) : '';
  throw new Problem('unavailable', `${what} (${cluster.directory}): ${output.trim()}\n${log.trim()}`);
};

/** Makes the cluster when absent. Built aside and renamed, so that a kill leaves none or a whole one. */
export const initialise = async (cluster: Cluster, owner: { user: string; password: string }): Promise<void> => {
  if (existsSync(join(cluster.data, 'PG_VERSION'))) return;
  // A killed start may have left a directory, or an initdb that still writes to one: each has its own.
  for (const name of readdirSync(cluster.directory).filter((entry) => /^(data|secret)\.new/.test(entry)))
    rmSync(join(cluster.directory, name), { recursive: true, force: true, maxRetries: 10 });
  const building = `${cluster.data}.new-${process.pid}`;
  const secret = join(cluster.directory, `secret.new-${process.pid}`);
  writeFileSync(secret, `${owner.password}\n`, { mode: 0o600 });
  if (cluster.runAs) chownSync(secret, cluster.runAs.uid, cluster.runAs.gid);
  const options = ['--auth=scram-sha-256', '--encoding=UTF8', '--locale=C', '--username', owner.user];
  const { code, output } = await runProgram(cluster, 'initdb', [
    ...options,
    `--pwfile=${secret}`,
    `--pgdata=${building}`,
  ]);
  rmSync(secret);
  if (code !== 0) fail('initdb failed', cluster, output);
  renameSync(building, cluster.data);
};

const processOf = (cluster: Cluster): number | null => {
  const file = join(cluster.data, 'postmaster.pid');
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : null;
};

/** Whether that process is a server on this data directory; another program may have got the number since. */
const isServer = (pid: number, cluster: Cluster): boolean => {
  const commandLine = `/proc/${pid}/cmdline`;
  if (existsSync('/proc/self/cmdline'))
    return existsSync(commandLine) && readFileSync(commandLine, 'utf8').includes(cluster.data);
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** Stops a server on this cluster, if one runs; removes the mark that a killed one left. */
export const stopCluster = async (cluster: Cluster, mode: 'fast' | 'immediate'): Promise<void> => {
  const pid = processOf(cluster);
  if (pid === null) return;
  if (isServer(pid, cluster)) {
    const args = ['stop', '-w', '-t', '60', '-m', mode, '-D', cluster.data];
    const { code, output } = await runProgram(cluster, 'pg_ctl', args);
    if (code !== 0 && isServer(pid, cluster)) fail('PostgreSQL did not stop', cluster, output);
  }
  rmSync(join(cluster.data, 'postmaster.pid'), { force: true });
};

/** Starts the server on the port and waits until it answers (after a crash: until it has recovered). */
export const start = async (cluster: Cluster, port: number): Promise<void> => {
  if (existsSync(cluster.log) && statSync(cluster.log).size > 10_000_000) rmSync(cluster.log);
  const flags = Object.entries(settings).map(([key, value]) => `-c ${key}='${value}'`);
  const args = [
    'start',
    '-w',
    '-t',
    '300',
    '-D',
    cluster.data,
    '-l',
    cluster.log,
    '-o',
    `-p ${port} ${flags.join(' ')}`,
  ];
  const { code, output } = await runProgram(cluster, 'pg_ctl', args);
  if (code !== 0) fail('PostgreSQL did not start', cluster, output);
};
