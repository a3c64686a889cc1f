import { expect, test } from '@playwright/test';
import { call, panel, ready } from './testing';

type Event = { id: string };
type Node = { code: string; level: string; center: [number, number] };
const post = (role: string, division: string) => ({ data: { role, division } });
const live = { question: { division: null, period: 'all', at: null, filters: [] }, sort: 'newest', limit: 5 };

test('a drill shows its mark and its events; real work shows none of it; at its end the summary is left', async ({
  page,
  request,
}) => {
  const before = await call<{ total: number; rows: Event[] }>(request, 'event.list', live);
  await page.goto('/mid?v=standby');
  await ready(page);
  const form = panel(page, 'drill-form');
  const name = `演练 ${Date.now()}`;
  await form.locator('input').first().fill(name);
  await form.locator('textarea').fill('检验十五分钟响应');
  await form.getByRole('button', { name: '开展演练' }).click();
  await panel(page, 'drill-card').locator('[data-go="drill"]').click();
  const band = page.locator('[data-drill]');
  await expect(band).toHaveAttribute('data-drill-state', 'running');
  await expect(band).toContainText(name);
  const report = panel(page, 'drill-report');
  await report.getByRole('searchbox').fill('火情');
  await report.locator('[data-category="0115"]').click();
  await report.locator('input[name="title"]').fill('演练火情');
  await report.locator('[data-move="report"]').click();
  await expect(panel(page, 'drill-queue')).toContainText('演练火情');
  await expect(panel(page, 'event-card')).toContainText('演练火情');
  await expect(page.locator('[data-export]')).toHaveCount(0);
  const after = await call<{ total: number; rows: Event[] }>(request, 'event.list', live);
  expect(after.total).toBe(before.total);
  expect(after.rows.map(({ id }) => id)).toEqual(before.rows.map(({ id }) => id));
  await band.locator('[data-go="leave"]').click();
  await expect(page.locator('[data-drill]')).toHaveCount(0);
  await panel(page, 'drill-card').locator('[data-move="end"]').click();
  await expect(panel(page, 'drill-card').locator('[data-step="accept"]')).toContainText('1');
});

test('a roll is called at the desk and answered on a phone; the desk sees who is missing', async ({
  page,
  browser,
  request,
}) => {
  const phone = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true });
  const nodes = await call<Node[]>(request, 'division.tree', undefined);
  const grids = nodes.filter(({ level }) => level === 'grid');
  await page.goto('/mid?v=standby');
  await ready(page);
  await panel(page, 'muster-form').getByRole('button', { name: '点名' }).last().click();
  const card = panel(page, 'muster-card');
  await expect(card).toContainText('点名中');
  const id = /sel=muster:([\w-]+)/.exec(page.url())?.[1] ?? '';
  // the first grid somebody of which was called
  const told = await call<{ members: { worker: string; place: string }[] }>(request, 'muster.byId', { id });
  const codes = new Set(grids.map(({ code }) => code));
  const member = told.members.find(({ place }) => codes.has(place));
  if (!member) throw new Error('Nobody of a grid is on the roster.');
  await phone.request.post('/api/post', post('R5', member.place));
  const screen = await phone.newPage();
  await screen.goto('/worker');
  const waiting = screen.locator(`[data-call="${id}"]`);
  await waiting.locator(`[data-worker="${member.worker}"]`).click();
  await expect(waiting).toContainText('已应答');
  await expect(card).toContainText('按时 1', { timeout: 15_000 });
  await card.locator('[data-move="close"]').click();
  await expect(card).toContainText('已结束');
  await expect(waiting).toHaveCount(0, { timeout: 20_000 });
  await phone.close();
});
