import { expect, test } from '@playwright/test';
import { call, panel, ready } from './testing';

type Event = { id: string };
const live = { question: { division: null, period: 'all', at: null, filters: [] }, sort: 'newest', limit: 5 };

test('a drill shows its mark and its events; real work shows none of it; at its end the summary is left', async ({
  page,
  request,
}) => {
  const before = await call<{ total: number; rows: Event[] }>(request, 'event.list', live);
  await page.goto('/mid?v=standby');
  await ready(page);
  const form = panel(page, 'drill-form');
  const name = `演练 ${Date.now()}`;
  await form.locator('input').first().fill(name);
  await form.locator('textarea').fill('检验十五分钟响应');
  await form.getByRole('button', { name: '开展演练' }).click();
  await panel(page, 'drill-card').locator('[data-go="drill"]').click();
  const band = page.locator('[data-drill]');
  await expect(band).toHaveAttribute('data-drill-state', 'running');
  await expect(band).toContainText(name);
  const report = panel(page, 'drill-report');
  await report.getByRole('searchbox').fill('火情');
  await report.locator('[data-category="0115"]').click();
  await report.locator('input[name="title"]').fill('演练火情');
  await report.locator('[data-move="report"]').click();
  await expect(panel(page, 'drill-queue')).toContainText('演练火情');
  await expect(panel(page, 'event-card')).toContainText('演练火情');
  await expect(page.locator('[data-export]')).toHaveCount(0);
  const after = await call<{ total: number; rows: Event[] }>(request, 'event.list', live);
  expect(after.total).toBe(before.total);
  expect(after.rows.map(({ id }) => id)).toEqual(before.rows.map(({ id }) => id));
  await band.locator('[data-go="leave"]').click();
  await expect(page.locator('[data-drill]')).toHaveCount(0);
  await panel(page, 'drill-card').locator('[data-move="end"]').click();
  await expect(panel(page, 'drill-card').locator('[data-step="accept"]')).toContainText('1');
});
