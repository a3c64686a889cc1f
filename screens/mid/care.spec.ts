import { expect, test } from '@playwright/test';
import { call, panel, ready } from './testing';

type Row = { id: string; grid: string; name: string };

test('the register asks what for, tells of nobody by name, and takes what a visit found; each look is on record', async ({
  page,
  request,
}) => {
  await page.goto('/mid?v=care');
  await ready(page);
  const list = panel(page, 'care-list');
  await expect(list.locator('tbody tr')).toHaveCount(0);
  await list.locator('[data-purpose="visit"]').click();
  await expect(list.locator('[data-total]')).toContainText('已留痕');
  const total = Number(await list.locator('[data-total]').getAttribute('data-total'));
  const { cells } = await call<{ cells: { value: number }[] }>(request, 'metric.ask', {
    metric: 'care.registered',
    question: { division: null, period: 'P30D', at: null, filters: [] },
  });
  // the sensitive groups are not told to this post, but counted
  expect(total).toBeLessThan(cells[0]?.value ?? 0);
  await expect(list.locator('tbody tr').first()).toContainText('*');
  await expect(panel(page, 'care-supply').locator('[data-code]').first()).toBeVisible();

  const { rows } = await call<{ rows: Row[] }>(request, 'care.list', { purpose: 'visit', window: 'week' });
  const one = rows[0] as Row;
  await page.request.post('/api/post', { data: { role: 'R5', division: one.grid } });
  await page.goto(`/mid?v=care.visit.week&sel=care:${one.id}`);
  await ready(page);
  const card = panel(page, 'care-card');
  await expect(card).toContainText(one.name);
  await expect(card.locator('[data-result="need"]')).toBeDisabled();
  const need = `需要代购药品 ${Date.now()}`;
  await card.locator('textarea').fill(need);
  await card.locator('[data-result="need"]').click();
  await expect(card.locator('ol li').nth(1)).toContainText(need);
  await card.locator('form input').fill('上门无人应答');
  await card.locator('form button').click();
  await expect(card.locator('[data-revealed]')).not.toContainText('*');

  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/worker');
  await page.locator('[data-care] button').click();
  const id = await page.locator('[data-person]').first().getAttribute('data-person');
  const person = page.locator(`[data-person="${id}"]`);
  await expect(person).toContainText('*');
  await person.getByRole('button', { name: '走访' }).click();
  await person.locator('[data-result="well"]').click();
  await expect(person).toHaveCount(0, { timeout: 40_000 });
  await expect(page.locator('[data-pending]')).toHaveText('已全部上传');
  await page.setViewportSize({ width: 1920, height: 1080 });

  await page.request.post('/api/post', { data: { role: 'R8', division: 'DP' } });
  await page.goto('/mid?v=audit');
  await ready(page);
  const lines = panel(page, 'audit-list');
  await expect(lines.locator('tbody')).toContainText('上门无人应答');
  await lines.locator('[data-verify]').click();
  await expect(lines.getByRole('status')).toContainText('未见改动');
});
