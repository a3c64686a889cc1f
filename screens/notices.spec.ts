import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type TestInfo, test } from '@playwright/test';
import { connect } from '@/server/db/client';
import { tell } from '@/server/notice/store';
import { accessFaults } from './access';
import { call } from './mid/testing';

type Row = Parameters<typeof tell>[1]['event'] & { status: string };

/** Tells a post twice of a case, as the ladder of supervision does. */
const remind = async ({ config }: TestInfo, event: Row, post: string): Promise<void> => {
  const home = config.webServer?.env?.GRIDHALL_HOME ?? '';
  const { sql, db } = connect(readFileSync(join(home, 'postgres.url'), 'utf8').trim(), { max: 1 });
  const now = new Date();
  for (const kind of ['reminder', 'card'] as const)
    await tell(db, {
      ...{ cause: `event:${event.id}:${kind}:${now.toISOString()}`, kind, event, posts: [post] },
      ...{ channels: ['app'], unreadMinutes: null, detail: {}, now },
    });
  await sql.end();
};

test('notices on the phone: counted, read without a network and told later, each opens its case', async ({
  page,
  request,
}, info) => {
  const { rows } = await call<{ rows: Row[] }>(request, 'event.open', {
    question: { division: null, period: 'P30D', at: null, filters: [] },
    limit: 500,
  });
  const event = rows.find(({ status, grid }) => status === 'S31' && grid !== null);
  if (!event) throw new Error('Nothing waits to be signed.');
  await remind(info, event, `R5:${event.grid}`);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.request.post('/api/post', { data: { role: 'R5', division: event.grid } });
  await page.goto('/worker');
  const tab = page.locator('nav [data-unread]');
  const nUnread = async () => Number(await tab.getAttribute('data-unread'));
  await expect.poll(nUnread).toBeGreaterThan(1);
  const before = await nUnread();
  await tab.click();
  const list = page.locator('[data-panel="worker-notices"]');
  await expect(list.locator('[data-unread="true"]')).toHaveCount(before);
  expect(await accessFaults(page)).toEqual([]);
  const about = page.locator('[data-panel="worker-notice"]');
  await list.locator('[data-unread="true"]').first().click();
  await expect(about.locator(`[data-task="${event.id}"]`)).toBeVisible();
  await expect(about).toContainText('黄牌警示');
  expect(await accessFaults(page)).toEqual([]);
  await about.getByRole('button', { name: '消息' }).click();
  await page.context().setOffline(true);
  await list.locator('[data-unread="true"]').first().click();
  await expect(about).toContainText('催办提醒');
  await expect(page.locator('[data-pending]')).not.toHaveAttribute('data-pending', '0');
  await about.getByRole('button', { name: '消息' }).click();
  await expect(tab).toHaveAttribute('data-unread', String(before - 2));
  await page.context().setOffline(false);
  await expect(page.locator('[data-pending]')).toHaveAttribute('data-pending', '0', { timeout: 40_000 });
  await page.reload();
  await expect(tab).toHaveAttribute('data-unread', String(before - 2));
  await tab.click();
  await expect(list.locator('[data-notice][data-unread="false"]').first()).toBeVisible();
});

test('a handler hears on the phone what his department is told, and what it is about', async ({
  page,
  request,
}, info) => {
  const { rows } = await call<{ rows: (Row & { department: string | null })[] }>(request, 'event.open', {
    question: { division: null, period: 'P30D', at: null, filters: [] },
    limit: 500,
  });
  const event = rows.find(({ department }) => department !== null);
  if (!event?.department) throw new Error('No department has a case.');
  await remind(info, event, `R6:${event.department}`);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.request.post('/api/post', { data: { role: 'R6', division: 'DP' } });
  await page.goto('/worker?v=own');
  await page.locator('[data-panel="worker-own"] select').selectOption(event.department);
  const tab = page.locator('nav [data-unread]');
  await expect.poll(async () => Number(await tab.getAttribute('data-unread'))).toBeGreaterThan(1);
  await tab.click();
  await page.locator('[data-panel="worker-notices"] [data-unread="true"]').first().click();
  await expect(page.locator('[data-panel="worker-notice"]')).toContainText('黄牌警示');
  expect(await accessFaults(page)).toEqual([]);
});
