import { fork } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mendDriver } from './db/mend-driver.mjs';

/** Root of the repository. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Ends with a plain sentence on a Node.js that is too old. */
export const checkNode = () => {
  if (Number(process.versions.node.split('.')[0]) >= 20) return;
  console.error(`Gridhall needs Node.js 20 or newer; this is ${process.versions.node}.`);
  process.exit(1);
};

const readLock = (path) => (existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).packages : null);

/**
 * Whether every package of package-lock.json is installed. npm writes its own list into node_modules when it has
 * finished, so an interrupted installation has none.
 */
export const isInstalled = () => {
  const installed = readLock(join(root, 'node_modules/.package-lock.json'));
  const wanted = readLock(join(root, 'package-lock.json'));
  if (!installed || !wanted) return false;
  return Object.entries(wanted).every(
    ([path, { version, optional, peer }]) =>
      path === '' || installed[path]?.version === version || ((optional || peer) && !installed[path]),
  );
};

/** Runs a program to its end, its output shown; resolves with its exit code. It ends when this process does. */
export const runShown = (command, args, env = {}) =>
  new Promise((resolve) => {
    const stdio = ['ignore', 'inherit', 'inherit', 'ipc'];
    const options = { cwd: root, stdio, execArgv: [], env: { ...process.env, ...env } };
    fork(join(root, 'server/tethered.mjs'), [command, ...args], options).once('exit', (code) => resolve(code ?? 1));
  });

/** Installs the packages when one is missing or of another version, and mends the database driver. */
export const ensureInstalled = async () => {
  if (!isInstalled()) await install();
  mendDriver(root);
};

const install = async () => {
  console.log('installing packages …');
  const started = Date.now();
  const seconds = () => Math.round((Date.now() - started) / 1000);
  const ticker = setInterval(() => console.log(`  still installing, ${seconds()} s`), 15_000);
  const quiet = ['--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  let code = await runShown('npm', ['ci', ...quiet]);
  // npm ci refuses a lock that lacks another platform's optional package; install does not, and keeps the lock.
  if (code !== 0) code = await runShown('npm', ['install', '--no-save', ...quiet]);
  clearInterval(ticker);
  if (code !== 0) {
    console.error(
      'The installation failed: see the lines above; a network or a registry mirror is needed for the first start.',
    );
    process.exit(1);
  }
  console.log(`packages installed, ${seconds()} s`);
};
