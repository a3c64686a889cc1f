import { expect, test } from '@playwright/test';
import { call, open, panel } from './testing';

type Row = { id: string; status: string; title: string; lead: string | null };

test('a dispute: its case is read, a mediation is written down, other departments are asked', async ({
  page,
  request,
}) => {
  const rows = await call<Row[]>(request, 'dispute.list', { limit: 500 });
  const row = rows.find(({ status }) => status === 'mediating');
  if (!row) throw new Error('No dispute of the demo is in mediation.');
  await open(page, `v=dispute&sel=dispute:${row.id}`);
  const card = panel(page, 'dispute-card');
  await expect(card.getByRole('heading', { level: 2 })).toHaveText(row.title);
  await expect(card.locator('[aria-current="step"]')).toHaveText('督办推进');
  const moves = panel(page, 'dispute-moves');
  const text = `双方到场 ${Date.now()}`;
  await moves.getByRole('textbox', { name: '写一条记录' }).fill(text);
  await moves.locator('[data-note="session"]').click();
  await expect(card.locator('[data-kind="session"]').last()).toContainText(text);
  const again = moves.locator('[data-move="distributed"]');
  await expect(again).toBeDisabled();
  await moves.getByRole('textbox', { name: /办理说明/ }).fill('须会同另一部门');
  await again.click();
  await expect(card.locator('[aria-current="step"]')).toHaveText('分发协调');
  await expect(card.locator('[data-kind="move"]').last()).toContainText('须会同另一部门');
});

test('opens with the first, J and K walk the disputes; a post that gets aggregates is told it sees none', async ({
  page,
  request,
}) => {
  const rows = await call<Row[]>(request, 'dispute.list', { limit: 200 });
  await open(page, 'v=dispute');
  await expect(page).toHaveURL(new RegExp(`sel=dispute:${rows[0]?.id}`));
  await page.keyboard.press('j');
  await expect(page).toHaveURL(new RegExp(`sel=dispute:${rows[1]?.id}`));
  const wall = await request.get('/api/trpc/dispute.list?input=%7B%22json%22%3A%7B%7D%7D', {
    headers: { 'x-screen': 'big' },
  });
  expect(wall.status()).toBe(403);
});
