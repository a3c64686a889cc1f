import { type Browser, chromium } from '@playwright/test';
import { findBrowser } from '../../browser.mjs';
import { readEnv } from '../../env';

/** Address of the running product. */
export const productUrl = (): string => `http://localhost:${readEnv().PORT}`;

/** A browser for the running product; throws, naming the bench, where one of them is missing. */
export const openBrowser = async (bench: string): Promise<Browser> => {
  const executablePath = await findBrowser();
  if (!executablePath) throw new Error(`${bench} needs a Chromium: set CHROMIUM_PATH.`);
  const health = await fetch(`${productUrl()}/api/health`).catch(() => null);
  if (!health?.ok) throw new Error(`The frames of ${bench} need the product running at ${productUrl()}: npm start.`);
  const gl = ['--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist'];
  // as Chromium does without a GPU: pages are composed by the processor, only the map is drawn through software GL
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu-compositing', ...gl] });
};
