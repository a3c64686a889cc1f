import { expect, type Page, test } from '@playwright/test';

const line = (page: Page) => page.locator('[data-line]');
const figure = (page: Page) => page.locator('[data-panel="story-overall"] [data-metric="event.open"]').first();

/** What lies on the device: addresses the service worker keeps, and the record of answers as text. */
const kept = (page: Page): Promise<{ paths: string[]; questions: string[]; answers: string }> =>
  page.evaluate(async () => {
    const stores = await Promise.all((await caches.keys()).map(async (key) => (await caches.open(key)).keys()));
    const record = await new Promise<{ queryKey: [string[]]; data: unknown }[]>((resolve, reject) => {
      const opening = indexedDB.open('gridhall-small');
      opening.onerror = () => reject(opening.error);
      opening.onsuccess = () => {
        const reading = opening.result.transaction('answer').objectStore('answer').get('last');
        reading.onsuccess = () => {
          opening.result.close();
          resolve(reading.result ?? []);
        };
      };
    });
    return {
      paths: stores.flat().map(({ url }) => new URL(url).pathname),
      questions: [...new Set(record.map(({ queryKey }) => queryKey[0].join('.')))],
      answers: JSON.stringify(record),
    };
  });

test('without a network the tablet opens on its last figures, says so, and comes back by itself', async ({
  page,
  context,
  request,
}) => {
  const headers = { 'x-screen': 'small' };
  await page.goto('/small');
  await expect(page.locator('[data-screen="small"]')).toHaveAttribute('data-state', 'ready');
  await expect(line(page)).toHaveAttribute('data-line', 'well');
  const value = await figure(page).getAttribute('data-value');

  const input = encodeURIComponent(JSON.stringify({ json: { text: '4403070' } }));
  const hits = (await (await request.get(`/api/trpc/search.find?input=${input}`, { headers })).json()).result.data.json;
  const building = hits.find(({ kind }: { kind: string }) => kind === 'building');
  await page.getByRole('combobox').fill(building.code);
  await page.locator(`[data-hit="building:${building.code}"]`).click();
  await expect(page.locator('[data-panel="building-card"]')).toHaveAttribute('data-state', 'ready');
  await page.getByRole('button', { name: '返回研判' }).click();

  await expect.poll(async () => (await kept(page)).paths).toContain('/small');
  await expect.poll(async () => (await kept(page)).questions).toContain('metric.ask');
  const { paths, questions, answers } = await kept(page);
  expect(paths.filter((path) => !/^\/(small$|_next\/static\/|api\/map\/)/.test(path))).toEqual([]);
  expect(questions.filter((one) => !/^(metric\.ask|dictionary\.|division\.tree|access\.me)/.test(one))).toEqual([]);
  expect(answers).not.toContain(building.code);

  await context.setOffline(true);
  await expect(line(page)).toHaveAttribute('data-line', 'offline');
  await page.addInitScript(() => {
    const told: string[] = [];
    Object.assign(window, { told });
    new MutationObserver(() => {
      const state = document.querySelector('[data-line]')?.getAttribute('data-line');
      if (state && told.at(-1) !== state) told.push(state);
    }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-line'] });
  });
  await page.reload();
  // Chromium 150 forgets at a reload that its network is off: such a page finds its server silent instead
  await expect(line(page)).toHaveAttribute('data-line', /^(offline|lost)$/);
  await expect(line(page)).toContainText(/(离线|连接中断) · 数据截至/);
  expect(await page.evaluate(() => (window as unknown as { told: string[] }).told)).not.toContain('well');
  await expect(figure(page)).toHaveAttribute('data-value', value ?? '');

  await context.setOffline(false);
  await expect(line(page)).toHaveAttribute('data-line', 'well');
  await expect(page.locator('[data-screen="small"]')).toHaveAttribute('data-state', 'ready');
});
