import { chromium, type Page } from '@playwright/test';
import { findBrowser } from '../../browser.mjs';
import { readEnv } from '../../env';
import type { BenchResult } from '../result';

const readyMs = 150_000;
const size = { width: 1920, height: 1080 };
const dragSteps = 24;
const picks = 5;

/** What is drawn over the base map; `empty` is what all others are held against. */
const cases = [
  { name: 'empty', layers: 'none' },
  { name: 'areas', layers: 'division-fill,division-line,division-label' },
  { name: 'hexagons', layers: 'metric-hexagon,division-line' },
  { name: 'entities', layers: 'entity-points' },
  { name: 'buildings', layers: 'building-stack', camera: '114.430,22.630,15.00,45,0' },
  {
    name: 'everything',
    layers: 'division-fill,division-line,division-label,building-stack,entity-points,event-points,event-flow',
  },
] as const;

const quantile = (values: number[], share: number): number =>
  Math.round(values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0);

const watchFrames = `
  window.gridhallFrames = [];
  let last = performance.now();
  const frame = (now) => { window.gridhallFrames.push(now - last); last = now; requestAnimationFrame(frame); };
  requestAnimationFrame(frame);
`;

/** Milliseconds between frames while the map is dragged to and fro. */
const dragFrames = async (page: Page, box: { x: number; y: number }): Promise<number[]> => {
  await page.mouse.move(box.x, box.y);
  await page.mouse.down();
  await page.evaluate('window.gridhallFrames.length = 0');
  for (let step = 0; step < dragSteps; step++)
    await page.mouse.move(box.x + 160 * Math.sin(step / 2), box.y + 80 * Math.cos(step / 2));
  const frames = await page.evaluate<number[]>('window.gridhallFrames');
  await page.mouse.up();
  return frames;
};

/** Milliseconds from a click on the map until the View says what was picked. */
const pickOnce = async (page: Page, box: { x: number; y: number }): Promise<number> => {
  await page.evaluate(`window.gridhallPicked = new Promise((resolve) => {
    const before = location.search;
    addEventListener('click', () => {
      const started = performance.now();
      const look = () => (location.search === before ? requestAnimationFrame(look) : resolve(performance.now() - started));
      look();
    }, { once: true, capture: true });
  })`);
  await page.mouse.click(box.x, box.y);
  return page.evaluate<number>('window.gridhallPicked');
};

type Visit = { ready: number; frames: number[]; picked: number[] };

const visit = async (page: Page, base: string, layers: string, camera: string | null): Promise<Visit> => {
  const started = performance.now();
  await page.goto(`${base}/mid?still&ly=${layers}${camera ? `&cam=${camera}` : ''}`, { waitUntil: 'commit' });
  await page.waitForSelector('[data-map][data-state="ready"]', { timeout: readyMs });
  const ready = performance.now() - started;
  const box = await page.locator('[data-map]').first().boundingBox();
  const middle = { x: (box?.x ?? 0) + (box?.width ?? 0) * 0.5, y: (box?.y ?? 0) + (box?.height ?? 0) * 0.45 };
  const picked: number[] = [];
  if (layers.startsWith('division-fill'))
    for (let i = 0; i < picks; i++)
      picked.push(
        await pickOnce(page, { x: middle.x + (i % 2 === 0 ? -60 : 90), y: middle.y + (i % 2 === 0 ? -80 : 120) }),
      );
  return { ready, frames: await dragFrames(page, middle), picked };
};

/**
 * First frame, frames while dragging and picks on the running product, each as a ratio to the empty map: under software GL
 * the ratio tells, not the milliseconds.
 */
export const benchFrames = async function* (): AsyncGenerator<BenchResult> {
  const executablePath = await findBrowser();
  if (!executablePath) throw new Error('map needs a Chromium: set CHROMIUM_PATH.');
  const base = `http://localhost:${readEnv().PORT}`;
  const health = await fetch(`${base}/api/health`).catch(() => null);
  if (!health?.ok) throw new Error(`The frames of map need the product running at ${base}: npm start.`);
  const args = ['--no-sandbox', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist'];
  const browser = await chromium.launch({ executablePath, args });
  const empty = { ready: 0, frame: 0 };
  for (const { name, layers, ...rest } of cases) {
    const context = await browser.newContext({ viewport: size, reducedMotion: 'reduce' });
    await context.addInitScript(watchFrames);
    const { ready, frames, picked } = await visit(
      await context.newPage(),
      base,
      layers,
      'camera' in rest ? rest.camera : null,
    );
    await context.close();
    const frame = quantile(frames, 0.5);
    if (name === 'empty') Object.assign(empty, { ready, frame });
    const ratioTo = (own: number, of: number) => ({
      ratio: Math.round((own / of) * 100) / 100,
      against: 'the empty map',
    });
    yield {
      bench: 'map',
      case: `${name}, ready`,
      n: 1,
      p50: Math.round(ready),
      unit: 'ms',
      ...ratioTo(ready, empty.ready),
    };
    yield {
      ...{ bench: 'map', case: `${name}, frame while dragging`, n: frames.length, p50: frame },
      ...{ p95: quantile(frames, 0.95), unit: 'ms', ...ratioTo(frame, empty.frame) },
    };
    if (picked.length > 0)
      yield {
        bench: 'map',
        case: `${name}, pick`,
        n: picked.length,
        p50: quantile(picked, 0.5),
        p95: quantile(picked, 0.95),
        unit: 'ms',
      };
  }
  await browser.close();
};
