import { type APIRequestContext, expect, type Page, test } from '@playwright/test';
import sharp from 'sharp';
import { accessFaults } from './access';

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

type Grid = { code: string; level: string; center: [number, number] };
type Row = { id: string; version: number; status: string; description: string | null; photos: { id: string }[] };

const desk = { 'x-screen': 'mid' };
const ask = async <T>(request: APIRequestContext, path: string, input: unknown = undefined): Promise<T> => {
  const query = input === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify({ json: input }))}`;
  return (await (await request.get(`/api/trpc/${path}${query}`, { headers: desk })).json()).result.data.json;
};
const send = async <T>(request: APIRequestContext, path: string, input: unknown): Promise<T> => {
  const answer = await request.post(`/api/trpc/${path}`, { headers: desk, data: { json: input } });
  expect(answer.status(), await answer.text()).toBe(200);
  return (await answer.json()).result.data.json;
};
const firstGrid = async (request: APIRequestContext): Promise<Grid> => {
  const grid = (await ask<Grid[]>(request, 'division.tree')).find(({ level }) => level === 'grid');
  if (!grid) throw new Error('The demo has no grid.');
  return grid;
};
const picture = async () => ({
  name: 'IMG_1.jpg',
  mimeType: 'image/jpeg',
  buffer: await sharp({ create: { width: 800, height: 600, channels: 3, background: '#3b6e8f' } })
    .jpeg()
    .toBuffer(),
});
const faults = (page: Page) => accessFaults(page, { exclude: 'canvas' });
const pending = (page: Page) => page.locator('[data-pending]');

test('a phone without a network signs and reports; back on it, all is there once', async ({
  page,
  context,
  request,
}) => {
  const grid = await firstGrid(request);
  const dispatched = await send<Row>(request, 'event.report', {
    ...{ clientKey: crypto.randomUUID(), category: '0101', source: '01', title: '通道被占', position: grid.center },
  });
  expect(dispatched.status).toBe('S31');
  await page.request.post('/api/post', { data: { role: 'R5', division: grid.code } });
  await context.grantPermissions(['geolocation']);
  await context.setGeolocation({ longitude: grid.center[0], latitude: grid.center[1] });
  await page.goto('/worker');
  await expect(page.locator('[data-screen="worker"]')).toHaveAttribute('data-state', 'ready');
  const task = page.locator(`[data-task="${dispatched.id}"]`);
  await expect(task).toContainText('距您');
  expect(await faults(page)).toEqual([]);
  await expect
    .poll(() => page.evaluate(async () => (await (await caches.open('gridhall-shell')).keys()).map(({ url }) => url)))
    .toContainEqual(expect.stringContaining('/worker'));
  // and its answers, some seconds after they came
  await expect
    .poll(() => page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name)))
    .toContain('gridhall-small');

  await context.setOffline(true);
  await task.getByRole('button', { name: '签收' }).click();
  await expect(pending(page)).toHaveText('1 条待上传');
  await expect(task).toContainText('已记下，待上传');

  const sentence = `断网上报 ${Date.now()}`;
  await page.getByRole('button', { name: '上报' }).click();
  await page.locator('input[type="file"]').setInputFiles(await picture());
  await page.getByRole('searchbox').fill('垃圾');
  await page.locator('[data-category="0801"]').click();
  await page.locator('[data-place-ok]').click();
  await page.getByRole('textbox').fill(sentence);
  await page.locator('[data-send]').click();
  await expect(pending(page)).toHaveText('2 条待上传');

  await page.reload();
  await expect(pending(page)).toHaveText('2 条待上传');
  await expect(task).toHaveAttribute('data-status', 'S40');
  await expect(page.getByText('离线 · 任务截至')).toBeVisible();

  await context.setOffline(false);
  await expect(pending(page)).toHaveText('已全部上传', { timeout: 40_000 });
  const signed = await ask<Row>(request, 'event.byId', { id: dispatched.id });
  expect([signed.status, signed.version]).toEqual(['S40', dispatched.version + 1]);
  const question = { division: grid.code, period: 'all', at: null, filters: [] };
  const list = await ask<{ rows: Row[] }>(request, 'event.list', { question, sort: 'newest', limit: 20 });
  const details = await Promise.all(list.rows.map(({ id }) => ask<Row>(request, 'event.byId', { id })));
  const reported = details.filter(({ description }) => description === sentence);
  expect(reported.map(({ photos }) => photos.length)).toEqual([1]);
  const photo = await request.get(`/api/file/${reported[0]?.photos[0]?.id}?screen=mid`);
  expect([photo.status(), photo.headers()['content-type']]).toEqual([200, 'image/jpeg']);
});

test('what the server does not take is shown, not lost', async ({ page, context, request }) => {
  const grid = await firstGrid(request);
  const event = { category: '0101', source: '01', title: '通道被占', position: grid.center };
  const row = await send<Row>(request, 'event.report', { ...event, clientKey: crypto.randomUUID() });
  await page.request.post('/api/post', { data: { role: 'R5', division: grid.code } });
  await page.goto('/worker');
  const task = page.locator(`[data-task="${row.id}"]`);
  await expect(task).toBeVisible();
  await context.setOffline(true);
  await task.getByRole('button', { name: '签收' }).click();
  await send(request, 'event.correct', { id: row.id, version: row.version, category: '0101', level: 3 });
  await context.setOffline(false);
  await expect(pending(page)).toHaveText('1 条未被接收', { timeout: 40_000 });
  await pending(page).click();
  await expect(page.locator('[data-refused="conflict"]')).toContainText('他人已先行改动');
  await page.getByRole('button', { name: '再试一次' }).click();
  await expect(pending(page)).toHaveText('已全部上传', { timeout: 40_000 });
  expect((await ask<Row>(request, 'event.byId', { id: row.id })).status).toBe('S40');
});

test('the public reports with a photo, gets a receipt and follows it', async ({ page, context, request }) => {
  const grid = await firstGrid(request);
  await page.setViewportSize({ width: 360, height: 740 });
  await context.grantPermissions(['geolocation']);
  await context.setGeolocation({ longitude: grid.center[0], latitude: grid.center[1] });
  await page.goto('/public');
  await expect(page.locator('[data-screen="public"]')).toHaveAttribute('data-state', 'ready');
  expect(await faults(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await page.locator('input[type="file"]').setInputFiles(await picture());
  await page.getByLabel('看到了什么？').fill('井盖没了，盖板不见');
  await page.getByRole('button', { name: '提交上报' }).click();
  await expect(page.locator('p[role="alert"]')).toHaveText('请选一个类型。');
  await page.locator('[data-category]').first().click();
  await page.getByRole('button', { name: '用我的位置' }).click();
  await expect(page.getByText('已定位')).toBeVisible();
  await page.getByRole('button', { name: '提交上报' }).click();
  const receipt = (await page.locator('[data-receipt]').textContent()) ?? '';
  expect(receipt).toMatch(/^([0-9A-Z]{4}-){3}[0-9A-Z]{4}$/);
  await expect(page.locator('[data-step="received"]')).toHaveAttribute('aria-current', 'step');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  expect(await faults(page)).toEqual([]);

  const number = (await page.getByText('事件编号').textContent())?.split(' ').at(-1) ?? '';
  const [hit] = await ask<{ code: string }[]>(request, 'search.find', { text: number });
  await send(request, 'event.move', { id: hit?.code, version: 1, to: 'S20' });
  await page.goto('/public?tab=look');
  await page.getByLabel('输入受理号').fill(receipt.toLowerCase());
  await page.getByRole('button', { name: '查进度' }).last().click();
  await expect(page.locator('[data-step="accepted"]')).toHaveAttribute('aria-current', 'step');
  await expect(page.getByRole('img', { name: '照片 1' })).toBeVisible();
  // an open cover is a Ⅰ: left open, it interrupts the walls of other tests
  await send(request, 'event.move', { id: hit?.code, version: 2, to: 'S90' });
});

test('a home is rated by its code; a slip asks for home, name and number together', async ({ page, request }) => {
  const { code } = await firstGrid(request);
  await request.post('/api/post', { data: { role: 'R5', division: code } });
  const conditions = { houseUse: '2' };
  const search = { theme: 'dwelling', purpose: 'check', division: code, conditions };
  const { rows } = await ask<{ rows: { id: string }[] }>(request, 'theme.list', search);
  await page.goto('/public?tab=home');
  await page.locator('input[name="code"]').fill(rows[0]?.id ?? '');
  await page.getByRole('button', { name: '查出租屋分级' }).click();
  await expect(page.locator('[data-grade]')).toHaveAttribute('data-grade', /^[ABCD]$/);
  await page.locator('input[name="name"]').fill('张三丰');
  await page.locator('input[name="idNumber"]').fill('440307199001010011');
  await page.getByRole('button', { name: '打印居住登记' }).click();
  await expect(page.locator('p[role="alert"]')).toContainText('与登记对不上');
  await expect(page.locator('[data-slip]')).toHaveCount(0);
  expect(await faults(page)).toEqual([]);
});

test('100 MB and an SVG are refused by the running server, in both languages', async ({ request }) => {
  const large = await request.post('/api/public/file', { data: Buffer.alloc(100 * 1024 * 1024, 255) });
  expect([large.status(), await large.json()]).toMatchObject([400, { reason: 'photo_large', zh: /./u, en: /./u }]);
  const svg = await request.post('/api/public/file', { data: '<svg><script>alert(1)</script></svg>' });
  expect([svg.status(), await svg.json()]).toMatchObject([400, { reason: 'photo_type' }]);
});
