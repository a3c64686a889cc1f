import { expect, test } from '@playwright/test';
import { at, atIso, call, open, panel } from './testing';

type Ticket = { id: string; number: string; deadlineAt: string; repliedAt: string | null };
type EventRow = { id: string; version: number; status: string; subdistrict: string | null };

const openEvents = (request: Parameters<typeof call>[0]) =>
  call<{ rows: EventRow[] }>(request, 'event.open', {
    question: { division: null, period: 'P30D', at: null, filters: [] },
    limit: 500,
  });

test('supervision: replies expected first, then the longest debt; a ticket tells its moves', async ({
  page,
  request,
}) => {
  await open(page, `${at}&v=desk`);
  const tickets = await call<Ticket[]>(request, 'supervision.tickets', { division: null, at: atIso });
  expect(tickets.length).toBeGreaterThan(3);
  const byId = new Map(tickets.map((ticket) => [ticket.id, ticket]));
  const lines = panel(page, 'desk-supervision').locator('[data-id]');
  await expect(lines).toHaveCount(tickets.length);
  const shown = await lines.evaluateAll((nodes) => nodes.map((node) => (node as HTMLElement).dataset.id ?? ''));
  const left = shown.flatMap((id) => {
    const ticket = byId.get(id);
    return ticket?.repliedAt === null ? [Date.parse(ticket.deadlineAt) - Date.parse(atIso)] : [];
  });
  const [soon, late] = [left.filter((ms) => ms >= 0), left.filter((ms) => ms < 0)];
  expect(left).toEqual([...soon.toSorted((a, b) => a - b), ...late.toSorted((a, b) => a - b)]);
  const figure = panel(page, 'desk-supervision').locator('[data-metric="supervision.open"]').first();
  await expect(figure).toHaveAttribute('data-value', String(tickets.length));
  await lines.first().click();
  await expect(panel(page, 'ticket-card')).toContainText(byId.get(shown[0] ?? '')?.number ?? 'none');
  await expect(panel(page, 'ticket-card').locator('ol li').first()).toContainText('开单');
  await panel(page, 'desk-supervision').locator('[data-tab="whistle"]').click();
  await expect(panel(page, 'desk-supervision').locator('[data-metric="whistle.rate"]').first()).toBeVisible();
});

test('an order reaches the sub-district: badge, list, card; a department signs a whistle in time', async ({
  page,
  request,
}) => {
  const { rows } = await openEvents(request);
  const row = rows.find(({ status, subdistrict }) => status === 'S40' && subdistrict !== null);
  if (!row) throw new Error('No event is in hand.');
  const headers = { 'x-screen': 'mid' };
  const order = {
    ...{ clientKey: crypto.randomUUID(), eventId: row.id, departmentCode: 'CGJ', text: '请两日内办结并答复' },
    deadlineAt: new Date(Date.now() + 86_400_000).toISOString(),
  };
  const sent = await request.post('/api/trpc/supervision.openTicket', { headers, data: { json: order } });
  expect(sent.status()).toBe(200);
  const post = { role: 'R3', division: row.subdistrict };
  expect((await page.request.post('/api/post', { data: post })).status()).toBe(204);
  await open(page, `v=desk&sel=event:${row.id}`);
  await expect(page.locator('[data-bell] [data-unread]')).toBeVisible();
  await panel(page, 'desk-moves').getByRole('textbox').first().fill('跨部门,需联合处置');
  await panel(page, 'desk-moves').locator('[data-move="S43"]').click();
  await expect(panel(page, 'event-card')).toContainText('协同处置');
  await page.locator('[data-bell]').click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /督办单/ })
    .first()
    .click();
  await expect(panel(page, 'ticket-card')).toContainText('请两日内办结并答复');
  await page.request.delete('/api/post');
  await open(page, 'v=desk');
  await panel(page, 'desk-supervision').locator('[data-tab="whistle"]').click();
  await panel(page, 'desk-supervision').locator('[data-id]').first().click();
  const sign = panel(page, 'whistle-card').locator('[data-move="sign"]').first();
  await sign.click();
  await expect(panel(page, 'whistle-card').locator('[data-move="contact"]').first()).toBeVisible();
});
