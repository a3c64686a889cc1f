import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

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

export const installed = () =>
  [
    ...(process.env.PATH ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name))),
    ...fixed,
  ].find(isProgram);

/** Playwright's own Chromium, where it was downloaded before. */
export const downloaded = () => {
  const cache = process.env.PLAYWRIGHT_BROWSERS_PATH ?? join(homedir(), '.cache/ms-playwright');
  if (!existsSync(/* turbopackIgnore: true */ cache)) return undefined;
  return readdirSync(/* turbopackIgnore: true */ cache)
    .filter((name) => /^chromium-\d+$/.test(name))
    .flatMap((name) => ['chrome-linux64/chrome', 'chrome-linux/chrome'].map((path) => join(cache, name, path)))
    .find(isProgram);
};

/** A Chromium that is on this machine; null when there is none. */
export const presentBrowser = () => {
  const path = process.env.CHROMIUM_PATH || installed() || downloaded();
  return path && isProgram(path) ? path : null;
};
