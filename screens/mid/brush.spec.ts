import { expect, type Page, test } from '@playwright/test';
import { at, atIso, type Cell, call, hits, open, panel, ready } from './testing';

const plot = (page: Page) => panel(page, 'event-trend').locator('canvas').first();

/** Counts of the facets of levels and the total, as they stand on the page. */
const drawn = async (page: Page): Promise<Record<string, string>> => {
  const lines = panel(page, 'facets').locator('fieldset').first().locator('[data-code]');
  const codes = await lines.evaluateAll((all) =>
    all.map((line) => [
      line.getAttribute('data-code') ?? '',
      line.querySelector('[data-metric]')?.getAttribute('data-value') ?? '0',
    ]),
  );
  return Object.fromEntries(codes);
};

/** Fractions of the trend's canvas and where they lie on the page. */
const placesOf = async (page: Page) => {
  const box = await plot(page).boundingBox();
  return {
    x: (share: number) => (box?.x ?? 0) + (box?.width ?? 0) * share,
    y: (box?.y ?? 0) + (box?.height ?? 0) / 2,
  };
};

const index = (page: Page) => page.waitForResponse((response) => response.url().includes('metric.brush'));

test('while the hand moves, levels and map follow; what stands at release is the plain answer', async ({
  page,
  request,
}) => {
  await open(page);
  const before = await drawn(page);
  const { x, y } = await placesOf(page);
  const asked = index(page);
  await page.mouse.move(x(0.4), y);
  expect((await asked).status()).toBe(200);
  await page.mouse.down();
  await page.mouse.move(x(0.7), y, { steps: 10 });
  await expect.poll(() => drawn(page)).not.toEqual(before);
  const during = await drawn(page);
  await expect(page).not.toHaveURL(/[?&]t=/);
  await page.mouse.up();
  await expect(page).toHaveURL(/t=\d{4}-\d{2}-\d{2}(\/|%2F)\d{4}/);
  await ready(page);
  expect(await drawn(page)).toEqual(during);
  const period = new URL(page.url()).searchParams.get('t');
  const question = { division: null, period, at: null, filters: [] };
  const { cells } = await call<{ cells: Cell[] }>(request, 'metric.ask', {
    metric: 'event.reported',
    dimensions: ['level'],
    question,
  });
  const plain = Object.fromEntries(cells.map((cell) => [cell.at.level, String(cell.value)]));
  expect(during).toMatchObject(plain);
});

test('Shift and arrows move the brush, Enter takes it, Escape leaves it', async ({ page, request }) => {
  await open(page, `${at}&t=P90D`);
  const before = await drawn(page);
  const brush = panel(page, 'event-trend').getByRole('group', { name: /刷选/ });
  const asked = index(page);
  await brush.focus();
  expect((await asked).status()).toBe(200);
  await page.keyboard.press('Shift+ArrowLeft');
  await expect.poll(() => drawn(page)).not.toEqual(before);
  await page.keyboard.press('Escape');
  await expect.poll(() => drawn(page)).toEqual(before);
  for (const key of ['Left', 'Left', 'Left', 'Up', 'Right']) await page.keyboard.press(`Shift+Arrow${key}`);
  await expect.poll(() => drawn(page)).not.toEqual(before);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/t=2026-11-\d{2}(\/|%2F)2026-11-\d{2}/);
  await ready(page);
  const during = await drawn(page);
  const period = new URL(page.url()).searchParams.get('t');
  const question = { division: null, period, at: null, filters: [] };
  const ask = { metric: 'event.reported', dimensions: ['level'], question };
  const { cells } = await call<{ cells: Cell[] }>(request, 'metric.ask', ask);
  expect(during).toMatchObject(Object.fromEntries(cells.map((cell) => [cell.at.level, String(cell.value)])));
  expect(Date.parse(atIso)).toBeGreaterThan(Date.parse(period?.split('/')[0] ?? ''));
  await expect(hits(page)).toBeVisible();
});

/** Share of pixels of two pictures that differ by more than a step or two of rounding. */
const differing = (page: Page, pictures: [Buffer, Buffer]): Promise<number> =>
  page.evaluate(
    async (all) => {
      const read = async (text: string) => {
        const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
        const picture = await createImageBitmap(new Blob([bytes]));
        const context = new OffscreenCanvas(picture.width, picture.height).getContext('2d');
        context?.drawImage(picture, 0, 0);
        return context?.getImageData(0, 0, picture.width, picture.height).data ?? [];
      };
      const [a = [], b = []] = await Promise.all(all.map(read));
      let n = 0;
      for (let at = 0; at < a.length; at += 4)
        if ([0, 1, 2].some((i) => Math.abs((a[at + i] ?? 0) - (b[at + i] ?? 0)) > 4)) n += 1;
      return n / (a.length / 4);
    },
    pictures.map((picture) => picture.toString('base64')),
  );

test('under the hand a picture of the map takes the colours that the map has once the hand rests', async ({ page }) => {
  await open(page, `${at}&t=P90D&m=event.reported&ly=division-fill,division-line`);
  const picture = page.locator('[data-brushed]');
  const box = await page.locator('[data-map]').boundingBox();
  if (!box) throw new Error('No map.');
  // the middle of the map, clear of what stands at its edges
  const quarter = (start: number, length: number) => Math.round(start + length / 4);
  const clip = {
    ...{ x: quarter(box.x, box.width), y: quarter(box.y, box.height) },
    ...{ width: Math.round(box.width / 2), height: Math.round(box.height / 2) },
  };
  const seen = () => page.screenshot({ clip });
  const before = await seen();
  const { x, y } = await placesOf(page);
  const asked = index(page);
  await page.mouse.move(x(0.4), y);
  await (await asked).finished();
  await page.mouse.down();
  // the copy of the map is made in a moment of rest after the hand has come
  await expect(async () => {
    await page.mouse.move(x(0.45), y);
    await page.mouse.move(x(0.5), y);
    await expect(picture).toBeVisible({ timeout: 500 });
  }).toPass();
  const part = { ...clip, x: clip.x - box.x, y: clip.y - box.y };
  const shown = await picture.evaluate((canvas, { x: left, y: top, width, height }) => {
    const copy = Object.assign(document.createElement('canvas'), { width, height });
    copy.getContext('2d')?.drawImage(canvas as HTMLCanvasElement, -left, -top);
    return copy.toDataURL().split(',')[1] ?? '';
  }, part);
  await expect(picture).toBeHidden();
  const rested = await seen();
  expect(await differing(page, [before, rested])).toBeGreaterThan(0.05);
  expect(await differing(page, [Buffer.from(shown, 'base64'), rested])).toBeLessThan(0.01);
  // a brush that ends while the hand moves leaves no picture behind
  await expect(async () => {
    await page.mouse.move(x(0.45), y);
    await page.mouse.move(x(0.5), y);
    await expect(picture).toBeVisible({ timeout: 100 });
  }).toPass();
  await page.keyboard.press('Escape');
  await page.mouse.up();
  await expect(picture).toBeHidden();
});
