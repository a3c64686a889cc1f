import { execFileSync } from 'node:child_process';
import { runShown } from './prepare.mjs';
import { downloaded, installed } from './present-browser.mjs';

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
