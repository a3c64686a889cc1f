import { expect, test } from '@playwright/test';

test('a visitor takes the post of a community, sees only it, and leaves again', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: '官湖社区 · 社区书记' }).click();
  await expect(page).toHaveURL(/\/mid\?v=analyst.*m=person\.resident/);
  await page.goto('/?choose');
  await expect(page.getByRole('button', { name: '官湖社区 · 社区书记' })).toHaveAttribute('aria-pressed', 'true');
  await page.goto('/small?at=2026-11-22T02:00:00Z');
  await expect(page.locator('[data-screen="small"]')).toHaveAttribute('data-state', 'ready');
  await expect(page.getByText('今日研判 1 / 7 · 官湖社区')).toBeVisible();
  await page.goto('/');
  await expect(page).toHaveURL(/\/mid\?v=analyst/);
  await page.goto('/?choose');
  await page.getByRole('button', { name: '不选岗位，按屏幕默认' }).click();
  await expect(page.getByRole('button', { name: '官湖社区 · 社区书记' })).toHaveAttribute('aria-pressed', 'false');
});

test('a badge that is no post says so and can be given back', async ({ page, context, baseURL }) => {
  await context.addCookies([{ name: 'gridhall-post', value: 'R4:nowhere', url: baseURL ?? '' }]);
  await page.goto('/mid');
  await expect(page.locator('[data-state="failed"]')).toBeVisible();
  await page.getByRole('button', { name: '退出岗位' }).click();
  await expect(page.locator('[data-screen="chooser"]')).toHaveAttribute('data-state', 'ready');
});
