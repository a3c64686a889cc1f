import { expect, test } from '@playwright/test';
import { call, open, panel } from './testing';

type Row = { id: string; title: string; todo: string; source: string; level: number };

test('a ticket: signed for, passed on with a duty; its tree tells who has to answer', async ({ page, request }) => {
  const rows = await call<Row[]>(request, 'control.list', { limit: 200 });
  const row = rows.find(({ todo }) => todo === 'sign');
  if (!row) throw new Error('No ticket of the demo waits for the district.');
  await open(page, `v=control&sel=control:${row.id}`);
  const card = panel(page, 'control-card');
  await expect(card.getByRole('heading', { level: 2 })).toHaveText(row.title);
  const own = card.locator('[data-part][data-own]');
  await expect(own).toContainText('待签收');
  const moves = panel(page, 'control-moves');
  await moves.locator('[data-move="sign"]').click();
  await expect(own).toContainText('已签收');
  await expect(own.locator('[data-clock="sign"]')).toBeVisible();
  const pass = moves.locator('[data-move="pass"]');
  await expect(pass).toBeDisabled();
  await moves.getByRole('button', { name: '下派给' }).click();
  const below = page.getByRole('menuitemcheckbox').first();
  const name = (await below.textContent()) ?? '';
  await below.click();
  await page.keyboard.press('Escape');
  await moves.getByRole('textbox', { name: `${name}的职责` }).fill('现场核查并反馈');
  await pass.click();
  await expect(own).toContainText('已下派');
  await expect(card.locator('[data-part]').last()).toContainText('现场核查并反馈');
  await expect(card.locator('[data-step]').last()).toContainText(name);
  await expect(moves.locator('[data-move="report"]')).toBeDisabled();
  await moves.getByRole('textbox', { name: /办理说明/ }).fill('已部署');
  await moves.getByRole('textbox', { name: /说明原因/ }).fill('先报进度');
  await moves.locator('[data-move="report"]').click();
  await expect(own).toContainText('已反馈');
  await expect(own).toContainText('先报进度');
});

test('J and K walk the list, a filter narrows it; a wall is told nothing', async ({ page, request }) => {
  const rows = await call<Row[]>(request, 'control.list', { limit: 200 });
  await open(page, 'v=control');
  await page.keyboard.press('j');
  await expect(page).toHaveURL(new RegExp(`sel=control:${rows[0]?.id}`));
  const queue = panel(page, 'control-queue');
  await queue.locator('[data-filter="source"] button').click();
  await page.getByRole('menuitemradio', { name: '舆情' }).click();
  const first = rows.find(({ source }) => source === '2');
  await page.keyboard.press('j');
  await expect(page).toHaveURL(new RegExp(`sel=control:${first?.id}`));
  const wall = await request.get('/api/trpc/control.list?input=%7B%22json%22%3A%7B%7D%7D', {
    headers: { 'x-screen': 'big' },
  });
  expect(wall.status()).toBe(403);
});
