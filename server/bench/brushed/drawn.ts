import type { CDPSession, Page } from '@playwright/test';
import { frameWatch } from '../map/frame-watch';
import { openBrowser, productUrl } from '../map/product';
import { type BenchResult, resultOf } from '../result';

const size = { width: 1920, height: 1080 };
const readyMs = 90_000;
const moves = 120;
/** A move within the bin under the hand draws nothing new. */
const stillMs = 400;

/** The desk over ninety days: trend by day, facets and total beside it, and the map by what it counts. */
const page = 'mid?still&t=P90D&m=event.reported&ly=division-fill,division-line';

/**
 * Times every move of a pressed pointer until the frame that shows the new figures is painted. Text, since it runs in the
 * page before anything of its own.
 */
const brushWatch = `
  window.gridhallBrushed = [];
  let moved = 0;
  addEventListener('pointermove', ({ buttons }) => {
    if (buttons === 1 && moved === 0) moved = performance.now();
  }, true);
  new MutationObserver((all) => {
    const isFigure = all.some(({ target }) => (target.parentElement ?? target).closest?.('[data-panel]'));
    if (moved === 0 || !isFigure) return;
    const record = { moved, changed: performance.now() };
    moved = 0;
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      window.gridhallBrushed.push({ ...record, drawn: performance.now() - record.moved });
    };
    port2.postMessage(null);
  }).observe(document, { subtree: true, attributes: true, characterData: true, childList: true });
`;

type Drawn = { moved: number; changed: number; drawn: number };
type Frame = { now: number; ms: number };

/** Milliseconds of processor time the page's main thread has used: other work on the machine is not in them. */
const busyOf = async (session: CDPSession): Promise<number> => {
  const { metrics } = await session.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1000;
};

/** Brushes back and forth over the days; each move waits for the frame it leads to. */
const brush = async (desk: Page): Promise<{ drawn: Drawn[]; frames: Frame[]; busy: number[] }> => {
  const session = await desk.context().newCDPSession(desk);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const busy: number[] = [];
  const box = await desk.locator('[data-panel="event-trend"] canvas').first().boundingBox();
  const x = (share: number) => (box?.x ?? 0) + (box?.width ?? 0) * share;
  const y = (box?.y ?? 0) + (box?.height ?? 0) / 2;
  await desk.mouse.move(x(0.3), y);
  await desk.mouse.down();
  for (let i = 0; i < moves; i += 1) {
    const before = await desk.evaluate<number>('window.gridhallBrushed.length');
    const start = await busyOf(session);
    await desk.mouse.move(x(0.35 + 0.3 * (1 - Math.cos(i / 8))), y);
    await desk
      .waitForFunction(`window.gridhallBrushed.length > ${before}`, null, { timeout: stillMs })
      .then(async () => busy.push((await busyOf(session)) - start))
      .catch(() => null);
  }
  const told = await desk.evaluate<{ drawn: Drawn[]; frames: Frame[] }>(
    '({ drawn: window.gridhallBrushed, frames: window.gridhallFrames })',
  );
  await desk.keyboard.press('Escape');
  await desk.mouse.up();
  return { ...told, busy };
};

/** Until the first frame of the map that began after the figures had changed is drawn; none where it stayed as it was. */
const mapTimes = (drawn: readonly Drawn[], frames: readonly Frame[]): number[] =>
  drawn.flatMap(({ moved, changed }, i) => {
    const until = drawn[i + 1]?.moved ?? Number.POSITIVE_INFINITY;
    const frame = frames.find(({ now, ms }) => now + ms >= changed && now < until);
    return frame ? [frame.now + frame.ms - moved] : [];
  });

/** A brush over the trend of the running desk: the index after the first touch, and each move until it is drawn. */
export const benchDrawn = async function* (): AsyncGenerator<BenchResult> {
  const browser = await openBrowser('brush');
  try {
    const context = await browser.newContext({ viewport: size, reducedMotion: 'reduce', serviceWorkers: 'block' });
    await context.addInitScript(`${frameWatch}${brushWatch}`);
    const desk = await context.newPage();
    await desk.goto(`${productUrl()}/${page}`, { waitUntil: 'commit' });
    await desk.waitForSelector('[data-map][data-state="ready"]', { timeout: readyMs });
    await desk.waitForSelector('[data-panel="event-trend"] canvas', { timeout: readyMs });
    const index = desk.waitForResponse((response) => response.url().includes('metric.brush'));
    const started = performance.now();
    await desk.locator('[data-panel="event-trend"] canvas').first().hover();
    await (await index).finished();
    const line = (name: string, times: readonly number[]) => resultOf('brush', `running desk: ${name}`, times);
    yield line('index of the trend after the pointer came', [performance.now() - started]);
    const { drawn, frames, busy } = await brush(desk);
    yield line(
      'a brush until its figures are painted',
      drawn.map(({ drawn: ms }) => ms),
    );
    yield line('processor time of the page for one brush', busy);
    yield line('a brush until the map is drawn anew, software GL', mapTimes(drawn, frames));
  } finally {
    await browser.close();
  }
};
