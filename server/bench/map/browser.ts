import type { Browser, Page } from '@playwright/test';
import type { BuildingIndex } from '../../tile/building-index';
import type { BenchResult } from '../result';
import { type CityTiles, serveCity } from './city';
import { framesOf, frameWatch } from './frame-watch';
import { line, quantile, round } from './measure';
import { openBrowser, productUrl } from './product';

const readyMs = 90_000;
const pickMs = 10_000;
const size = { width: 1920, height: 1080 };
const picks = 6;

type Scene = { layers: string; camera?: string };

/** What is drawn over the base map of the district; the empty map is what all others are held against. */
const district: (Scene & { name: string; isPicked?: boolean })[] = [
  { name: 'district, areas', layers: 'division-fill,division-line,division-label', isPicked: true },
  { name: 'district, hexagons', layers: 'metric-hexagon,division-line' },
  { name: 'district, entities', layers: 'entity-points' },
  { name: 'district, events and flows', layers: 'event-points,event-flow' },
  {
    name: 'district, everything',
    layers:
      'division-fill,division-line,division-label,building-stack,entity-points,asset-icons,event-points,event-flow',
    isPicked: true,
  },
];
const zooms = [13, 14, 15, 16];

type Point = { x: number; y: number };

const middleOf = async (page: Page): Promise<Point> => {
  const box = await page.locator('[data-map]').first().boundingBox();
  return { x: (box?.x ?? 0) + (box?.width ?? 0) * 0.5, y: (box?.y ?? 0) + (box?.height ?? 0) * 0.5 };
};

const pan = async (page: Page, { x, y }: Point): Promise<number[]> => {
  await page.mouse.move(x, y);
  await page.mouse.down();
  const frames = await framesOf(page, (i) =>
    page.mouse.move(x + 120 * Math.sin(i / 3), y + 60 * Math.sin(i / 2), { steps: 2 }),
  );
  await page.mouse.up();
  return frames;
};

const zoom = async (page: Page, { x, y }: Point): Promise<number[]> => {
  await page.mouse.move(x, y);
  return framesOf(page, (i) => page.mouse.wheel(0, i % 8 < 4 ? -60 : 60));
};

/** Milliseconds from a click until the View says what was picked; none where nothing was. */
const pick = async (page: Page, { x, y }: Point): Promise<number[]> => {
  // the promise itself must not be waited for: its click comes afterwards
  await page.evaluate(`void (window.gridhallPicked = new Promise((resolve) => {
    const before = location.search;
    addEventListener('click', () => {
      const started = performance.now();
      const look = () => {
        const waited = performance.now() - started;
        if (location.search !== before) resolve([waited]);
        else if (waited > ${pickMs}) resolve([]);
        else requestAnimationFrame(look);
      };
      look();
    }, { once: true, capture: true });
  }))`);
  await page.mouse.click(x, y);
  return page.evaluate<number[]>('window.gridhallPicked');
};

const settled = (page: Page) => page.waitForSelector('[data-map][data-state="ready"]', { timeout: readyMs });

/** `sent` = bytes of each tile that the first frame took. */
type Visit = { ready: number; panning: number[]; zooming: number[]; picked: number[]; sent: number[] };

/** Opens the desk in a browser that has nothing of it yet, moves its map, then opens it again to click `targets`, px off the middle. */
const visit = async (
  browser: Browser,
  { layers, camera }: Scene,
  targets: Point[],
  city: CityTiles | null = null,
): Promise<Visit> => {
  const context = await browser.newContext({ viewport: size, reducedMotion: 'reduce', serviceWorkers: 'block' });
  await context.addInitScript(frameWatch);
  const page = await context.newPage();
  await city?.answer(page);
  const open = async (): Promise<Point> => {
    await page.goto(`${productUrl()}/mid?still&ly=${layers}${camera ? `&cam=${camera}` : ''}`, {
      waitUntil: 'commit',
    });
    await settled(page);
    return middleOf(page);
  };
  const started = performance.now();
  const middle = await open();
  const ready = performance.now() - started;
  const sent = city?.sent.splice(0) ?? [];
  const panning = await pan(page, middle);
  await settled(page);
  const zooming = await zoom(page, middle);
  if (targets.length > 0) await open();
  const picked: number[] = [];
  for (const { x, y } of targets) {
    // what is picked opens a card, and the map grows narrower
    const now = await middleOf(page);
    picked.push(...(await pick(page, { x: now.x + x, y: now.y + y })));
    await settled(page);
  }
  await context.close();
  return { ready, panning, zooming, picked, sent };
};

const linesOf = (name: string, own: Visit, empty: Visit, of: string): BenchResult[] => {
  const timesEmpty = (value: number, base: number) => ({ ratio: round(value / base), against: of });
  const frames = (what: 'panning' | 'zooming'): BenchResult => ({
    ...line({ name: `${name}, frame while ${what}`, n: own[what].length, unit: 'ms' }, own[what]),
    ...timesEmpty(quantile(own[what], 0.5), quantile(empty[what], 0.5)),
  });
  return [
    { ...line({ name: `${name}, first frame`, n: 1, unit: 'ms' }, [own.ready]), ...timesEmpty(own.ready, empty.ready) },
    frames('panning'),
    frames('zooming'),
    ...(own.picked.length > 0 ? [line({ name: `${name}, pick`, n: own.picked.length, unit: 'ms' }, own.picked)] : []),
  ];
};

const districtTargets: Point[] = Array.from({ length: picks }, (_, i) =>
  i % 2 === 0 ? { x: -90, y: -60 } : { x: 90, y: 70 },
);

async function* benchDistrict(browser: Browser): AsyncGenerator<BenchResult> {
  const empty = await visit(browser, { layers: 'none' }, []);
  yield* linesOf('district, empty', empty, empty, 'the empty map');
  for (const scene of district) {
    const own = await visit(browser, scene, scene.isPicked ? districtTargets : []);
    yield* linesOf(scene.name, own, empty, 'the empty map');
  }
}

async function* benchCityScreen(browser: Browser, index: BuildingIndex): AsyncGenerator<BenchResult> {
  const city = serveCity(index);
  for (const z of zooms) {
    const [zoom, pitch] = [z + 0.2, z >= 15 ? 45 : 0];
    const camera = [...city.middle.map((degrees) => degrees.toFixed(5)), zoom, pitch, 0].join(',');
    const empty = await visit(browser, { layers: 'none', camera }, []);
    const own = await visit(browser, { layers: 'building-stack', camera }, city.targets({ zoom, pitch }, picks), city);
    const name = `city of ${index.n} buildings at zoom ${z}`;
    const kilobytes = own.sent.map((bytes) => bytes / 1024);
    yield line({ name: `${name}, tile of the first frame`, n: kilobytes.length, unit: 'KB' }, kilobytes);
    yield* linesOf(name, own, empty, 'the empty map there');
  }
}

/**
 * First frame, frames while the map moves, and picks on the running product. Under software GL the ratio to the empty map
 * tells, not the milliseconds.
 */
export const benchFrames = async function* (index: BuildingIndex): AsyncGenerator<BenchResult> {
  const browser = await openBrowser('map');
  yield* benchDistrict(browser);
  yield* benchCityScreen(browser, index);
  await browser.close();
};
