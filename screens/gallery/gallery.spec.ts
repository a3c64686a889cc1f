import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { panels } from '@/components/panels';

test('every panel stands in every state at each of its sizes', async ({ page }) => {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  await page.goto(`/gallery?at=${encodeURIComponent('2026-11-22T10:00:00+08:00')}`);
  for (const panel of panels) {
    for (const size of panel.sizes) {
      for (const state of ['waiting', 'empty', 'stale', 'withheld', 'failed'])
        await expect(page.locator(`[data-sample="${panel.key}/${size}/${state}"] [data-panel]`)).toHaveAttribute(
          'data-state',
          state,
        );
      const ready = page.locator(`[data-sample="${panel.key}/${size}/ready"] [data-panel]`);
      await expect(ready, `${panel.key} ${size}`).toHaveAttribute('data-state', /^(ready|empty)$/);
    }
  }
  expect(errors).toEqual([]);
  const axe = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa']).disableRules(['color-contrast']).analyze();
  expect(
    axe.violations.filter(({ impact }) => impact === 'critical').map(({ id, nodes }) => `${id} ${nodes[0]?.html}`),
  ).toEqual([]);
});
