import { type APIRequestContext, expect, type Page, test } from '@playwright/test';
import { storyCards } from './layout';

const at = encodeURIComponent('2026-11-22T10:00:00+08:00');

const open = async (page: Page, query: string) => {
  await page.goto(`/small?${query}`);
  await expect(page.locator('[data-screen="small"]')).toHaveAttribute('data-state', 'ready');
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

test('six cards are told in order, each with a computed conclusion and its own map', async ({ page }) => {
  await open(page, `at=${at}`);
  const titles = new Set<string>();
  for (const [i, key] of storyCards.entries()) {
    await expect(page.locator(`[data-panel="${key}"]`)).toHaveAttribute('data-state', 'ready');
    const title = await page.locator('article h2').textContent();
    expect(title).not.toMatch(/small\.|undefined|NaN/);
    titles.add(title ?? '');
    const next = page.getByRole('button', { name: '下一页' });
    if (i < storyCards.length - 1) await next.click();
    else await expect(next).toBeDisabled();
  }
  expect(titles.size).toBe(storyCards.length);
  expect(new URL(page.url()).searchParams.get('card')).toBe('6');
});

test('a card’s figure is the catalogue’s', async ({ page }) => {
  await open(page, `at=${at}&card=4`);
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
  await open(page, `at=${at}&card=2`);
  const selection = new URL(page.url()).searchParams.get('sel');
  const title = await page.locator('article h2').textContent();
  const again = await context.newPage();
  await again.goto(page.url());
  await expect(again.locator('[data-screen="small"]')).toHaveAttribute('data-state', 'ready');
  expect(await again.locator('article h2').textContent()).toBe(title);
  expect(new URL(again.url()).searchParams.get('sel')).toBe(selection);
});

for (const [width, height] of [
  [1180, 820],
  [820, 1180],
  [390, 844],
] as const) {
  test(`${width}×${height}: every target can be hit, nothing runs off the side`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await open(page, `at=${at}`);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    const small = await page.locator('button:visible, a:visible').evaluateAll((nodes) =>
      nodes
        .map((node) => ({ text: node.textContent, box: node.getBoundingClientRect() }))
        .filter(({ box }) => box.width < 44 || box.height < 44)
        .map(({ text, box }) => `${text} ${box.width}×${box.height}`),
    );
    expect(small).toEqual([]);
    const map = await page.locator('[data-map]').boundingBox();
    expect((map?.width ?? 0) * (map?.height ?? 0)).toBeGreaterThan(width * height * 0.25);
  });
}

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
  await open(page, 'card=4');
  const before = Number(await openCount(page).getAttribute('data-value'));
  await report(request);
  await expect.poll(async () => Number(await openCount(page).getAttribute('data-value'))).toBeGreaterThan(before);
});

test('a feed that fails at first is opened again, and nothing reported meanwhile is missed', async ({
  page,
  request,
}) => {
  let attempts = 0;
  await page.route('**/api/trpc/live.changes*', (route) =>
    attempts++ === 0 ? route.fulfill({ status: 500, body: '' }) : route.continue(),
  );
  await open(page, 'card=4');
  const before = Number(await openCount(page).getAttribute('data-value'));
  await report(request);
  await expect.poll(() => attempts, { timeout: 40_000 }).toBeGreaterThan(1);
  await report(request);
  await expect.poll(async () => Number(await openCount(page).getAttribute('data-value'))).toBeGreaterThan(before + 1);
});
