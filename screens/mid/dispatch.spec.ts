import { type APIRequestContext, expect, test } from '@playwright/test';
import { at, atIso, call, headers, type Node, open, panel } from './testing';

type Event = { id: string; status: string; department: string | null; version: number };
type Desk = { routes: { mode: string; note: string }[] };

/** Category of no list: a machine only suggests. */
const unlisted = '0201';
const listed = '0101';

const report = async (request: APIRequestContext, category: string): Promise<Event> => {
  const tree = await call<Node[]>(request, 'division.tree');
  const data = {
    ...{ clientKey: crypto.randomUUID(), category, source: '01', title: `分拨 ${crypto.randomUUID().slice(0, 8)}` },
    position: tree.find(({ level }) => level === 'grid')?.center,
  };
  const response = await request.post('/api/trpc/event.report', { headers, data: { json: data } });
  return (await response.json()).result.data.json;
};
const stateOf = (request: APIRequestContext, id: string) => call<Event>(request, 'event.byId', { id });
const modesOf = async (request: APIRequestContext, id: string) =>
  (await call<Desk>(request, 'dispatch.desk', { id })).routes.map(({ mode }) => mode);

test('a listed event is sent at once and says why; nobody needs to', async ({ page, request }) => {
  const { id, status, department } = await report(request, listed);
  expect([status, department]).toEqual(['S31', 'XFJ']);
  await open(page, `v=desk&sel=event:${id}`);
  const suggest = panel(page, 'dispatch-suggest');
  await expect(suggest.locator('[data-route="auto"]')).toContainText('机器已派');
  await expect(suggest.locator('[data-act]')).toHaveCount(0);
});

test('A takes the suggestion: the event is with its department, and the route says who decided', async ({
  page,
  request,
}) => {
  const { id } = await report(request, unlisted);
  await open(page, `v=desk&sel=event:${id}`);
  const suggest = panel(page, 'dispatch-suggest');
  await expect(suggest.locator('[data-suggestion] [data-score]')).toHaveText(/^\d+ 分$/);
  await expect(suggest.locator('[data-part]')).toHaveCount(5);
  await expect(suggest.locator('[data-other]')).toHaveCount(2);
  await expect(suggest).toContainText('清单外事项，机器只建议，由人派出。');
  await page.keyboard.press('a');
  await expect.poll(async () => (await stateOf(request, id)).status).toBe('S31');
  expect(await modesOf(request, id)).toEqual(['accepted', 'left']);
  await expect(suggest.locator('[data-route="accepted"]')).toContainText('采纳建议');
});

test('R sends it elsewhere once the reason is said; B hands it back', async ({ page, request }) => {
  const first = await report(request, unlisted);
  await open(page, `v=desk&sel=event:${first.id}`);
  const suggest = panel(page, 'dispatch-suggest');
  await expect(suggest.locator('[data-act="reassign"]')).toBeEnabled();
  await page.keyboard.press('r');
  const form = suggest.locator('[data-form="reassign"]');
  await expect(form.getByRole('button', { name: '确定' })).toBeDisabled();
  await form.getByRole('textbox', { name: '理由' }).fill('路段已改由他队负责');
  await form.getByRole('button', { name: '确定' }).click();
  await expect.poll(async () => (await stateOf(request, first.id)).status).toBe('S31');
  expect(await modesOf(request, first.id)).toEqual(['overruled', 'left']);
  await expect(suggest.locator('[data-route="overruled"]')).toContainText('路段已改由他队负责');

  const second = await report(request, unlisted);
  await open(page, `v=desk&sel=event:${second.id}`);
  await expect(suggest.locator('[data-act="return"]')).toBeEnabled();
  await page.keyboard.press('b');
  await suggest.getByRole('textbox', { name: '理由' }).fill('不属受理范围');
  await suggest.locator('[data-form="return"]').getByRole('button', { name: '确定' }).click();
  await expect.poll(async () => (await stateOf(request, second.id)).status).toBe('S21');
});

test('the past shows how an event of the history was sent, and offers nothing', async ({ page, request }) => {
  const question = { division: null, period: 'P30D', at: atIso, filters: [] };
  const { rows } = await call<{ rows: { id: string }[] }>(request, 'event.open', { question, limit: 1 });
  await open(page, `${at}&v=desk&sel=event:${rows[0]?.id}`);
  const suggest = panel(page, 'dispatch-suggest');
  await expect(suggest.locator('[data-route]')).toHaveCount(1);
  await expect(suggest.locator('[data-act]')).toHaveCount(0);
});
