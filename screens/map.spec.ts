import { expect, type Page, test } from '@playwright/test';
import { untilReady } from './ready';

const map = (page: Page) => page.locator('[data-map]').first();
const ready = (page: Page) => untilReady(page, '[data-map]', { timeout: 120_000 });

/** Counts buffers that WebGL holds, from the first one on. */
const countBuffers = `
  window.gridhallBuffers = 0;
  const { createBuffer, deleteBuffer } = WebGL2RenderingContext.prototype;
  WebGL2RenderingContext.prototype.createBuffer = function () {
    window.gridhallBuffers += 1;
    return createBuffer.call(this);
  };
  WebGL2RenderingContext.prototype.deleteBuffer = function (buffer) {
    if (buffer) window.gridhallBuffers -= 1;
    return deleteBuffer.call(this, buffer);
  };
`;
const buffers = (page: Page) => page.evaluate<number>('window.gridhallBuffers');

const loseContext = (page: Page) =>
  page.evaluate(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('canvas.maplibregl-canvas');
    canvas?.setAttribute('data-lost', '');
    canvas?.getContext('webgl2')?.getExtension('WEBGL_lose_context')?.loseContext();
  });

test('a map that loses its context comes back as it was, again and again', async ({ page }) => {
  test.setTimeout(300_000);
  const view = 'cam=114.50000,22.60000,12.50,20,10&ly=division-fill,division-line,entity-points,event-points';
  await page.goto(`/mid?still&m=event.reported&${view}`);
  await ready(page);
  const layers = await map(page).getAttribute('data-layers');
  expect(layers).toContain('entity-points');
  const url = page.url();
  // what is left behind by a map that is gone: its containers, some twenty nodes each
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const nNodes = async () => {
    await session.send('HeapProfiler.collectGarbage');
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'Nodes')?.value ?? Number.NaN;
  };
  const nodes: number[] = [];
  for (let round = 0; round < 3; round++) {
    await loseContext(page);
    await expect(page.locator('canvas[data-lost]')).toHaveCount(0, { timeout: 30_000 });
    await ready(page);
    expect(await map(page).getAttribute('data-layers')).toBe(layers);
    expect(page.url()).toBe(url);
    nodes.push(await nNodes());
  }
  expect((nodes[2] ?? Number.NaN) - (nodes[0] ?? 0)).toBeLessThan(15);
});

test('what a dropped layer held on the graphics card is freed', async ({ page }) => {
  test.setTimeout(300_000);
  await page.addInitScript(countBuffers);
  await page.goto('/mid?still&m=event.reported&ly=division-line');
  await ready(page);
  const entities = page.locator('[data-picker]').getByLabel('法人和个体');
  const held: number[] = [];
  for (let round = 0; round < 4; round++) {
    await entities.check();
    await expect(map(page)).toHaveAttribute('data-layers', /entity-points/);
    await ready(page);
    await entities.uncheck();
    await expect(map(page)).not.toHaveAttribute('data-layers', /entity-points/);
    await ready(page);
    held.push(await buffers(page));
  }
  expect(held[3]).toBeLessThanOrEqual((held[1] ?? 0) + 4);
});

/** Counts draw calls of WebGL. */
const countDraws = `
  window.gridhallDraws = 0;
  const { drawElements } = WebGL2RenderingContext.prototype;
  WebGL2RenderingContext.prototype.drawElements = function (...rest) {
    window.gridhallDraws += 1;
    return drawElements.apply(this, rest);
  };
`;

test('a selection is traced over the map, which is not drawn again for it', async ({ page }) => {
  const at = encodeURIComponent('2026-11-22T10:00:00+08:00');
  await page.addInitScript(countDraws);
  await page.goto(`/big?tour=off&pair=off&v=overview&at=${at}`);
  await ready(page);
  const draws = () => page.evaluate<number>('window.gridhallDraws');
  const outline = page.locator('[data-outline="selected"] path').last();
  const select = async (code: string) => {
    await page.evaluate((sel) => {
      const url = new URL(location.href);
      url.searchParams.set('sel', sel);
      history.pushState(null, '', url);
    }, `division:${code}`);
    await expect(page).toHaveURL(new RegExp(code));
  };
  let before = -1;
  const isCalm = async () => {
    const last = before;
    before = await draws();
    return before === last;
  };
  await expect.poll(isCalm, { intervals: [500] }).toBe(true);
  await select('440307009005');
  await expect(outline).toHaveAttribute('d', /^M\d/);
  const first = await outline.getAttribute('d');
  await select('440307010001');
  await expect(outline).not.toHaveAttribute('d', first ?? '');
  await expect(page.locator('[data-outline="selected"]')).toHaveCount(1);
  await ready(page);
  expect(await draws()).toBe(before);
});

/** Counts the frames in which WebGL drew. */
const countFrames = `
  window.gridhallFrames = 0;
  let isSame = false;
  const { drawElements } = WebGL2RenderingContext.prototype;
  WebGL2RenderingContext.prototype.drawElements = function (...rest) {
    if (!isSame && this.canvas.isConnected) {
      window.gridhallFrames += 1;
      isSame = true;
      setTimeout(() => { isSame = false; });
    }
    return drawElements.apply(this, rest);
  };
`;

