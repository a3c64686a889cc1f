import { type CDPSession, chromium, type Page } from '@playwright/test';
import { findBrowser } from '../browser.mjs';
import { readEnv } from '../env';
import type { Bench, BenchResult } from './result';

/** Dwell of a scene, s; a wall's own is 20–60 s. */
const dwell = 6;
/** Samples are taken of one scene, once a tour: scenes differ in what they hold. */
const sampled = 'overview';
const tourMs = 600_000;
/** The page of a cold development server takes minutes. */
const startMs = 600_000;
/** A lost context must be a drawn map again within this. */
const recoverMs = 60_000;
/** Of these many samples one begins with a lost context, one with hours of replay. */
const every = { loss: 2, replay: 3 };

/** Counts what lives on the GPU: by context, so that a lost one takes its own with it. */
const countGpu = `
  const contexts = new Map();
  window.gridhallGpu = () => {
    let buffers = 0, textures = 0;
    for (const [gl, made] of contexts) {
      if (gl.isContextLost()) { contexts.delete(gl); continue; }
      buffers += made.Buffer.size; textures += made.Texture.size;
    }
    return { buffers, textures, contexts: contexts.size };
  };
  window.gridhallLose = () => {
    const gl = [...contexts.keys()].findLast((one) => !one.isContextLost());
    gl?.getExtension('WEBGL_lose_context')?.loseContext();
    return gl !== undefined;
  };
  for (const what of ['Buffer', 'Texture']) {
    const proto = WebGL2RenderingContext.prototype;
    const [make, drop] = [proto['create' + what], proto['delete' + what]];
    proto['create' + what] = function () {
      const made = make.call(this);
      if (!contexts.has(this)) contexts.set(this, { Buffer: new Set(), Texture: new Set() });
      contexts.get(this)[what].add(made);
      return made;
    };
    proto['delete' + what] = function (one) {
      contexts.get(this)?.[what].delete(one);
      return drop.call(this, one);
    };
  }
`;

type Sample = { heapMb: number; nodes: number; listeners: number; buffers: number; textures: number };

const read = async (page: Page, session: CDPSession): Promise<Sample> => {
  await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  const value = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
  const gpu = await page.evaluate<{ buffers: number; textures: number }>('window.gridhallGpu()');
  return {
    heapMb: value('JSHeapUsedSize') / 1_048_576,
    nodes: value('Nodes'),
    listeners: value('JSEventListeners'),
    buffers: gpu.buffers,
    textures: gpu.textures,
  };
};

/** Waits without a handle on the element: one that is kept holds its node, and all that hangs on it. */
const wait = (page: Page, selector: string, timeout: number): Promise<void> =>
  page.locator(selector).first().waitFor({ state: 'attached', timeout });

const isDrawn = (page: Page): Promise<boolean> =>
  wait(page, '[data-map][data-state="ready"]', recoverMs).then(
    () => true,
    () => false,
  );

/** Waits until the tour comes round to the sampled scene and it is drawn. */
const comeRound = async (page: Page): Promise<void> => {
  await wait(page, `[data-scene]:not([data-scene="${sampled}"])`, tourMs);
  await wait(page, `[data-scene="${sampled}"]`, tourMs);
  await isDrawn(page);
};

/** Takes the context away; whether the map came back. */
const lose = async (page: Page): Promise<boolean> => {
  if (!(await page.evaluate<boolean>('window.gridhallLose()'))) return false;
  await wait(page, '[data-map]:not([data-state="ready"])', recoverMs).catch(() => undefined);
  return isDrawn(page);
};

/** Steps the clock through the last day by the hour, then back to live. */
const replay = async (page: Page): Promise<void> => {
  const put = (at: string) =>
    page.evaluate(`(() => {
      const url = new URL(location.href);
      ${at === '' ? "url.searchParams.delete('at')" : `url.searchParams.set('at', '${at}')`};
      history.pushState(null, '', url);
    })()`);
  for (let hour = 6; hour > 0; hour--) {
    await put(new Date(Date.now() - hour * 3_600_000).toISOString());
    await page.waitForTimeout(500);
  }
  await put('');
};

const mean = (values: number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;

/** Last quarter against the second one. */
const growth = (name: string, values: number[], unit: string): BenchResult => {
  const quarter = Math.floor(values.length / 4);
  const [second, last] = [values.slice(quarter, 2 * quarter), values.slice(-quarter)].map(mean) as [number, number];
  const round = (value: number, digits: number) => Number(value.toFixed(digits));
  const ratio = round(last / second, 3);
  return { bench: 'wall', case: name, n: values.length, p50: round(last, 1), unit, ratio, against: 'second quarter' };
};

/** A life of a wall in fast motion: tour, live changes, replay, lost contexts; what grows, and what did not come back. */
export const bench: Bench = async function* () {
  const executablePath = await findBrowser();
  if (!executablePath) throw new Error('wall needs a Chromium: set CHROMIUM_PATH.');
  const { PORT, GRIDHALL_BENCH_MINUTES: minutes } = readEnv();
  const args = [
    '--no-sandbox',
    '--disable-quic',
    '--use-angle=swiftshader',
    '--enable-unsafe-swiftshader',
    '--disable-gpu-compositing',
  ];
  const browser = await chromium.launch({ executablePath, args: [...args, '--ignore-gpu-blocklist'] });
  const page = await browser.newPage({ viewport: { width: 1280, height: 720 }, reducedMotion: 'reduce' });
  await page.addInitScript(countGpu);
  await page.goto(`http://localhost:${PORT}/big?tour=on&dwell=${dwell}`, { waitUntil: 'commit', timeout: recoverMs });
  await wait(page, '[data-screen="big"]:not([data-state="waiting"])', startMs);
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const samples: Sample[] = [];
  const until = Date.now() + minutes * 60_000;
  let [nLosses, nMissed] = [0, 0];
  for (let i = 1; Date.now() < until; i++) {
    if (i % every.loss === 0) {
      nLosses += 1;
      if (!(await lose(page))) nMissed += 1;
    }
    if (i % every.replay === 0) await replay(page);
    await comeRound(page);
    samples.push(await read(page, session));
  }
  await browser.close();
  const pick = (key: keyof Sample) => samples.map((sample) => sample[key]);
  yield growth('heap', pick('heapMb'), 'MB');
  yield growth('buffers', pick('buffers'), 'buffers');
  yield growth('textures', pick('textures'), 'textures');
  yield growth('nodes', pick('nodes'), 'nodes');
  yield growth('listeners', pick('listeners'), 'listeners');
  yield { bench: 'wall', case: 'missed recoveries', n: nLosses, p50: nMissed, unit: 'losses' };
};
