import { expect, type Page, test } from '@playwright/test';
import { at, atIso, type Cell, call, hits, open, panel, ready } from './testing';

const plot = (page: Page) => panel(page, 'event-trend').locator('canvas').first();

/** Counts of the facets of levels and the total, as they stand on the page. */
const drawn = async (page: Page): Promise<Record<string, string>> => {
  const lines = panel(page, 'facets').locator('fieldset').first().locator('[data-code]');
  const codes = await lines.evaluateAll((all) =>
    all.map((line) => [
      line.getAttribute('data-code') ?? '',
      line.querySelector('[data-metric]')?.getAttribute('data-value') ?? '0',
    ]),
  );
  return Object.fromEntries(codes);
};

/** Fractions of the trend's canvas and where they lie on the page. */
const placesOf = async (page: Page) => {
  const box = await plot(page).boundingBox();
  return {
    x: (share: number) => (box?.x ?? 0) + (box?.width ?? 0) * share,
    y: (box?.y ?? 0) + (box?.height ?? 0) / 2,
  };
};

const index = (page: Page) => page.waitForResponse((response) => response.url().includes('metric.brush'));

test('while the hand moves, levels and map follow; what stands at release is the plain answer', async ({
  page,
  request,
}) => {
  await open(page);
  const before = await drawn(page);
  const { x, y } = await placesOf(page);
  const asked = index(page);
  await page.mouse.move(x(0.4), y);
  expect((await asked).status()).toBe(200);
  await page.mouse.down();
  await page.mouse.move(x(0.7), y, { steps: 10 });
  await expect.poll(() => drawn(page)).not.toEqual(before);
  const during = await drawn(page);
  await expect(page).not.toHaveURL(/[?&]t=/);
  await page.mouse.up();
  await expect(page).toHaveURL(/t=\d{4}-\d{2}-\d{2}(\/|%2F)\d{4}/);
  await ready(page);
  expect(await drawn(page)).toEqual(during);
  const period = new URL(page.url()).searchParams.get('t');
  const question = { division: null, period, at: null, filters: [] };
  const { cells } = await call<{ cells: Cell[] }>(request, 'metric.ask', {
    metric: 'event.reported',
    dimensions: ['level'],
    question,
  });
  const plain = Object.fromEntries(cells.map((cell) => [cell.at.level, String(cell.value)]));
  expect(during).toMatchObject(plain);
});

test('Shift and arrows move the brush, Enter takes it, Escape leaves it', async ({ page, request }) => {
  await open(page, `${at}&t=P90D`);
  const before = await drawn(page);
  const brush = panel(page, 'event-trend').getByRole('group', { name: /刷选/ });
  const asked = index(page);
  await brush.focus();
  expect((await asked).status()).toBe(200);
  await page.keyboard.press('Shift+ArrowLeft');
  await expect.poll(() => drawn(page)).not.toEqual(before);
  await page.keyboard.press('Escape');
  await expect.poll(() => drawn(page)).toEqual(before);
  for (const key of ['Left', 'Left', 'Left', 'Up', 'Right']) await page.keyboard.press(`Shift+Arrow${key}`);
  await expect.poll(() => drawn(page)).not.toEqual(before);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/t=2026-11-\d{2}(\/|%2F)2026-11-\d{2}/);
  await ready(page);
  const during = await drawn(page);
  const period = new URL(page.url()).searchParams.get('t');
  const question = { division: null, period, at: null, filters: [] };
  const ask = { metric: 'event.reported', dimensions: ['level'], question };
  const { cells } = await call<{ cells: Cell[] }>(request, 'metric.ask', ask);
  expect(during).toMatchObject(Object.fromEntries(cells.map((cell) => [cell.at.level, String(cell.value)])));
  expect(Date.parse(atIso)).toBeGreaterThan(Date.parse(period?.split('/')[0] ?? ''));
  await expect(hits(page)).toBeVisible();
});
