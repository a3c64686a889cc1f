import { type APIRequestContext, expect, type Page, test } from '@playwright/test';
import { storyCards } from '@/components/panel/story';
import { untilReady } from '../ready';

const at = encodeURIComponent('2026-11-22T10:00:00+08:00');

const ready = (page: Page) => untilReady(page, '[data-screen="small"]');
const open = async (page: Page, query: string) => {
  await page.goto(`/small?${query}`);
  await ready(page);
};

test('the tablet is ready, alone, without an error', async ({ page }) => {
  const errors: string[] = [];
  const foreign: string[] = [];
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('request', (request) => {
    if (!request.url().startsWith('blob:') && new URL(request.url()).hostname !== 'localhost')
      foreign.push(request.url());
  });
  await open(page, `at=${at}`);
  expect(errors).toEqual([]);
  expect(foreign).toEqual([]);
});

test('a card’s figure is the catalogue’s', async ({ page }) => {
  await open(page, `at=${at}&v=story-progress`);
  const input = {
    metric: 'event.open',
    question: { division: null, period: 'today', at: '2026-11-22T02:00:00.000Z', filters: [] },
  };
  const answer = await page.request.get(
    `/api/trpc/metric.ask?input=${encodeURIComponent(JSON.stringify({ json: input }))}`,
    {
      headers: { 'x-screen': 'small' },
    },
  );
  const value = (await answer.json()).result.data.json.cells[0].value as number;
  expect(value).toBeGreaterThan(0);
  const drawn = page.locator('[data-panel="story-progress"] [data-metric="event.open"]');
  await expect(drawn.first()).toHaveAttribute('data-value', String(value));
  const stages = await drawn.evaluateAll((nodes) =>
    nodes.slice(1).map((node) => Number((node as HTMLElement).dataset.value)),
  );
  expect(stages.reduce((sum, one) => sum + one, 0)).toBe(value);
});

test('the card of what is abnormal takes the map to its place, and the link restores it', async ({ page, context }) => {
  await open(page, `at=${at}&v=story-abnormal`);
  const selection = new URL(page.url()).searchParams.get('sel');
  const title = await page.locator('article h2').textContent();
  const again = await context.newPage();
  await again.goto(page.url());
  await ready(again);
  expect(await again.locator('article h2').textContent()).toBe(title);
  expect(new URL(again.url()).searchParams.get('sel')).toBe(selection);
});

const smallTargets = (page: Page) =>
  page.locator('button:visible, a:visible, input:visible:not([aria-hidden])').evaluateAll((nodes) =>
    nodes
      .map((node) => ({ text: node.textContent, box: node.getBoundingClientRect() }))
      .filter(({ box }) => box.height > 0 && (box.width < 44 || box.height < 44))
      .map(({ text, box }) => `${text} ${box.width}×${box.height}`),
  );

for (const [width, height] of [
  [1180, 820],
  [1366, 1024],
  [820, 1180],
] as const) {
  test(`${width}×${height}: seven cards in order, each with its conclusion and a map; every target can be hit`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height });
    await open(page, `at=${at}`);
    const next = page.getByRole('button', { name: '下一页' });
    const titles = new Set<string>();
    for (const [i, card] of storyCards.entries()) {
      if (i > 0) await next.click();
      await expect(page.locator(`[data-panel="${card}"]`)).toHaveAttribute('data-state', 'ready');
      await ready(page);
      const title = await page.locator('article h2').textContent();
      expect(title).not.toMatch(/small\.|undefined|NaN/);
      titles.add(title ?? '');
      const hidden = await page.locator('article').evaluate((story) => story.scrollHeight - story.clientHeight);
      if (width === 1180) expect(hidden, card).toBeLessThanOrEqual(1);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      expect(await smallTargets(page), card).toEqual([]);
      await expect(page.locator('article footer button')).toHaveCount(1);
    }
    await expect(next).toBeDisabled();
    expect(titles.size).toBe(storyCards.length);
    expect(new URL(page.url()).searchParams.get('v')).toBe(storyCards.at(-1));
    const map = await page.locator('[data-map]').boundingBox();
    expect((map?.width ?? 0) * (map?.height ?? 0)).toBeGreaterThan(width * height * 0.25);
    if (height > width) expect(map?.height ?? 0).toBeGreaterThan(height * 0.4);
  });
}

