import { expect, type Page, test } from '@playwright/test';
import { untilReady } from '../ready';

/** Instant at which the demo of the tests has a day behind it (playwright.config.ts). */
const at = encodeURIComponent('2026-11-22T02:00:00.000Z');

const open = async (page: Page, query: string) => {
  await page.goto(`/big?${query}`);
  await untilReady(page, '[data-screen="big"]', { timeout: 120_000 });
};

const sceneOf = (page: Page) => page.locator('[data-scene]').getAttribute('data-scene');

const values = (page: Page, panel: string, metric: string) =>
  page
    .locator(`[data-panel="${panel}"] [data-metric="${metric}"]`)
    .evaluateAll((nodes) => nodes.map((node) => Number((node as HTMLElement).dataset.value)));

test('parts of the people add up to their sum', async ({ page }) => {
  test.setTimeout(300_000);
  await open(page, `v=population&still&at=${at}`);
  const [total] = await values(page, 'population-headline', 'person.resident');
  // the longest band is told beside the title, as the scale
  const [, ...sexes] = await values(page, 'population-pyramid', 'person.resident');
  const [origin = 0, ...parts] = await values(page, 'population-origin', 'person.resident');
  expect(sexes.reduce((a, b) => a + b, 0)).toBe(total);
  expect(origin).toBe(total);
  expect(parts.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(total ?? 0);
});

test('the areas of the overview are filled by a rate of enough cases, the same that its strip tells', async ({
  page,
}) => {
  test.setTimeout(300_000);
  await page.setViewportSize({ width: 3840, height: 2160 });
  await open(page, `v=overview&still&tour=off&at=${at}`);
  await expect(page.locator('[data-legend]')).toHaveAttribute('data-legend', /30 天.*按期结案率/);
  await expect(page.locator('[data-panel="target-gap"]')).toContainText('按期结案率');
});

test('the tour goes from scene to scene and rests when somebody touches the wall', async ({ page }) => {
  test.setTimeout(300_000);
  await page.clock.install();
  await open(page, `v=force&tour=on&dwell=25&at=${at}`);
  await expect(page.locator('[data-tour="running"]')).toHaveText('6/7');
  await page.clock.fastForward(25_000);
  await expect(page.locator('[data-scene]')).toHaveAttribute('data-scene', 'assessment', { timeout: 90_000 });
  await page.keyboard.press('Shift');
  await expect(page.locator('[data-tour="rest"]')).toHaveText('7/7');
  await page.clock.fastForward(28_000);
  await page.waitForTimeout(1_000);
  expect(await sceneOf(page)).toBe('assessment');
  await page.clock.fastForward(32_000);
  await expect(page.locator('[data-scene]')).not.toHaveAttribute('data-scene', 'assessment');
});

test('the test picture draws a line on every seam', async ({ page }) => {
  await page.goto('/setup/wall');
  await page.locator('[name="seamsX"]').fill('480, 960');
  await page.locator('[name="seamsY"]').fill('540');
  await page.getByRole('button', { name: '测试图', exact: true }).click();
  const lines = page.locator('[data-seam]');
  await expect(lines).toHaveCount(3);
  const first = await lines.first().boundingBox();
  expect((first?.x ?? 0) + (first?.width ?? 0) / 2).toBe(480);
  await page.keyboard.press('Escape');
  await expect(lines).toHaveCount(0);
});
