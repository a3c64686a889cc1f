import { expect, type Page, test } from '@playwright/test';
import { accessFaults } from '../../access';

const open = async (page: Page) => {
  await page.goto('/setup/rules');
  await expect(page.locator('[data-screen="setup"]')).toHaveAttribute('data-state', 'ready');
};

test('a rule is changed from tomorrow on, refused where it makes no sense, and withdrawn before it begins', async ({
  page,
}) => {
  await open(page);
  await expect(page.locator('[data-rules]')).toHaveAttribute('data-rules', '224');
  await page.getByRole('searchbox').fill('1807');
  await expect(page.locator('[data-rules]')).toHaveAttribute('data-rules', '1');
  await page.locator('[data-rules] tbody tr').first().click();
  const detail = page.locator('[data-rule="1807"]');
  await expect(detail.locator('[data-version]')).toHaveCount(1);
  await detail.locator('[data-act="change"]').click();
  const form = detail.locator('[data-form="rule"]');
  await form.locator('[name="note"]').fill('经办公会同意');
  await form.getByRole('button', { name: '登记' }).click();
  await expect(form.getByRole('alert')).toHaveText('与现行规则没有差别。');
  await form.locator('[name="handleHours"]').fill('7');
  await form.locator('[name="from"]').fill('2026-01-01');
  await form.getByRole('button', { name: '登记' }).click();
  await expect(form.getByRole('alert')).toHaveText('生效日不能早于今天。');
  const tomorrow = new Date(Date.now() + 32 * 3_600_000).toISOString().slice(0, 10);
  await form.locator('[name="from"]').fill(tomorrow);
  await form.getByRole('button', { name: '登记' }).click();
  await expect(detail.locator('[data-version]')).toHaveCount(2);
  await expect(page.locator('[data-rules]')).toContainText(`${tomorrow} 起改`);
  expect(await accessFaults(page)).toEqual([]);
  await detail.locator('[data-act="withdraw"]').click();
  await expect(detail.locator('[data-withdrawn]')).toContainText('未生效即撤回');
  await expect(page.locator('[data-rules]')).not.toContainText('起改');
});

test('the whole history is decided again as it was; what if shows the difference', async ({ page }) => {
  await open(page);
  await page.locator('[name="replay-from"]').fill('2024-01-01');
  await page.locator('[data-act="replay"]').click();
  const replay = page.locator('[data-replay]');
  await expect(replay).toContainText('100%', { timeout: 30_000 });
  const [same, n] = ((await replay.getAttribute('data-replay')) ?? '').split('/').map(Number);
  expect(n).toBeGreaterThan(20_000);
  expect(same).toBe(n);
  const form = page.locator('[data-form="what-if"]');
  await form.locator('[name="category"]').selectOption('01');
  await form.locator('[data-act="add"]').click();
  await page.locator('[data-act="what-if"]').click();
  const result = page.locator('[data-what-if]');
  await expect(result).toBeVisible({ timeout: 30_000 });
  const pair = result.locator('[data-pair="auto"]');
  const [before, after] = [await pair.getAttribute('data-before'), await pair.getAttribute('data-after')];
  expect(Number(await result.getAttribute('data-what-if'))).toBe(Number(before) - Number(after));
  expect(Number(before)).toBeGreaterThan(Number(after));
});

test('another ladder and other quiet hours are put on record from tomorrow on, and taken back', async ({ page }) => {
  await open(page);
  const ladder = page.locator('[data-rule-set="ladder"]');
  await expect(ladder.locator('[data-version]')).toHaveCount(1);
  await ladder.locator('[data-act="change"]').click();
  const share = ladder.locator('[name="reminder-atShare"]');
  await share.fill('101');
  await ladder.locator('[name="note"]').fill('经办公会同意');
  await ladder.getByRole('button', { name: '登记' }).click();
  expect(await share.evaluate((input: HTMLInputElement) => input.validity.rangeOverflow)).toBe(true);
  await share.fill('50');
  await ladder.locator('[name="meeting-overHours-1"]').fill('1');
  await ladder.getByRole('button', { name: '登记' }).click();
  await expect(ladder.getByRole('alert')).toHaveText('每一级不能早于下一级。');
  await ladder.locator('[name="meeting-overHours-1"]').fill('8');
  await ladder.getByRole('button', { name: '登记' }).click();
  await expect(ladder.locator('[data-version]')).toHaveCount(2);
  await expect(ladder.locator('[data-version]').first().locator('[data-rung="reminder"]')).toContainText('50');
  const quiet = page.locator('[data-rule-set="quiet"]');
  await quiet.locator('[data-act="change"]').click();
  await quiet.locator('[name="push-fromMinute"]').fill('');
  await quiet.locator('[name="note"]').fill('经办公会同意');
  await quiet.getByRole('button', { name: '登记' }).click();
  await expect(quiet.locator('[data-version]').first().locator('[data-channel="push"]')).toContainText('不设');
  expect(await accessFaults(page)).toEqual([]);
  for (const set of [ladder, quiet]) {
    await set.locator('[data-act="withdraw"]').click();
    await expect(set.locator('[data-withdrawn]')).toContainText('未生效即撤回');
    await expect(set.locator('[data-act="withdraw"]')).toHaveCount(0);
  }
});
