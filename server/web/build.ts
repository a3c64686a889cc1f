import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from '@/data/model/problem';
import { withLock } from '../db/lock';
import { buildWorker, workerFile } from './worker';

const sources = ['app', 'components', 'data', 'screens', 'server'];
const files = ['next.config.js', 'tsconfig.json', 'package-lock.json'];
const stamp = '.next/gridhall-sources';

const isSource = (name: string): boolean => !/\.(test|spec)\.tsx?$|\.mjs$|\.md$/.test(name);

/** SHA-256 over everything the pages are built from. */
const sourceHash = (): string => {
  const hash = createHash('sha256');
  const add = (path: string) => hash.update(path).update('\0').update(readFileSync(path)).update('\0');
  for (const folder of sources) {
    const names = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && isSource(entry.name))
      .map((entry) => join(entry.parentPath, entry.name));
    for (const path of names.sort()) add(path);
  }
  for (const path of files) add(path);
  return hash.digest('hex');
};

/** Whether `.next` holds a finished build of the present sources. */
export const isBuilt = (): boolean =>
  existsSync(stamp) && existsSync(workerFile) && readFileSync(stamp, 'utf8') === sourceHash();

/** Names the build the pages come from; null before the first, and in development. */
export const readBuild = (): string | null => (existsSync(stamp) ? readFileSync(stamp, 'utf8').slice(0, 12) : null);

/** Runs `next build`, which ends with this process; resolves with its seconds. */
export const buildWeb = (): Promise<number> =>
  withLock(`build ${process.cwd()}`, async () => {
    if (isBuilt()) return 0;
    const started = performance.now();
    const hash = sourceHash();
    rmSync(stamp, { force: true });
    const seconds = () => (performance.now() - started) / 1000;
    const ticker = setInterval(() => console.log(`  still building, ${seconds().toFixed(0)} s`), 15_000);
    const code = await new Promise<number>((resolve) => {
      const env = { ...process.env, NODE_ENV: 'production' as const, NEXT_TELEMETRY_DISABLED: '1' };
      const command = [process.execPath, 'node_modules/next/dist/bin/next', 'build'];
      fork('server/tethered.mjs', command, { env, execArgv: [] }).once('exit', (status) => resolve(status ?? 1));
    });
    clearInterval(ticker);
    if (code !== 0) throw new Problem('unavailable', 'next build failed: see the lines above.');
    await buildWorker();
    mkdirSync('.next', { recursive: true });
    writeFileSync(stamp, hash);
    return seconds();
  });
