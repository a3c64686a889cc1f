import { type APIRequestContext, expect, type Page, test } from '@playwright/test';

const at = `at=${encodeURIComponent('2026-11-22T10:00:00+08:00')}`;
const headers = { 'x-screen': 'mid' };

type Hit = { kind: string; code: string; name: string; position: [number, number] | null };

const call = async <T>(request: APIRequestContext, path: string, input: unknown): Promise<T> => {
  const response = await request.get(`/api/trpc/${path}?input=${encodeURIComponent(JSON.stringify({ json: input }))}`, {
    headers,
  });
  expect(response.status(), path).toBe(200);
  return (await response.json()).result.data.json as T;
};
const find = (request: APIRequestContext, text: string) => call<Hit[]>(request, 'search.find', { text });

const open = async (page: Page) => {
  await page.goto(`/mid?${at}`);
  await expect(page.locator('[data-screen="mid"]')).toHaveAttribute('data-state', 'ready');
};
const box = (page: Page) => page.getByRole('combobox', { name: '搜索' });
const hit = (page: Page, key: string) => page.locator(`[data-hit="${key}"]`);

test('Ctrl K, initials, Enter: the sub-district is entered; it is offered again as a recent choice', async ({
  page,
}) => {
  await open(page);
  await page.keyboard.press('Control+k');
  await expect(box(page)).toBeFocused();
  await page.keyboard.type('kcjd');
  await expect(hit(page, 'division:440307009')).toBeVisible();
  await expect(hit(page, 'division:440307009').locator('mark')).toHaveText('葵涌街道');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/[?&]a=440307009(&|$)/);
  await page.keyboard.press('/');
  await expect(hit(page, 'division:440307009')).toBeVisible();
});

test('a pasted dwelling code and Enter open the dwelling, its cell marked, by a link of its own', async ({
  page,
  context,
  request,
}) => {
  const building = (await find(request, '4403070')).find(({ kind }) => kind === 'building');
  const card = await call<{ dwellings: { code: string }[] }>(request, 'place.buildingByCode', { code: building?.code });
  const code = card.dwellings[0]?.code ?? '';
  expect(code).toHaveLength(25);
  await open(page);
  await page.keyboard.press('Control+k');
  await box(page).fill(code);
  await page.keyboard.press('Enter');
  const opened = async (on: Page) => {
    await expect(on).toHaveURL(new RegExp(`sel=dwelling:${code}`));
    await expect(on.locator(`[data-dwelling="${code}"]`)).toBeVisible();
    await expect(on.locator(`[data-code="${code}"]`)).toHaveAttribute('aria-selected', 'true');
  };
  await opened(page);
  const again = await context.newPage();
  await again.goto(page.url());
  await opened(again);
});

test('metrics, layers, pages, commands and positions are found and done', async ({ page, request }) => {
  await open(page);
  const choose = async (words: string, key: string) => {
    await page.keyboard.press('Control+k');
    await box(page).fill(words);
    await hit(page, key).click();
  };
  await choose('超期', 'metric:event.overdue');
  await expect(page).toHaveURL(/[?&]m=event\.overdue/);
  await choose('事件密度', 'layer:event-density');
  await expect(page).toHaveURL(/ly=[^&]*event-density/);
  await choose('回到实时', 'command:live');
  await expect(page).not.toHaveURL(/[?&]at=/);
  const building = (await find(request, '4403070')).find(({ kind, position }) => kind === 'building' && position);
  const [lng, lat] = building?.position ?? [0, 0];
  await choose(`${lat.toFixed(6)}, ${lng.toFixed(6)}`, `building:${building?.code}`);
  await expect(page).toHaveURL(new RegExp(`sel=building:${building?.code}`));
  await choose('英文', 'command:en');
  await expect(page).toHaveURL(/lang=en/);
});

test('what is not there is said; the arrows walk the hits', async ({ page }) => {
  await open(page);
  await page.keyboard.press('Control+k');
  await box(page).fill('qxqxqx');
  await expect(page.getByText('没有找到')).toBeVisible();
  await box(page).fill('葵涌');
  await expect(page.locator('[data-hit]').nth(2)).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  const marked = page.locator('[data-hit][data-highlighted]');
  const key = (await marked.getAttribute('data-hit')) ?? '';
  expect(key).not.toBe('division:440307009');
  await page.keyboard.press('Enter');
  const [kind, code] = key.split(':');
  await expect(page).toHaveURL(new RegExp(kind === 'division' ? `a=${code}` : `sel=${key}`));
});
