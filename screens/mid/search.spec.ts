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

test('a sentence is shown as a question; Enter opens it in the explorer, where it can be changed', async ({ page }) => {
  await open(page);
  await page.keyboard.press('Control+k');
  await box(page).fill('葵涌近30天消防上报最多的社区前5');
  const asked = page.locator('[data-asked="whole"]');
  await expect(asked).toContainText('葵涌街道');
  await expect(asked).toContainText('消防安全');
  await expect(asked).toContainText('最多的 5 个');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/[?&]v=explorer\.community\.d5(&|$)/);
  await expect(page).toHaveURL(/[?&]m=event\.reported/);
  await expect(page).toHaveURL(/[?&]a=440307009(&|$)/);
  await expect(page).toHaveURL(/f=facet-category\.categoryL1\.01/);
  const figures = page.locator('[data-panel="explorer-figures"]');
  await expect(figures).toHaveAttribute('data-state', 'ready');
  await figures.getByRole('button', { name: /^排序/ }).click();
  await page.getByRole('menuitemradio', { name: '从少到多' }).click();
  await expect(page).toHaveURL(/[?&]v=explorer\.community\.a(&|$)/);
});

test('a sentence with a word nobody knows is not asked: the word is named, and taken out when that is chosen', async ({
  page,
}) => {
  await open(page);
  await page.keyboard.press('Control+k');
  await box(page).fill('葵涌近7天恐龙超期最多的社区');
  const asked = page.locator('[data-asked="part"]');
  await expect(asked).toContainText('恐龙');
  const before = page.url();
  await page.keyboard.press('Enter');
  await expect(box(page)).toHaveValue('葵涌近7天超期最多的社区');
  expect(page.url()).toBe(before);
  await expect(page.locator('[data-asked="whole"]')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/[?&]m=event\.overdue/);
});
