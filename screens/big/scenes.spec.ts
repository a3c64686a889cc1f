import { expect, type Page, test } from '@playwright/test';
import { scenes } from '@/data/model/view';
import { walkText } from '../walker';

/** Instant at which the demo of the tests has a day behind it (playwright.config.ts). */
const at = encodeURIComponent('2026-11-22T02:00:00.000Z');

/** A mobile number, an identity number, a masked name: none may stand on a wall. */
const people = [
  /(?<!\d)1[3-9]\d{9}(?!\d)/,
  /(?<!\d)\d{17}[\dX]/,
  /\p{Script=Han}\*{1,2}/u,
  /\d+(号|栋|单元)\d*\p{Script=Han}*\d+(室|房)/u,
];

const open = async (page: Page, query: string) => {
  await page.goto(`/big?${query}`);
  await expect(page.locator('[data-screen="big"]')).toHaveAttribute('data-state', 'ready', { timeout: 120_000 });
};

const sceneOf = (page: Page) => page.locator('[data-scene]').getAttribute('data-scene');

/** Panels by state; a panel that is empty says so in words. */
const panelStates = (page: Page) =>
  page.locator('[data-screen] [data-panel]').evaluateAll((nodes) =>
    nodes.map((node) => ({
      key: node.getAttribute('data-panel'),
      state: node.getAttribute('data-state'),
      hasWords: (node.textContent ?? '').trim() !== '',
    })),
  );

const values = (page: Page, panel: string, metric: string) =>
  page
    .locator(`[data-panel="${panel}"] [data-metric="${metric}"]`)
    .evaluateAll((nodes) => nodes.map((node) => Number((node as HTMLElement).dataset.value)));

for (const scene of scenes) {
  test(`${scene} stands on every tier, readable, of nobody`, async ({ page }) => {
    test.setTimeout(600_000);
    for (const [width, height, unit] of [
      [3840, 1080, 0.931],
      [1920, 1080, 0.931],
      [2880, 540, 0.931],
      [1080, 1920, 0.931],
    ] as const) {
      await page.setViewportSize({ width, height });
      await open(page, `v=${scene}&still&at=${at}&u=${unit}`);
      expect(await sceneOf(page)).toBe(scene);
      const states = await panelStates(page);
      expect(states.length).toBeGreaterThan(0);
      expect(states.filter(({ state, hasWords }) => !['ready', 'empty'].includes(state ?? '') || !hasWords)).toEqual(
        [],
      );
      expect(await walkText(page)).toMatchObject({ small: [], overlapping: [], outside: [], clipped: [] });
      const words = (await page.locator('[data-screen]').textContent()) ?? '';
      for (const pattern of people) expect(words).not.toMatch(pattern);
      expect(await page.evaluate(() => document.documentElement.scrollHeight > innerHeight)).toBe(false);
    }
  });
}

test('parts of the people add up to their sum', async ({ page }) => {
  test.setTimeout(300_000);
  await open(page, `v=population&still&at=${at}`);
  const [total] = await values(page, 'population-headline', 'person.resident');
  const sexes = await values(page, 'population-pyramid', 'person.resident');
  const [origin = 0, ...parts] = await values(page, 'population-origin', 'person.resident');
  expect(sexes.reduce((a, b) => a + b, 0)).toBe(total);
  expect(origin).toBe(total);
  expect(parts.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(total ?? 0);
});

test('the tour goes from scene to scene and rests when somebody touches the wall', async ({ page }) => {
  test.setTimeout(300_000);
  await open(page, `v=force&tour=on&dwell=25&at=${at}`);
  await expect(page.locator('[data-tour="running"]')).toHaveText('6/7');
  await expect(page.locator('[data-scene]')).toHaveAttribute('data-scene', 'assessment', { timeout: 90_000 });
  await page.keyboard.press('Shift');
  await expect(page.locator('[data-tour="rest"]')).toHaveText('7/7');
  await page.waitForTimeout(28_000);
  expect(await sceneOf(page)).toBe('assessment');
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
