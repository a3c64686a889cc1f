import { type APIRequestContext, expect, type Page, test } from '@playwright/test';

const atIso = '2026-11-22T02:00:00.000Z';
const at = `at=${encodeURIComponent(atIso)}&still`;

const figureOf = async (request: APIRequestContext, metric: string): Promise<number> => {
  const asked = { metric, question: { division: null, period: 'P30D', at: atIso, filters: [] } };
  const input = encodeURIComponent(JSON.stringify({ json: asked }));
  const response = await request.get(`/api/trpc/metric.ask?input=${input}`, { headers: { 'x-screen': 'mid' } });
  return (await response.json()).result.data.json.cells[0].value;
};
const ready = (page: Page) => expect(page.locator('[data-screen="report"]')).toHaveAttribute('data-state', 'ready');

test('the population report: figures that explain themselves, paper without overflow, the way to each question', async ({
  page,
  request,
}) => {
  await page.goto(`/report?v=population&${at}`);
  await ready(page);
  const whole = await figureOf(request, 'person.resident');
  const figure = page.locator('[data-panel="report-populationFigures"] dd [data-metric="person.resident"]');
  await expect(figure).toHaveAttribute('data-value', String(whole));
  await expect(page.locator('[data-panel="report-population"]')).toContainText('实有人口');
  await figure.click();
  await expect(page.locator('[data-glass="person.resident"] [data-metric]').first()).toHaveAttribute(
    'data-value',
    String(whole),
  );
  await page.keyboard.press('Escape');
  // A4 less its margins, 96 px an inch
  await page.setViewportSize({ width: 688, height: 1009 });
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('[data-bar]')).toBeHidden();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(688);
  await page.emulateMedia({ media: 'screen' });
  expect(await page.locator('[data-panel="report-placeMap"] path[data-class^="vio-"]').count()).toBeGreaterThan(10);
  await page.locator('[data-panel="report-houseUse"] a[aria-label]').click();
  await expect(page).toHaveURL(/\/mid\?.*v=explorer\.houseUse.*m=dwelling\.count/);
  await expect(page.locator('[data-panel="explorer-figures"] [data-metric="dwelling.count"]').first()).toHaveAttribute(
    'data-value',
    String(await figureOf(request, 'dwelling.count')),
  );
});

test('a report of one’s own: put together, kept at its clock, opened again, taken as PDF and DOCX with its number', async ({
  page,
  request,
}) => {
  await page.goto(`/report?v=own&${at}`);
  const form = page.locator('[data-builder]');
  await form.getByLabel('报告名称').fill('周会要点');
  await form.getByRole('button', { name: '添加' }).click();
  await page.getByRole('menuitemradio', { name: '地图' }).click();
  await form.getByRole('button', { name: '添加' }).click();
  await page.getByRole('menuitemradio', { name: '文字' }).click();
  await form.getByLabel('文字内容').fill('请各社区核对。');
  await ready(page);
  await form.getByRole('button', { name: '保存' }).click();
  await expect(page).toHaveURL(/v=own\.[0-9a-f]{12}\.1&/);
  await ready(page);
  await expect(page.locator('h1')).toContainText('周会要点');
  await expect(page.locator('main')).toContainText('请各社区核对。');
  expect(await page.locator('[data-panel="report-own1"] path[data-class^="seq-"]').count()).toBeGreaterThan(10);
  await expect(page.locator('[data-panel="report-own0"] [role="img"] svg')).toBeVisible();
  const told = await page.locator('[data-panel] [data-metric]').evaluateAll((all) => all.map((one) => one.textContent));
  await page.goto(page.url().replace(/&t=[^&]*/, ''));
  await ready(page);
  expect(
    await page.locator('[data-panel] [data-metric]').evaluateAll((all) => all.map((one) => one.textContent)),
  ).toEqual(told);
  const [, name = ''] = /v=(own\.\w+\.1)/.exec(page.url()) ?? [];
  const place = { division: null, period: 'P30D', at: atIso, known: 'then' };
  for (const [format, magic] of [
    ['pdf', '%PDF'],
    ['docx', 'PK'],
  ] as const) {
    const wish = { what: { kind: 'report', page: name, place }, panel: 'report', format, purpose: 'meeting' };
    const file = await request.post('/api/export', { headers: { 'x-screen': 'mid' }, data: wish, timeout: 100_000 });
    expect(file.status(), format).toBe(200);
    expect(file.headers()['x-export-number']).toMatch(/^EX\d{8}-\d{6}$/);
    expect((await file.body()).subarray(0, magic.length).toString()).toBe(magic);
  }
});
