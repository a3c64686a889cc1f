import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { runShown } from './prepare.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge-stable'];
const fixed = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

const isProgram = (path) => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

const installed = () =>
  [
    ...(process.env.PATH ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name))),
    ...fixed,
  ].find(isProgram);

/** Playwright's own Chromium, where it was downloaded before. */
const downloaded = () => {
  const cache = process.env.PLAYWRIGHT_BROWSERS_PATH ?? join(homedir(), '.cache/ms-playwright');
  if (!existsSync(cache)) return undefined;
  return readdirSync(cache)
    .filter((name) => /^chromium-\d+$/.test(name))
    .flatMap((name) => ['chrome-linux64/chrome', 'chrome-linux/chrome'].map((path) => join(cache, name, path)))
    .find(isProgram);
};

const works = (path) => {
  try {
    execFileSync(path, ['--version'], { stdio: 'ignore', timeout: 20_000 });
    return true;
  } catch {
    return false;
  }
};

/** A Chromium for the browser tests: found or installed; null with a plain sentence printed when there is none. */
export const findBrowser = async () => {
  const given = process.env.CHROMIUM_PATH;
  if (given) {
    if (works(given)) return given;
    console.error(`CHROMIUM_PATH=${given} is not a browser that runs.`);
    return null;
  }
  const found = installed() ?? downloaded();
  if (found && works(found)) return found;
  console.log('no browser found: trying Playwright’s download …');
  if ((await runShown('npx', ['playwright', 'install', 'chromium'])) === 0) {
    const fresh = downloaded();
    if (fresh && works(fresh)) return fresh;
  }
  if (process.getuid?.() === 0) {
    console.log('installing chromium with apt-get …');
    const quiet = { DEBIAN_FRONTEND: 'noninteractive' };
    await runShown('apt-get', ['update', '-qq'], quiet);
    await runShown('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], quiet);
    const fresh = installed();
    if (fresh && works(fresh)) return fresh;
  }
  console.error('No browser for the screen tests: install Chromium or Chrome, or set CHROMIUM_PATH to one.');
  return null;
};
