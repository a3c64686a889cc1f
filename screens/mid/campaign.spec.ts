import { expect, test } from '@playwright/test';
import type { Campaign } from '@/data/model/campaign';
import { at, atIso, call, open, panel } from './testing';

test('a campaign tells before and after by area as the catalogue does, and leads to the map', async ({
  page,
  request,
}) => {
  const rows = await call<Campaign[]>(request, 'campaign.list', { at: atIso });
  const row = rows.find(({ state }) => state === 'closed');
  if (!row) throw new Error('No campaign of the demo is closed.');
  await open(page, `${at}&v=campaign&sel=campaign:${row.id}`);
  const card = panel(page, 'campaign-card');
  await expect(card.getByRole('heading', { level: 2 })).toHaveText(row.name);
  await expect(card.locator('[data-area]')).toHaveCount(row.areas.length);
  for (const area of row.areas) {
    const shown = card.locator(`[data-area="${area}"] [data-metric="event.reported"]`);
    await expect(shown).toHaveCount(3);
    const values = await shown.evaluateAll((nodes) => nodes.map((node) => Number((node as HTMLElement).dataset.value)));
    const question = {
      ...{ division: area, period: `${row.startsOn}/${nextDay(row.endsOn)}`, at: atIso, known: 'now' },
      filters: [{ source: 'x', field: 'categoryL1', values: row.categories }],
    };
    const told = await call<{ cells: { value: number }[] }>(request, 'metric.ask', {
      metric: 'event.reported',
      question,
    });
    expect(values[1]).toBe(told.cells[0]?.value ?? 0);
  }
  await card.locator(`[data-go="${row.areas[0]}"]`).click();
  await expect(page).toHaveURL(new RegExp(`a=${row.areas[0]}`));
});

const nextDay = (date: string): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);

test('one is opened, extended and closed; what is missing is said', async ({ page }) => {
  await open(page, 'v=campaign');
  const form = panel(page, 'campaign-form');
  await expect(form.getByRole('status')).toHaveText('写名称，至少两个字。');
  await form.getByLabel('名称').fill('巡查试点');
  await form.getByRole('button', { name: /选重点地区/ }).click();
  await page.getByRole('menuitemcheckbox').first().click();
  await page.keyboard.press('Escape');
  await form.getByRole('button', { name: '牵头部门' }).click();
  await page.getByRole('menuitemradio').first().click();
  await form.getByLabel('首日').fill('2026-01-05');
  await form.getByLabel('末日').fill('2026-01-04');
  await form.getByLabel('目标与要求').fill('先试一个街道');
  await expect(form.getByRole('status')).toContainText('不早于首日');
  await form.getByLabel('末日').fill('2026-01-20');
  await form.getByRole('button', { name: '立项' }).click();
  const card = panel(page, 'campaign-card');
  await expect(card.getByRole('heading', { level: 2 })).toHaveText('巡查试点');
  await card.getByRole('textbox', { name: /说明/ }).fill('仍有隐患');
  await card.getByLabel('延至哪天').fill('2026-02-01');
  await card.locator('[data-move="extend"]').click();
  await expect(card.locator('[data-kind="extend"]')).toContainText('2026-02-01');
  await card.getByRole('textbox', { name: /说明/ }).fill('全部清零');
  await card.locator('[data-move="close"]').click();
  await expect(card.locator('[data-kind="close"]')).toContainText('全部清零');
  await expect(card.locator('[data-move]')).toHaveCount(0);
});