test('another scene is drawn when it is whole, not each part of it as it comes', async ({ page }) => {
  test.setTimeout(240_000);
  const at = encodeURIComponent('2026-11-22T10:00:00+08:00');
  const query = (scene: string) => `/big?tour=off&pair=off&still&v=${scene}&at=${at}`;
  await page.addInitScript(countFrames);
  await page.goto(query('trend'));
  await ready(page);
  const frames: number[] = [];
  for (const scene of ['population', 'trend', 'population', 'trend']) {
    const before = await page.evaluate<number>('window.gridhallFrames');
    await page.evaluate(`next.router.replace('${query(scene)}')`);
    await expect(page.locator('[data-scene]')).toHaveAttribute('data-scene', scene);
    await ready(page);
    frames.push((await page.evaluate<number>('window.gridhallFrames')) - before);
  }
  // where the answers are there already; room for one that a late legend asks for
  expect(Math.max(...frames.slice(2))).toBeLessThanOrEqual(3);
});

test('a scene seen before is shown by its picture, which is what the map drew', async ({ page }) => {
  const at = encodeURIComponent('2026-11-22T10:00:00+08:00');
  const query = (scene: string) => `/big?tour=off&pair=off&still&v=${scene}&at=${at}`;
  const go = async (scene: string) => {
    await page.evaluate(`next.router.replace('${query(scene)}')`);
    await expect(page.locator('[data-scene]')).toHaveAttribute('data-scene', scene);
    await ready(page);
  };
  const picture = page.locator('[data-map] > canvas');
  await page.addInitScript(`
    const { drawImage } = CanvasRenderingContext2D.prototype;
    window.gridhallPictures = 0;
    CanvasRenderingContext2D.prototype.drawImage = function (...rest) {
      if (rest[0] instanceof ImageBitmap) window.gridhallPictures += 1;
      return drawImage.apply(this, rest);
    };
  `);
  const shown = () => page.evaluate<number>('window.gridhallPictures');
  await page.goto(query('trend'));
  await ready(page);
  await go('population');
  expect(await shown()).toBe(0);
  await expect(picture).toBeHidden();
  const drawn = await page.locator('[data-map]').screenshot();
  await expect
    .poll(async () => {
      await page.waitForTimeout(1_500);
      await go('trend');
      const nBefore = await shown();
      await go('population');
      return (await shown()) - nBefore;
    })
    .toBeGreaterThan(0);
  await expect(picture).toBeVisible();
  expect((await page.locator('[data-map]').screenshot()).equals(drawn)).toBe(true);
  const before = await shown();
  await page.evaluate(`next.router.replace('${query('overview').replace('22T10', '20T10')}')`);
  await expect(page.locator('[data-scene="overview"]')).toHaveCount(1);
  await ready(page);
  expect(await shown()).toBe(before);
});

test('the ground carries one colour at a time', async ({ page }) => {
  await page.goto('/mid?still&ly=division-fill,division-line');
  await ready(page);
  await page.locator('[data-picker]').getByLabel('指标 · 六边形').check();
  await expect(map(page)).toHaveAttribute('data-layers', /metric-hexagon/);
  await expect(map(page)).not.toHaveAttribute('data-layers', /division-fill/);
});

test('a click in a legend filters, with Alt it stays alone, and the panels follow', async ({ page }) => {
  await page.goto('/mid?still&ly=division-line,event-points');
  await ready(page);
  const legend = page.locator('[data-legend]').filter({ hasText: '在办' });
  const levels = legend.getByRole('button');
  await levels.nth(3).click();
  await expect(page).toHaveURL(/f=event-points\.level\.1~2~3/);
  await expect(levels.nth(3)).toHaveAttribute('aria-pressed', 'false');
  await levels.nth(1).click({ modifiers: ['Alt'] });
  await expect(page).toHaveURL(/f=event-points\.level\.2(&|$)/);
  await expect(levels.nth(0)).toHaveAttribute('aria-pressed', 'false');
  await levels.nth(1).click({ modifiers: ['Alt'] });
  await expect(page).not.toHaveURL(/event-points\.level/);
});

test('a click on a class switches it: the link, the filters in force and a wall carry it', async ({ page }) => {
  test.setTimeout(240_000);
  await page.goto('/mid?still&m=event.reported&ly=division-line,metric-grid');
  await ready(page);
  const classes = page.locator('[data-legend]').getByRole('button');
  const words = await classes.nth(1).getAttribute('aria-label');
  expect(words).toMatch(/^[\d.]+–[\d.]+$/);
  await classes.nth(1).click();
  await expect(classes.nth(1)).toHaveAttribute('aria-pressed', 'false');
  await expect(classes.nth(0)).toHaveAttribute('aria-pressed', 'true');
  await classes.nth(1).click({ modifiers: ['Alt'] });
  await expect(page).toHaveURL(/[?&]c=metric-grid!event\.reported!grid![\d.~]+!1(&|$)/);
  await expect(classes.nth(0)).toHaveAttribute('aria-pressed', 'false');
  await ready(page);
  const chip = page.getByRole('button', { name: /^去掉筛选：.*上报数/ });
  await expect(chip).toHaveCount(1);
  const { search } = new URL(page.url());
  await page.reload();
  await ready(page);
  await expect(classes.nth(1)).toHaveAttribute('aria-pressed', 'true');
  await expect(classes.nth(0)).toHaveAttribute('aria-pressed', 'false');
  // another metric has classes of its own; the choice waits for its own metric
  const go = (query: string) => page.evaluate((url) => history.pushState(null, '', url), `/mid${query}`);
  await go(search.replace('event.reported&', 'event.open&'));
  await expect(chip).toHaveCount(0);
  await go(search);
  await expect(chip).toHaveCount(1);
  await ready(page);
  await chip.click();
  await expect(page).not.toHaveURL(/[?&]c=/);
  await page.goto(`/big${search}`);
  await ready(page);
  await expect(page.locator('[data-in-force]')).toContainText(words ?? '?');
});
