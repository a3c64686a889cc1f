import { expect, test } from '@playwright/test';
import type { VerifyBatch, VerifyCard } from '@/data/model/verify';
import { atIso, call, open, panel } from './testing';

test('quality by community, worst first; a batch reconciles and never names anybody', async ({ page, request }) => {
  await open(page, 'v=verify');
  const quality = panel(page, 'verify-quality');
  const values = await quality
    .locator('[data-community] td:nth-child(2) [data-value]')
    .evaluateAll((cells) => cells.map((cell) => Number((cell as HTMLElement).dataset.value)));
  expect(values.length).toBeGreaterThan(5);
  expect(values).toEqual(values.toSorted((a, b) => a - b));
  await expect(panel(page, 'verify-rates').locator('[data-metric="doubt.verified_rate"]').first()).toBeVisible();
  const batches = await call<VerifyBatch[]>(request, 'verify.list', { at: atIso });
  expect(batches).toHaveLength(22);
  const [running] = batches;
  if (!running) throw new Error('The demo has no batch.');
  const told = await call<VerifyCard>(request, 'verify.byId', { id: running.id, at: null });
  await open(page, `v=verify&sel=verify:${running.id}`);
  const card = panel(page, 'verify-card');
  const share = async (name: string) =>
    Number(await card.locator(`[data-share="${name}"] [data-n]`).getAttribute('data-n'));
  const parts = await Promise.all(['waiting', 'confirmed', 'changed', 'unreachable', 'gone'].map(share));
  expect(parts.reduce((all, n) => all + n, 0)).toBe(told.figures.sent);
  const facts = await card.locator('[data-doubt]').allTextContents();
  expect(facts.join(' ')).not.toMatch(/\d{15}/);
});

test('rules are run from the desk: a new batch stands in the list and waits for its turn', async ({ page }) => {
  await open(page, 'v=verify');
  const form = panel(page, 'verify-form');
  await form.getByLabel('批次名称').fill('试点核查');
  await form.getByRole('button', { name: '开始查找' }).click();
  const card = panel(page, 'verify-card');
  await expect(card.getByRole('heading', { level: 2 })).toHaveText('试点核查');
  await expect(panel(page, 'verify-list')).toContainText('试点核查');
});

test('the records of the pool by their four origins, which are all of them', async ({ page }) => {
  await open(page, 'v=verify');
  const figures = panel(page, 'record-origin').locator('[data-metric="record.count"]');
  await expect(figures).toHaveCount(5);
  const [whole = 0, ...parts] = await figures.evaluateAll((all) =>
    all.map((figure) => Number((figure as HTMLElement).dataset.value)),
  );
  expect(whole).toBeGreaterThan(0);
  expect(parts.reduce((sum, n) => sum + n, 0)).toBe(whole);
});
