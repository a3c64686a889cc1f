import { expect, type Page } from '@playwright/test';

type Until = { timeout?: number; state?: RegExp };

/**
 * Waits until what `selector` names stands in its state (`data-state`), asked within the page 20 times a second:
 * `expect` asks twice a second, so that each of some hundred waits would end a quarter of a second late.
 */
export const untilReady = async (
  page: Page,
  selector: string,
  { timeout = 60_000, state = /^ready$/ }: Until = {},
): Promise<void> => {
  const isThere = ([css, pattern]: readonly [string, string]) =>
    new RegExp(pattern).test(document.querySelector<HTMLElement>(css)?.dataset.state ?? '');
  await page.waitForFunction(isThere, [selector, state.source] as const, { timeout, polling: 50 }).catch(() => {});
  // says what stands there when it is in vain
  await expect(page.locator(selector).first()).toHaveAttribute('data-state', state);
};
