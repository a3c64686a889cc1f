import { expect, type Page, test } from '@playwright/test';
import type { DoubtTask } from '@/data/model/verify';
import { accessFaults } from './access';

const pending = (page: Page) => page.locator('[data-pending]');

type Listed = { tasks: DoubtTask[]; all: number };
const mine = async (page: Page): Promise<Listed> => {
  const input = encodeURIComponent(JSON.stringify({ json: {} }));
  const answer = await page.request.get(`/api/trpc/verify.mine?input=${input}`, { headers: { 'x-screen': 'small' } });
  expect(answer.status()).toBe(200);
  return (await answer.json()).result.data.json as Listed;
};

test('a phone without a network sees to doubtful records in walking order; back on it, each is merged once', async ({
  page,
  context,
}) => {
  await page.request.post('/api/post', { data: { role: 'R2', division: 'DP' } });
  const all = await mine(page);
  const grid = all.tasks.find((task) => task.grid !== null && task.rule === 'H01')?.grid ?? '';
  await page.request.post('/api/post', { data: { role: 'R5', division: grid } });
  const before = await mine(page);
  await page.goto('/worker');
  await expect(page.locator('[data-screen="worker"]')).toHaveAttribute('data-state', 'ready');
  await page.locator('[data-verify]').getByRole('button').click();
  const rows = page.locator('[data-doubt]');
  await expect(rows.first()).toHaveAttribute('data-doubt', before.tasks[0]?.id ?? '');
  expect(await accessFaults(page)).toEqual([]);
  const task = before.tasks.find(({ rule }) => rule === 'H01');
  if (!task) throw new Error('The grid has nobody who moved.');
  const row = page.locator(`[data-doubt="${task.id}"]`);
  await context.setOffline(true);
  while (!(await row.isVisible())) await page.getByRole('button', { name: /再看|更多/ }).click();
  await row.getByRole('button').click();
  await expect(page.locator('[data-panel="worker-visit"]')).toContainText('敲门核实');
  await expect(page.locator('[data-panel="worker-visit"]')).not.toContainText(/\d{15}/);
  await page.locator('[data-result="gone"]').click();
  await page.getByRole('button', { name: '提交' }).click();
  await expect(pending(page)).toHaveText('1 条待上传');
  await expect(row).toContainText('已记下');
  await context.setOffline(false);
  await expect(pending(page)).toHaveText('已全部上传', { timeout: 40_000 });
  const after = await mine(page);
  expect(after.all).toBe(before.all - 1);
  expect(after.tasks.map(({ id }) => id)).not.toContain(task.id);
});
