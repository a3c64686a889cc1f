import { expect, type Page, test } from '@playwright/test';

const at = '2026-11-14T11:00:00.000Z';

/** Panels alone are read here; the map may draw on. */
const open = async (page: Page, path: string) => {
  await page.goto(path);
  await page.locator('[data-panel]').first().waitFor({ timeout: 60_000 });
  await expect(page.locator('[data-panel][data-state="waiting"]')).toHaveCount(0, { timeout: 60_000 });
};

/** Every instant a figure or a clock of the screen stands at; what is told live beside it says so. */
const instantsOn = (page: Page) =>
  page.evaluate(() => {
    const nodes = [...document.querySelectorAll<HTMLElement>('[data-as-of],[data-clock]')];
    const own = nodes.filter((node) => !node.closest('[data-live]'));
    return { n: own.length, instants: [...new Set(own.map(({ dataset }) => dataset.asOf ?? dataset.clock))] };
  });

const expectOneInstant = async (page: Page, instant: string, least: number) => {
  await expect.poll(async () => (await instantsOn(page)).instants).toEqual([instant]);
  expect((await instantsOn(page)).n).toBeGreaterThan(least);
};

test('the desk stands at one instant', async ({ page }) => {
  await open(page, `/mid?at=${at}&still`);
  await expectOneInstant(page, at, 5);
});

test('a fixed period ends the clock of the whole desk', async ({ page }) => {
  await open(page, '/mid?t=2026-10-01/2026-10-31&still');
  await expectOneInstant(page, '2026-10-30T16:00:00.000Z', 5);
});

test('the wall stands at one instant', async ({ page }) => {
  await page.setViewportSize({ width: 3840, height: 2160 });
  await open(page, `/big?at=${at}&still&tour=off`);
  await expectOneInstant(page, at, 5);
});
