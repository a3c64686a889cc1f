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
  const file = await request.get((await page.locator('[data-file="docx"]').getAttribute('href')) ?? '');
  expect(file.status()).toBe(200);
  expect((await file.body()).subarray(0, 2).toString()).toBe('PK');
  await page.locator('[data-panel="report-houseUse"] a[aria-label]').click();
  await expect(page).toHaveURL(/\/mid\?.*v=explorer\.houseUse.*m=dwelling\.count/);
  await expect(page.locator('[data-panel="explorer-figures"] [data-metric="dwelling.count"]').first()).toHaveAttribute(
    'data-value',
    String(await figureOf(request, 'dwelling.count')),
  );
});
