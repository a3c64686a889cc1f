import { expect, test } from '@playwright/test';
import sharp from 'sharp';
import { accessFaults, isGrave } from '../access';
import { call, panel, ready } from './testing';

const grid = '440307009001';

test('errands are issued at the desk, done on the phone of their grid without a network, and counted', async ({
  page,
  context,
  request,
}) => {
  await page.goto('/mid?v=field');
  await ready(page);
  const form = panel(page, 'errand-form');
  await form.locator('input[name="perGrid"]').fill('1');
  await form.locator('input[name="note"]').fill('看楼道');
  await form.getByRole('button', { name: '下派' }).click();
  const card = panel(page, 'errand-card');
  await expect(card).toContainText('看楼道');
  const id = new URL(page.url()).searchParams.get('sel')?.split(':')[1] ?? '';
  const batch = await call<{ issued: number; errands: { grid: string; name: string }[] }>(request, 'errand.byId', {
    ...{ id, at: null },
  });
  expect(batch.errands.length).toBe(batch.issued);
  const own = batch.errands.find((one) => one.grid.startsWith(grid)) ?? batch.errands[0];
  const phone = await context.newPage();
  await phone.setViewportSize({ width: 390, height: 844 });
  await phone
    .context()
    .addCookies([{ name: 'gridhall-post', value: `R5:${own?.grid}`, url: new URL(page.url()).origin }]);
  await phone.goto('/worker');
  const errands = phone.locator('[data-panel="worker-errands"]');
  await errands.locator('[data-queue="patrol"]').click();
  const item = errands.locator('[data-errand]', { hasText: own?.name });
  await phone.context().setOffline(true);
  await item.getByRole('button', { name: '接收' }).click();
  const buffer = await sharp({ create: { width: 800, height: 600, channels: 3, background: '#4a5b2a' } })
    .jpeg()
    .toBuffer();
  await item.locator('input[type="file"]').setInputFiles({ name: 'IMG_2.jpg', mimeType: 'image/jpeg', buffer });
  await item.locator('textarea').fill('消防通道畅通');
  await item.locator('[data-result="normal"]').click();
  await expect(item).toHaveCount(0);
  await expect(phone.locator('[data-pending]')).toHaveAttribute('data-pending', '2');
  await phone.context().setOffline(false);
  await expect(phone.locator('[data-pending]')).toHaveAttribute('data-pending', '0', { timeout: 40_000 });
  expect(await accessFaults(phone)).toEqual([]);
  await phone.context().clearCookies();
  await expect(card.locator('[data-result="normal"]')).toContainText('消防通道畅通', { timeout: 20_000 });
  const photo = card.locator('[data-result="normal"] [data-photo] img');
  await expect(photo).toHaveCount(1);
  expect(await photo.evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth))).toBe(320);
  expect((await accessFaults(page)).filter(isGrave)).toEqual([]);
});

test('a call for volunteers is made, somebody signs up and comes; the wall names nobody', async ({ page, request }) => {
  await page.goto('/mid?v=field');
  await ready(page);
  const form = panel(page, 'volunteer-form');
  const title = `沙滩清洁 ${Date.now()}`;
  await form.locator('input[name="title"]').fill(title);
  const local = (hours: number) => new Date(Date.now() + (hours + 8) * 3_600_000).toISOString().slice(0, 16);
  await form.locator('input[name="startsAt"]').fill(local(1));
  await form.locator('input[name="endsAt"]').fill(local(4));
  await form.getByRole('button', { name: '召集' }).click();
  const card = panel(page, 'volunteer-card');
  await expect(card).toContainText(title);
  await card.getByRole('combobox').selectOption({ index: 1 });
  await card.locator('[data-step="come"]').click();
  await expect(card.locator('[data-volunteer]')).toHaveAttribute('data-came', 'true');
  await expect(card.locator('[data-volunteer] b')).toContainText('*');
  expect((await accessFaults(page)).filter(isGrave)).toEqual([]);
  const calls = await call<{ title: string; nCame: number }[]>(request, 'volunteer.list', { at: null });
  expect(calls.find((one) => one.title === title)?.nCame).toBe(1);
});
