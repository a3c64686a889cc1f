import { type Browser, type CDPSession, chromium, type Page } from '@playwright/test';
import { findBrowser } from '../browser.mjs';
import { readEnv } from '../env';
import type { Bench, BenchResult } from './result';

const rounds = 3;
const readyMs = 120_000;

const screens = [
  { path: '/mid', width: 1920, height: 1080 },
  { path: '/big', width: 1920, height: 1080 },
  { path: '/small', width: 1180, height: 820 },
] as const;

/** One visit: ms from navigation to the screen's `ready`, bytes over the wire, longest task of the main thread. */
type Visit = { readyMs: number; bytes: number; scriptBytes: number; longestTaskMs: number };

const open = (executablePath: string): Promise<Browser> =>
  chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-quic', '--no-first-run', '--use-angle=swiftshader'].concat([
      '--enable-unsafe-swiftshader',
      '--ignore-gpu-blocklist',
      '--disable-background-networking',
    ]),
  });

/** Counts what comes over the wire, compressed, scripts apart. */
const countBytes = async (session: CDPSession) => {
  const scripts = new Set<string>();
  const counted = { bytes: 0, scriptBytes: 0 };
  session.on('Network.responseReceived', ({ requestId, type }) => {
    if (type === 'Script') scripts.add(requestId);
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    counted.bytes += encodedDataLength;
    if (scripts.has(requestId)) counted.scriptBytes += encodedDataLength;
  });
  await session.send('Network.enable');
  return counted;
};

const watchTasks = `
  window.gridhallLongest = 0;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) window.gridhallLongest = Math.max(window.gridhallLongest, duration);
  }).observe({ type: 'longtask', buffered: true });
`;

const visit = async (page: Page, url: string): Promise<Visit> => {
  const session = await page.context().newCDPSession(page);
  const counted = await countBytes(session);
  const started = performance.now();
  await page.goto(url, { waitUntil: 'commit' });
  await page.waitForSelector('[data-screen][data-state="ready"]', { state: 'attached', timeout: readyMs });
  const took = performance.now() - started;
  const longestTaskMs = await page.evaluate<number>('window.gridhallLongest');
  await session.detach();
  return { readyMs: took, ...counted, longestTaskMs };
};

/** Ms from descending to a community until map, buildings included, is drawn. */
const descend = async (page: Page, base: string): Promise<number> => {
  const tree = await page.evaluate<{ features: { properties: { code: string } }[] }>(
    `fetch('${base}/api/map/divisions?level=community', { headers: { 'x-screen': 'mid' } }).then((r) => r.json())`,
  );
  const code = tree.features[Math.floor(tree.features.length / 2)]?.properties.code ?? '';
  return page.evaluate<number>(`new Promise((resolve) => {
    const map = document.querySelector('[data-map]');
    const started = performance.now();
    let hasLeft = false;
    new MutationObserver(() => {
      if (map.dataset.state === 'waiting') hasLeft = true;
      if (hasLeft && map.dataset.state === 'ready') resolve(performance.now() - started);
    }).observe(map, { attributes: true, attributeFilter: ['data-state'] });
    history.pushState(null, '', '?a=${code}');
  })`);
};

const quantile = (values: number[], share: number): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
};

const summary = (name: string, visits: Visit[]): BenchResult[] => {
  const line = (what: string, unit: string, pick: (visit: Visit) => number): BenchResult => {
    const values = visits.map(pick);
    return {
      bench: 'first-frame',
      case: `${name} ${what}`,
      n: values.length,
      p50: quantile(values, 0.5),
      p95: quantile(values, 0.95),
      unit,
    };
  };
  return [
    line('ready', 'ms', (one) => one.readyMs),
    line('wire', 'KB', (one) => one.bytes / 1024),
    line('script', 'KB', (one) => one.scriptBytes / 1024),
    line('longest task', 'ms', (one) => one.longestTaskMs),
  ];
};

/** Each screen of a running server, opened by a browser that has nothing of it yet (cold) and again (warm). */
export const bench: Bench = async function* () {
  const executablePath = await findBrowser();
  if (!executablePath) throw new Error('first-frame needs a Chromium: set CHROMIUM_PATH.');
  const base = `http://localhost:${readEnv().PORT}`;
  const health = await fetch(`${base}/api/health`).catch(() => null);
  if (!health?.ok) throw new Error(`first-frame needs the product running at ${base}: npm start.`);
  const browser = await open(executablePath);
  const descents: number[] = [];
  for (const { path, width, height } of screens) {
    const [cold, warm]: [Visit[], Visit[]] = [[], []];
    for (let i = 0; i < rounds; i++) {
      const context = await browser.newContext({ viewport: { width, height }, reducedMotion: 'reduce' });
      await context.addInitScript(watchTasks);
      const page = await context.newPage();
      cold.push(await visit(page, base + path));
      warm.push(await visit(page, base + path));
      if (path === '/mid') descents.push(await descend(page, base));
      await context.close();
    }
    yield* summary(`${path} cold`, cold);
    yield* summary(`${path} warm`, warm);
  }
  await browser.close();
  const [p50, p95] = [quantile(descents, 0.5), quantile(descents, 0.95)];
  yield { bench: 'first-frame', case: '/mid to a community', n: descents.length, p50, p95, unit: 'ms' };
};
