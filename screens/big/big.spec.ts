import { expect, type Page, type Response, test } from '@playwright/test';
import type { Answer } from '@/data/model/answer';
import { untilReady } from '../ready';
import { walkText } from '../walker';

const sizes = [
  { width: 3840, height: 2160 },
  { width: 7680, height: 2160 },
];

/** Fields of people that no answer to a wall may carry. */
const personFields = ['idNumber', 'id_number', 'phone', 'birthOn', 'birth_on', 'address', 'description', 'actor'];

/** Instant at which the demo of the tests has a day behind it (playwright.config.ts). */
const demoAt = '2026-11-22T02:00:00.000Z';

type Watched = { errors: string[]; foreign: string[]; named: string[]; nAnswers: number };

/** Collects console errors, requests to other origins, and answers that carry a person's field with a value. */
const watch = (page: Page, origin: string) => {
  const seen: Watched = { errors: [], foreign: [], named: [], nAnswers: 0 };
  const reading: Promise<void>[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') seen.errors.push(message.text());
  });
  page.on('pageerror', (error) => seen.errors.push(String(error)));
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol.startsWith('http') && url.origin !== origin) seen.foreign.push(url.href);
  });
  const read = async (response: Response) => {
    const type = response.headers()['content-type'] ?? '';
    if (!response.url().includes('/api/') || !type.includes('json')) return;
    // an aborted answer has no body to read
    const body = await response.text().catch(() => '');
    seen.nAnswers += 1;
    for (const field of personFields)
      if (new RegExp(`"${field}":"[^"]`).test(body)) seen.named.push(`${field} in ${response.url()}`);
  };
  page.on('response', (response) => reading.push(read(response)));
  return async () => {
    await Promise.all(reading);
    return seen;
  };
};

const open = async (page: Page, query = '') => {
  await page.goto(`/big?still${query}`);
  await untilReady(page, '[data-screen="big"]', { timeout: 120_000 });
};

const ask = async (page: Page, input: Record<string, unknown>): Promise<Answer> => {
  const text = encodeURIComponent(JSON.stringify({ json: input }));
  const response = await page.request.get(`/api/trpc/metric.ask?input=${text}`, { headers: { 'x-screen': 'big' } });
  expect(response.ok()).toBe(true);
  return (await response.json()).result.data.json as Answer;
};

const figure = (page: Page, panel: string, metric: string) =>
  page.locator(`[data-panel="${panel}"] [data-metric="${metric}"]`).first();

for (const size of sizes) {
  test.describe(`${size.width}×${size.height}`, () => {
    test.use({ viewport: size });
    test.setTimeout(300_000);

    test('the wall is ready, alone, readable, and names nobody', async ({ page, baseURL }) => {
      const seen = watch(page, new URL(baseURL ?? '').origin);
      await open(page);
      const { nAnswers, ...faults } = await seen();
      expect(nAnswers).toBeGreaterThan(3);
      expect(faults).toEqual({ errors: [], foreign: [], named: [] });
      const walk = await walkText(page);
      expect(walk.nLines).toBeGreaterThan(40);
      expect(walk).toMatchObject({ small: [], overlapping: [], outside: [], clipped: [] });
      expect(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)).toBe(false);
      expect(await page.evaluate(() => document.documentElement.scrollHeight > innerHeight)).toBe(false);
    });

    test('the wall reads as well in English', async ({ page }) => {
      await open(page, `&lang=en&at=${demoAt}`);
      expect(await walkText(page)).toMatchObject({ small: [], overlapping: [], outside: [], clipped: [] });
      await expect(page.locator('[data-callout]')).toHaveCount(size.width > 4000 ? 1 : 0);
    });
  });
}

test.describe('what the wall says', () => {
  test.use({ viewport: { width: 3840, height: 2160 } });
  test.setTimeout(300_000);

  test('figures are the catalogue’s own, as of the same instant', async ({ page }) => {
    const at = new Date(Date.parse(demoAt) - 3_600_000).toISOString();
    await open(page, `&at=${at}`);
    const question = { division: null, period: 'today', at, filters: [] };
    const expected = {
      'headline/event.reported': await ask(page, { metric: 'event.reported', question }),
      'headline/event.overdue': await ask(page, { metric: 'event.overdue', question }),
      'headline/event.on_time_close_rate': await ask(page, {
        metric: 'event.on_time_close_rate',
        question: { ...question, period: 'P30D' },
      }),
      'open-levels/event.open': await ask(page, { metric: 'event.open', question }),
    };
    for (const [place, answer] of Object.entries(expected)) {
      const [panel = '', metric = ''] = place.split('/');
      const drawn = figure(page, panel, metric);
      await expect(drawn).toHaveAttribute('data-value', String(answer.cells[0]?.value));
      await expect(drawn).toHaveAttribute('data-as-of', answer.asOf);
      await expect(drawn).toHaveAttribute('data-unit', answer.unit);
    }
  });

  test('levels add up to the open total, and so does the list with what it leaves out', async ({ page }) => {
    await open(page, `&at=${demoAt}`);
    const values = await page
      .locator('[data-panel="open-levels"] [data-metric="event.open"]')
      .evaluateAll((nodes) => nodes.map((node) => Number((node as HTMLElement).dataset.value)));
    expect(values).toHaveLength(5);
    expect(values.slice(1).reduce((a, b) => a + b, 0)).toBe(values[0]);
    const list = page.locator('[data-panel="attention-list"]');
    const nListed = await list.locator('[data-event]').filter({ visible: true }).count();
    const nMore = Number(await list.locator('[data-more]').getAttribute('data-more'));
    expect(nListed + nMore).toBe(values[0]);
    // a replay says its instant once, and that the sources are as of it
    const words = await page.locator('header').textContent();
    expect(words?.match(/\d\d:\d\d/g)).toHaveLength(1);
    await expect(page.locator('header [data-sources]')).toHaveAttribute('data-sources', '0');
  });
});

test.describe('tiers', () => {
  test.setTimeout(300_000);
  for (const [width, height, n] of [
    [1920, 1080, 5],
    [5760, 1080, 2],
    [1080, 1920, 2],
  ] as const) {
    test(`${width}×${height} drops content, not type`, async ({ page }) => {
      await page.setViewportSize({ width, height });
      await open(page, `&at=${demoAt}`);
      await expect(page.locator('[data-panel]:not([data-panel="open-levels"])')).toHaveCount(n);
      expect(await walkText(page)).toMatchObject({ small: [], overlapping: [], outside: [], clipped: [] });
    });
  }
});

test('whoever hangs a wall sets its type once, and may take it back', async ({ page }) => {
  test.setTimeout(300_000);
  await page.setViewportSize({ width: 3840, height: 2160 });
  await page.goto('/setup/wall');
  await page.locator('[name="distance"]').fill('6');
  await page.getByRole('button', { name: '保存' }).click();
  await expect(page.getByRole('status').last()).toBeVisible();
  await open(page);
  const unit = () => page.evaluate(() => document.documentElement.style.getPropertyValue('--u'));
  expect(Number.parseFloat(await unit())).toBeCloseTo(1.396, 2);
  await page.goto('/setup/wall');
  await page.getByRole('button', { name: '恢复默认' }).click();
  await open(page);
  expect(Number.parseFloat(await unit())).toBeCloseTo(1.862, 2);
});
