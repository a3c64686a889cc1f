import AxeBuilder from '@axe-core/playwright';
import { type APIRequestContext, expect, type Page, test } from '@playwright/test';
import { panels } from '@/components/panels';
import type { Question } from '@/data/model/view';

const at = '2026-11-22T02:00:00.000Z';
const question: Question = { division: null, period: 'P30D', at, known: 'now', filters: [] };

const ask = async (request: APIRequestContext, path: string, input: unknown) => {
  const text = encodeURIComponent(JSON.stringify({ json: input }));
  const answer = await request.get(`/api/trpc/${path}?input=${text}`, { headers: { 'x-screen': 'mid' } });
  return (await answer.json()).result.data.json;
};

const stateOf = (page: Page, panel: string, size: string, state: string) =>
  page.locator(`[data-sample="${panel}/${size}/${state}"] [data-panel]`);

/** Panels about one selected thing, and what has to be selected for them. */
const selected: Record<
  string,
  | 'building'
  | 'event'
  | 'entity'
  | 'block'
  | 'dispute'
  | 'ticket'
  | 'whistle'
  | 'campaign'
  | 'control'
  | 'drill'
  | 'muster'
> = {
  'building-card': 'building',
  'event-card': 'event',
  'desk-moves': 'event',
  'dispatch-suggest': 'event',
  'campaign-card': 'campaign',
  'drill-card': 'drill',
  'muster-card': 'muster',
  'dispute-card': 'dispute',
  'dispute-moves': 'dispute',
  'control-card': 'control',
  'control-moves': 'control',
  'ticket-card': 'ticket',
  'whistle-card': 'whistle',
  'entity-card': 'entity',
  'block-card': 'block',
};

test.setTimeout(480_000);

test('every panel stands in every state at each of its sizes', async ({ page, request }) => {
  const hits = await ask(request, 'search.find', { text: '440307009' });
  const building = hits.find((hit: { kind: string }) => hit.kind === 'building').code;
  const event = (await ask(request, 'event.list', { question, limit: 1 })).rows[0].id;
  const entity = (await ask(request, 'entity.list', { at, limit: 1 }))[0].id;
  const block = (await ask(request, 'place.trail', { kind: 'building', code: building })).block.here.code;
  const dispute = (await ask(request, 'dispute.list', { at }))[0].id;
  const campaign = (await ask(request, 'campaign.list', { at }))[0].id;
  const drill = (await ask(request, 'drill.list', { at }))[0].id;
  const muster = (await ask(request, 'muster.list', { at }))[0].id;
  const control = (await ask(request, 'control.list', { at }))[0].id;
  const ticket = (await ask(request, 'supervision.tickets', { at }))[0].id;
  const whistle = (await ask(request, 'supervision.whistles', { at }))[0].id;
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  for (const [kind, id] of Object.entries({
    building,
    event,
    entity,
    block,
    dispute,
    ticket,
    whistle,
    campaign,
    control,
    drill,
    muster,
  })) {
    await page.goto(`/gallery?at=${encodeURIComponent(at)}&sel=${kind}:${id}`);
    for (const panel of panels.filter(({ key }) => (selected[key] ?? 'building') === kind)) {
      for (const size of panel.sizes) {
        for (const state of ['waiting', 'empty', 'stale', 'withheld', 'failed'])
          await expect(stateOf(page, panel.key, size, state)).toHaveAttribute('data-state', state);
        const ready = stateOf(page, panel.key, size, 'ready');
        await expect(ready, `${panel.key} ${size}`).toHaveAttribute('data-state', /^(ready|empty)$/);
      }
    }
  }
  expect(errors).toEqual([]);
});

test('the gallery has no critical fault of access', async ({ page }) => {
  await page.goto(`/gallery?at=${encodeURIComponent(at)}`);
  await expect(stateOf(page, 'headline', 'wall', 'ready')).toHaveAttribute('data-state', 'ready');
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa']).analyze();
  const critical = violations.filter(({ impact }) => impact === 'critical');
  expect(critical.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).toEqual([]);
});