test('a phone stacks the cards; its foot leads to events, search and map', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page, `at=${at}`);
  for (const key of storyCards)
    await expect(page.locator(`[data-panel="${key}"]`)).toHaveAttribute('data-state', 'ready');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  expect(await smallTargets(page)).toEqual([]);
  const foot = page.getByRole('navigation', { name: '导航' });
  await foot.getByRole('button', { name: '事件' }).click();
  await expect(page.locator('[data-panel="story-events"] [data-event]').first()).toBeVisible();
  await page.locator('[data-panel="story-events"] [data-event]').first().click();
  await expect(page).toHaveURL(/sel=event:/);
  await foot.getByRole('button', { name: '地图' }).click();
  await expect(page.locator('[data-map]')).toHaveAttribute('data-state', 'ready');
  await foot.getByRole('button', { name: '搜索' }).click();
  await page.getByRole('combobox').fill('kuichong');
  await page.locator('[data-hit="division:440307009"]').click();
  await expect(page).toHaveURL(/a=440307009(&|$)/);
  await expect(page).toHaveURL(/v=map/);
  await foot.getByRole('button', { name: '总览' }).click();
  await expect(page.locator('[data-panel="story-overall"]')).toHaveAttribute('data-state', 'ready');
});

test('each card leads on by one action; what was proposed a week ago is followed up', async ({ page }) => {
  await open(page, `at=${at}`);
  await page.locator('article footer button').click();
  await expect(page).toHaveURL(/v=story-abnormal/);
  await open(page, `at=${at}&v=story-progress`);
  await page.locator('article footer button').click();
  await expect(page.locator('[data-panel="story-events"] [data-event]').first()).toBeVisible();
  await open(page, `at=${at}&v=story-followup`);
  const outcomes = await page
    .locator('[data-followup]')
    .evaluateAll((nodes) => nodes.map((node) => ({ ...(node as HTMLElement).dataset })));
  expect(outcomes.length).toBeGreaterThan(0);
  for (const { now } of outcomes) expect(Number(now)).toBeGreaterThanOrEqual(0);
  await page.locator('article footer button').click();
  await expect(page).toHaveURL(/at=2026-11-15T02:00:00.000Z/);
  await expect(page).toHaveURL(/v=story-proposal/);
});

test('a 25-digit code opens its dwelling in two taps', async ({ page, request }) => {
  const headers = { 'x-screen': 'small' };
  const ask = (path: string, input: unknown) =>
    request.get(`/api/trpc/${path}?input=${encodeURIComponent(JSON.stringify({ json: input }))}`, { headers });
  const hits = (await (await ask('search.find', { text: '4403070' })).json()).result.data.json as {
    kind: string;
    code: string;
  }[];
  const code = hits.find(({ kind }) => kind === 'building')?.code ?? '';
  const card = (await (await ask('place.buildingByCode', { code })).json()).result.data.json;
  const dwelling = card.dwellings[0].code as string;
  await open(page, `at=${at}`);
  await page.getByRole('combobox').fill(dwelling);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`sel=dwelling:${dwelling}`));
  await expect(page.locator(`[data-dwelling="${dwelling}"]`)).toBeVisible();
  await expect(page.locator(`[data-code="${dwelling}"]`)).toHaveAttribute('aria-selected', 'true');
});

const report = async (request: APIRequestContext) => {
  const headers = { 'x-screen': 'mid' };
  const tree = await (await request.get('/api/trpc/division.tree', { headers })).json();
  const grid = tree.result.data.json.find((node: { level: string }) => node.level === 'grid');
  const event = {
    clientKey: crypto.randomUUID(),
    category: '0801',
    source: '01',
    title: '垃圾堆放',
    position: grid.center,
  };
  expect((await request.post('/api/trpc/event.report', { headers, data: { json: event } })).status()).toBe(200);
};

const openCount = (page: Page) => page.locator('[data-panel="story-progress"] [data-metric="event.open"]').first();

test('an event reported elsewhere is counted without a reload', async ({ page, request }) => {
  await open(page, 'v=story-progress');
  const before = Number(await openCount(page).getAttribute('data-value'));
  await report(request);
  await expect.poll(async () => Number(await openCount(page).getAttribute('data-value'))).toBeGreaterThan(before);
});

test('a feed that fails at first is opened again, and nothing reported meanwhile is missed', async ({
  page,
  request,
}) => {
  let attempts = 0;
  await page.route('**/api/live?*', (route) =>
    attempts++ === 0 ? route.fulfill({ status: 500, body: '' }) : route.continue(),
  );
  await open(page, 'v=story-progress');
  const before = Number(await openCount(page).getAttribute('data-value'));
  await report(request);
  await report(request);
  await expect.poll(() => attempts, { timeout: 40_000 }).toBeGreaterThan(1);
  const now = async () => Number(await openCount(page).getAttribute('data-value'));
  await expect.poll(now, { timeout: 20_000 }).toBeGreaterThan(before + 1);
});
