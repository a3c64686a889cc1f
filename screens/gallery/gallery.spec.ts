import { type APIRequestContext, expect, type Page, test } from '@playwright/test';
import { panels } from '@/components/panels';
import type { Question } from '@/data/model/view';
import { accessFaults } from '../access';

const at = '2026-11-22T02:00:00.000Z';
const question: Question = { division: null, period: 'P30D', at, known: 'now', filters: [] };

const ask = async (request: APIRequestContext, path: string, input: unknown) => {
  const text = encodeURIComponent(JSON.stringify({ json: input }));
  const answer = await request.get(`/api/trpc/${path}?input=${text}`, { headers: { 'x-screen': 'mid' } });
  return (await answer.json()).result.data.json;
};

/** Samples of a page, as `panel/size/state`, that do not stand in their state, with the one they stand in. */
const outOfState = (page: Page) =>
  page.locator('[data-sample]').evaluateAll((samples) =>
    samples.flatMap((sample) => {
      const name = (sample as HTMLElement).dataset.sample ?? '';
      const state = sample.querySelector<HTMLElement>('[data-panel]')?.dataset.state ?? '';
      const wanted = name.endsWith('/ready') ? ['ready', 'empty'] : [name.slice(name.lastIndexOf('/') + 1)];
      return wanted.includes(state) ? [] : [`${name} ${state}`];
    }),
  );

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
  | 'errand'
  | 'volunteer'
  | 'team'
  | 'address'
  | 'care'
  | 'verify'
  | 'catalog'
  | 'retention'
  | 'person'
  | 'vehicle'
> = {
  'building-card': 'building',
  'event-card': 'event',
  'desk-moves': 'event',
  'dispatch-suggest': 'event',
  'campaign-card': 'campaign',
  'drill-card': 'drill',
  'muster-card': 'muster',
  'errand-card': 'errand',
  'volunteer-card': 'volunteer',
  'team-card': 'team',
  'address-card': 'address',
  'care-card': 'care',
  'verify-card': 'verify',
  'catalog-card': 'catalog',
  'retention-card': 'retention',
  'person-card': 'person',
  'vehicle-card': 'vehicle',
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
  const care = (await ask(request, 'care.list', { purpose: 'check' })).rows[0].id;
  const errand = (await ask(request, 'errand.list', { at }))[0].id;
  const volunteer = (await ask(request, 'volunteer.list', { at }))[0].id;
  const team = (await ask(request, 'volunteer.teams', { at }))[0].id;
  const address = (await ask(request, 'address.list', { at }))[0].id;
  const verify = (await ask(request, 'verify.list', { at }))[0].id;
  const person = (await ask(request, 'theme.list', { theme: 'person', purpose: 'check', at })).rows[0].id;
  const vehicle = (await ask(request, 'theme.list', { theme: 'vehicle', purpose: 'check', at })).rows[0].id;
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
    errand,
    volunteer,
    team,
    address,
    care,
    verify,
    catalog: 'event.level',
    retention: 'track',
    person,
    vehicle,
  })) {
    const shown = panels.filter(({ key }) => (selected[key] ?? 'building') === kind);
    const keys = shown.map(({ key }) => key).join(',');
    await page.goto(`/gallery?at=${encodeURIComponent(at)}&sel=${kind}:${id}&panels=${keys}`);
    await expect(page.locator('[data-sample]')).toHaveCount(6 * shown.flatMap(({ sizes }) => sizes).length);
    // six samples of up to ninety panels ask at once
    await expect.poll(() => outOfState(page), { timeout: 180_000 }).toEqual([]);
  }
  expect(errors).toEqual([]);
});

test('the gallery has no critical fault of access', async ({ page }) => {
  await page.goto(`/gallery?at=${encodeURIComponent(at)}`);
  const headline = page.locator('[data-sample="headline/wall/ready"] [data-panel]');
  await expect(headline).toHaveAttribute('data-state', 'ready');
  const faults = await accessFaults(page, { runOnly: ['wcag2a', 'wcag2aa'] });
  expect(faults.filter(({ impact }) => impact === 'critical')).toEqual([]);
});
