import { type APIRequestContext, type Browser, type BrowserContext, expect, type Page } from '@playwright/test';
import { untilReady } from './ready';
import type { WallSetup } from './wall-setup';

/** Instant the demo of the tests ends at (playwright.config.ts). */
export const demoAt = '2026-11-22T10:00:00+08:00';
/** What the specs of the link share: a wall that hangs, tablets that join it, the server asked straight. */
export const ready = { timeout: 120_000 };

type Hung = {
  baseURL?: string;
  setup?: Partial<WallSetup>;
  query?: string;
  /** Before the page is loaded. */
  prepare?: (wall: Page) => Promise<unknown>;
};

/** A live wall of 1920×1080 by its name. */
export const hang = async (
  browser: Browser,
  name: string,
  { baseURL, setup, query = 'tour=off', prepare }: Hung = {},
): Promise<{ context: BrowserContext; wall: Page }> => {
  const viewport = { width: 1920, height: 1080 };
  const context = await browser.newContext({ viewport, reducedMotion: 'reduce', ...(baseURL ? { baseURL } : {}) });
  if (setup) {
    const kept = JSON.stringify({ pitchMm: 1.25, distanceM: 4, seamsX: [], seamsY: [], ...setup });
    await context.addInitScript((text) => localStorage.setItem('gridhall.wall', text), kept);
  }
  const wall = await context.newPage();
  await prepare?.(wall);
  await wall.goto(`/big?${query}&wall=${name}`, { waitUntil: 'commit' });
  await untilReady(wall, '[data-screen="big"]', { ...ready, state: /^(ready|stale)$/ });
  return { context, wall };
};

const codeOf = async (wall: Page): Promise<string> =>
  ((await wall.locator('[data-pair-code]').textContent(ready)) ?? '').replace(/\s/g, '');

/** A tablet that joined the wall by its code; notes when it was last touched. */
export const join = async (browser: Browser, wall: Page): Promise<Page> => {
  const context = await browser.newContext({ viewport: { width: 1180, height: 820 }, hasTouch: true });
  await context.addInitScript(() => {
    addEventListener('pointerdown', () => Object.assign(window, { tappedAt: Date.now() }), true);
  });
  const tablet = await context.newPage();
  await tablet.goto(`/small?at=${encodeURIComponent(demoAt)}`, { waitUntil: 'commit' });
  const field = tablet.locator('#pair-code');
  await field.waitFor(ready);
  await field.fill(await codeOf(wall));
  await field.press('Enter');
  await expect(tablet.locator('[data-remote]')).toHaveAttribute('data-remote', 'viewer', ready);
  return tablet;
};

export const act = (tablet: Page, action: string) => tablet.locator(`[data-action="${action}"]`).click();
export const isConductor = (tablet: Page) =>
  expect(tablet.locator('[data-remote]')).toHaveAttribute('data-remote', 'conductor', ready);

export const conduct = async (browser: Browser, wall: Page): Promise<Page> => {
  const tablet = await join(browser, wall);
  await act(tablet, 'claim');
  await isConductor(tablet);
  return tablet;
};

export const readApi = async (request: APIRequestContext, name: string, input: unknown, screen: string) => {
  const url = `/api/trpc/${name}?input=${encodeURIComponent(JSON.stringify({ json: input }))}`;
  return (await (await request.get(url, { headers: { 'x-screen': screen } })).json()).result.data.json;
};

/** Does something as the post of the desk on duty. */
export const callApi = async (request: APIRequestContext, name: string, input: unknown) => {
  const answer = await request.post(`/api/trpc/${name}`, {
    headers: { 'x-screen': 'mid' },
    data: { json: input },
  });
  expect(answer.status(), name).toBe(200);
  return (await answer.json()).result.data.json;
};
