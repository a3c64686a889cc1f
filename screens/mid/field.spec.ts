import { expect, type Page, test } from '@playwright/test';
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

/** Calls for volunteers in an hour, and waits for the card; the call's title. */
const callVolunteers = async (page: Page): Promise<string> => {
  const form = panel(page, 'volunteer-form');
  const title = `沙滩清洁 ${Date.now()}`;
  await form.locator('input[name="title"]').fill(title);
  const local = (hours: number) => new Date(Date.now() + (hours + 8) * 3_600_000).toISOString().slice(0, 16);
  await form.locator('input[name="startsAt"]').fill(local(1));
  await form.locator('input[name="endsAt"]').fill(local(4));
  await form.getByRole('button', { name: '召集' }).click();
  await expect(panel(page, 'volunteer-card')).toContainText(title);
  return title;
};

test('a call for volunteers is made, somebody signs up and comes; the wall names nobody', async ({ page, request }) => {
  await page.goto('/mid?v=field');
  await ready(page);
  const title = await callVolunteers(page);
  const card = panel(page, 'volunteer-card');
  await card.getByRole('combobox').selectOption({ index: 1 });
  await card.locator('[data-step="come"]').click();
  await expect(card.locator('[data-volunteer]')).toHaveAttribute('data-came', 'true');
  await expect(card.locator('[data-volunteer] b')).toContainText('*');
  expect((await accessFaults(page)).filter(isGrave)).toEqual([]);
  const calls = await call<{ title: string; nCame: number }[]>(request, 'volunteer.list', { at: null });
  expect(calls.find((one) => one.title === title)?.nCame).toBe(1);
});

test('a volunteer with a pass signs up, comes and finishes himself; the desk sees it, and he the end of his pass', async ({
  page,
  browser,
}) => {
  await page.goto('/mid?v=field');
  await ready(page);
  const title = await callVolunteers(page);
  const called = page.url();
  await panel(page, 'team-list').locator('tbody tr:not([aria-hidden])').first().click();
  const member = panel(page, 'team-card').locator('[data-volunteer][data-left="false"]').first();
  await member.locator('[data-move="issue"]').click();
  const link = (await member.locator('[data-pass] code').textContent()) ?? '';
  const secret = new URL(link).hash.slice(1);
  expect(secret).toHaveLength(43);
  expect((await accessFaults(page)).filter(isGrave)).toEqual([]);
  const own = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true });
  const phone = await own.newPage();
  const asked: string[] = [];
  phone.on('request', (request) => asked.push(request.url()));
  await phone.goto(link);
  const item = phone.locator('[data-call]', { hasText: title });
  await item.locator('[data-step="signUp"]').tap();
  await expect(item).toHaveAttribute('data-on', 'true');
  expect(await accessFaults(phone)).toEqual([]);
  await page.goto(called);
  const turn = panel(page, 'volunteer-card').locator('[data-volunteer]');
  await expect(turn).toHaveAttribute('data-came', 'false');
  await item.locator('[data-step="come"]').tap();
  await expect(turn).toHaveAttribute('data-came', 'true');
  await item.locator('textarea').fill('清理了两袋垃圾');
  await item.locator('[data-step="go"]').tap();
  await expect(item).toContainText('已完成');
  await expect(turn).toContainText('清理了两袋垃圾');
  const name = await phone.locator('[data-pass] h2').textContent();
  expect(name).toContain('*');
  expect(asked.filter((url) => url.includes(secret))).toEqual([]);
  await panel(page, 'team-list').locator('tbody tr:not([aria-hidden])').first().click();
  await member.locator('[data-move="end"]').click();
  await expect(phone.locator('p[role="alert"]')).toContainText('已停用');
  await expect(item).toHaveCount(0);
  await own.close();
});
