import { expect, test } from '@playwright/test';
import { at, atIso, call, cellsOf, open, panel } from './testing';

const chart = (kind: string) => `[data-chart="${kind}"]`;

test('the kind of chart stands in the link; one that does not fit gives way', async ({ page }) => {
  await open(page, `${at}&v=explorer.day&m=event.reported`);
  const figures = panel(page, 'explorer-figures');
  await expect(figures.locator(chart('line'))).toBeVisible();
  await figures.getByRole('button', { name: /^图形/ }).click();
  await expect(page.getByRole('menuitemradio', { name: '饼图', exact: true })).toHaveCount(0);
  await page.getByRole('menuitemradio', { name: '柱形', exact: true }).click();
  await expect(page).toHaveURL(/v=explorer\.day\.bar/);
  await expect(figures.locator(chart('bar'))).toBeVisible();
  await open(page, `${at}&v=explorer.day.pie&m=event.reported`);
  await expect(figures.locator(chart('line'))).toBeVisible();
});

test('a cell of the heat map, read by keys, is what the API answers, and I explains it', async ({ page, request }) => {
  await open(page, `${at}&v=explorer.weekday.hourOfDay.heat&m=event.reported`);
  const plot = panel(page, 'explorer-figures').locator('[data-read]');
  await plot.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  const cells = await cellsOf(request, { metric: 'event.reported', dimensions: ['weekday', 'hourOfDay'] });
  const cell = cells.find(({ at: { weekday, hourOfDay } }) => weekday === '2' && hourOfDay === '01');
  await expect(plot.locator('output [data-metric]')).toHaveAttribute('data-value', String(cell?.value ?? 0));
  await page.keyboard.press('i');
  await expect(page.locator('[data-glass="event.reported"]')).toContainText('周二');
});

test('the reasons shown add up to the change shown', async ({ page, request }) => {
  await open(page, `${at}&v=explorer&m=event.reported`);
  const question = { division: null, period: 'P30D', at: atIso, filters: [] };
  const { whole } = await call<{ whole: { cells: { value: number; previous: { value: number } }[] } }>(
    request,
    'metric.why',
    { metric: 'event.reported', question },
  );
  const [cell] = whole.cells;
  const change = (cell?.value ?? 0) - (cell?.previous.value ?? 0);
  const ways = panel(page, 'explorer-card').locator('[data-way]');
  await expect(ways).toHaveCount(4);
  const sums = await ways.evaluateAll((lists) =>
    lists.map((list) =>
      [...list.querySelectorAll<HTMLElement>('[data-value]')].reduce(
        (sum, node) => sum + Number(node.dataset.value),
        0,
      ),
    ),
  );
  expect(sums).toEqual([change, change, change, change]);
});
