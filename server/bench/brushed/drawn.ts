import type { CDPSession, Page } from '@playwright/test';
import { frameWatch } from '../map/frame-watch';
import { openBrowser, productUrl } from '../map/product';
import { type BenchResult, resultOf } from '../result';

const size = { width: 1920, height: 1080 };
const readyMs = 90_000;
const trend = '[data-panel="event-trend"] canvas';
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
  let pictured = 0;
  const { putImageData } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.putImageData = function (...args) {
    if ('brushed' in this.canvas.dataset) pictured = performance.now();
    return putImageData.apply(this, args);
  };
  addEventListener('pointermove', ({ buttons }) => {
    // a move within the bin under the hand leads to no frame: the next one counts from itself
    if (buttons === 1) moved = performance.now();
  }, true);
  new MutationObserver((all) => {
    // rows of the ranking that are out of view follow when the hand rests
    const isFigure = all.some(({ target }) => target.closest('[data-panel]:not([data-panel="rank-board"])'));
    if (moved === 0 || !isFigure) return;
    const record = { moved, changed: performance.now(), isPictured: pictured > moved };
    moved = 0;
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      const drawn = performance.now() - record.moved;
      requestAnimationFrame(() => window.gridhallBrushed.push({ ...record, drawn, next: performance.now() - record.moved }));
    };
    port2.postMessage(null);
  }).observe(document, { subtree: true, attributeFilter: ['data-value'] });
`;

/** Milliseconds from the move until its frame was painted, and until the next one began; whether the map's picture was in it. */
type Drawn = { moved: number; changed: number; drawn: number; next: number; isPictured: boolean };
type Frame = { now: number; ms: number };

/** Milliseconds of processor time the page's main thread has used: other work on the machine is not in them. */
const busyOf = async (session: CDPSession): Promise<number> => {
  const { metrics } = await session.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1000;
};

/** Moves a pressed pointer back and forth over a part of the page; each move waits for the frame it leads to. */
const brush = async (desk: Page, over: string): Promise<{ drawn: Drawn[]; frames: Frame[]; busy: number[] }> => {
  const session = await desk.context().newCDPSession(desk);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const busy: number[] = [];
  const box = await desk.locator(over).first().boundingBox();
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

/** A page of one figure that says something else at every frame in which the pointer has moved. */
const bare = `
  document.body.innerHTML = '<div data-panel=""><p style="height: 200px">0</p></div>';
  const figure = document.querySelector('p');
  let asked = 0;
  addEventListener('pointermove', () => {
    asked = asked || requestAnimationFrame((now) => { asked = 0; figure.dataset.value = figure.textContent = now; });
  });
`;

/** A brush over the trend of the running desk: the index after the first touch, and each move until it is drawn. */
export const benchDrawn = async function* (): AsyncGenerator<BenchResult> {
  const browser = await openBrowser('brush');
  try {
    const context = await browser.newContext({ viewport: size, reducedMotion: 'reduce', serviceWorkers: 'block' });
    await context.addInitScript(`${frameWatch}${brushWatch}`);
    const line = (name: string, times: readonly number[]) => resultOf('brush', `running desk: ${name}`, times);
    const empty = await context.newPage();
    await empty.goto(`${productUrl()}/api/health`);
    await empty.evaluate(bare);
    const alone = (await brush(empty, 'p')).drawn;
    yield line(
      'a page of one figure until it is painted',
      alone.map(({ drawn: ms }) => ms),
    );
    yield line(
      'a page of one figure until the next frame',
      alone.map(({ next }) => next),
    );
    await empty.close();
    const desk = await context.newPage();
    await desk.goto(`${productUrl()}/${page}`, { waitUntil: 'commit' });
    await desk.waitForSelector('[data-map][data-state="ready"]', { timeout: readyMs });
    await desk.waitForSelector(trend, { timeout: readyMs });
    const index = desk.waitForResponse((response) => response.url().includes('metric.brush'));
    const started = performance.now();
    await desk.locator(trend).first().hover();
    await (await index).finished();
    yield line('index of the trend after the pointer came', [performance.now() - started]);
    const { drawn, frames, busy } = await brush(desk, trend);
    yield line(
      'a brush until its figures are painted',
      drawn.map(({ drawn: ms }) => ms),
    );
    yield line(
      'a brush until the areas of the map are painted with them',
      drawn.filter(({ isPictured }) => isPictured).map(({ drawn: ms }) => ms),
    );
    yield line(
      'a brush until the frame after that begins',
      drawn.map(({ next }) => next),
    );
    yield line('processor time of the page for one brush', busy);
    const anew = mapTimes(drawn, frames);
    if (anew.length > 0) yield line('a brush until the map is drawn anew, software GL', anew);
  } finally {
    await browser.close();
  }
};
