import { type APIRequestContext, expect, type Page, test } from '@playwright/test';
import type { Collected, CollectSheet, SheetDoor } from '@/data/model/collection';
import type { DoubtTask } from '@/data/model/verify';
import { accessFaults } from './access';
import { walkText } from './walker';

const pending = (page: Page) => page.locator('[data-pending]');
const headers = { 'x-screen': 'small' };

const ask = async <T>(request: APIRequestContext, path: string, input?: unknown): Promise<T> => {
  const query = input === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify({ json: input }))}`;
  const answer = await request.get(`/api/trpc/${path}${query}`, { headers });
  expect(answer.status()).toBe(200);
  return (await answer.json()).result.data.json as T;
};
const sheetOf = (page: Page) => ask<CollectSheet>(page.request, 'collection.sheet');

/** A grid somebody lives in, and a phone of its worker. */
const asWorker = async (page: Page): Promise<string> => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.request.post('/api/post', { data: { role: 'R2', division: 'DP' } });
  const { tasks } = await ask<{ tasks: DoubtTask[] }>(page.request, 'verify.mine', {});
  const grid = tasks.find((task) => task.grid !== null)?.grid ?? '';
  await page.request.post('/api/post', { data: { role: 'R5', division: grid } });
  return grid;
};

/** A door with at least so many people, nobody has been to. */
const doorWith = ({ buildings }: CollectSheet, nPeople: number) => {
  for (const building of buildings)
    for (const door of building.doors)
      if (door.code && door.people.length >= nPeople && door.collectedAt === null)
        return { building, door: door as SheetDoor & { code: string } };
  throw new Error('No such door.');
};

/** Everything one presses is large enough for a thumb. */
const smallTargets = (page: Page) =>
  page.locator('main button, main input, main select, nav button').evaluateAll((nodes) =>
    nodes
      .filter((node) => node.checkVisibility())
      .map((node) => ({ html: node.outerHTML.slice(0, 80), box: node.getBoundingClientRect() }))
      .filter(({ box }) => box.width < 44 || box.height < 44)
      .map(({ html }) => html),
  );

const checkPage = async (page: Page) => {
  expect(await accessFaults(page)).toEqual([]);
  expect(await smallTargets(page)).toEqual([]);
  const { overlapping, outside, clipped, untold } = await walkText(page, { leastPx: 14 });
  expect({ overlapping, outside, clipped, untold }).toEqual({ overlapping: [], outside: [], clipped: [], untold: [] });
};

const openPhone = async (page: Page) => {
  await page.goto('/worker');
  await expect(page.locator('[data-screen="worker"]')).toHaveAttribute('data-state', 'ready');
  await expect(page.locator('[data-collect]')).toBeVisible();
  // The shell and the answers are kept some moments after they came.
  await expect
    .poll(() => page.evaluate(async () => (await (await caches.open('gridhall-shell')).keys()).map(({ url }) => url)))
    .toContainEqual(expect.stringContaining('/worker'));
  await expect
    .poll(() => page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name)))
    .toContain('gridhall-small');
};

test('one visit without a network: four tabs of a door, confirmed rather than typed; back on it, all is on the register', async ({
  page,
  context,
}) => {
  await asWorker(page);
  const { building, door } = doorWith(await sheetOf(page), 2);
  await openPhone(page);
  await context.setOffline(true);
  await page.locator('[data-collect]').getByRole('button').click();
  await expect(page.locator('[data-panel="worker-collect"]')).toHaveAttribute('data-state', 'ready');
  await checkPage(page);
  await page.getByRole('searchbox').fill(building.name);
  await page.locator(`[data-building="${building.code}"]`).getByRole('button').click();
  await checkPage(page);
  await page.locator(`[data-door="${door.code}"]`).click();
  await expect(page.locator('[data-panel="worker-door"]')).toBeVisible();
  await checkPage(page);
  await page.locator(`[data-use="${door.houseUse}"]`).click();

  await page.locator('[data-tab="person"]').click();
  const [first, second] = door.people;
  await page.locator(`[data-record="person ${first?.key}"] [data-act="gone"]`).click();
  await page.locator('[data-rest]').click();
  await expect(page.locator(`[data-record="person ${second?.key}"]`)).toHaveAttribute('data-told', 'confirm');
  await page.locator('[data-new="person"]').click();
  await page.locator('[data-value="name"]').fill('欧阳新来');
  await expect(page.locator('[data-add]')).toBeDisabled();
  await page.locator('[data-value="id_number"]').fill('44030719900101003x');
  await checkPage(page);
  await page.locator('[data-add]').click();
  await expect(page.locator('[data-added="person"]')).toContainText('欧阳新来');

  await page.locator('[data-tab="entity"]').click();
  await checkPage(page);
  await page.locator('[data-tab="event"]').click();
  await page.locator('[data-report]').click();
  await page.getByRole('button', { name: /没有照片/ }).click();
  await page.getByRole('searchbox').fill('垃圾');
  await page.locator('[data-category="0801"]').click();
  await expect(page.locator('[data-panel="worker-report"]')).toContainText(building.name);
  await page.locator('[data-send]').click();
  // what is counted as waiting is on the phone
  await expect(pending(page)).toHaveText('1 条待上传');

  // A phone that is put away in the midst keeps what was told.
  await page.reload();
  await expect(page.locator('[data-added="person"]')).toHaveCount(0);
  await page.locator('[data-tab="person"]').click();
  await expect(page.locator('[data-added="person"]')).toContainText('欧阳新来');
  await expect(page.locator('[data-panel="worker-door"] [data-send]')).toContainText(String(door.people.length + 2));
  await page.locator('[data-panel="worker-door"] [data-send]').click();
  await expect(pending(page)).toHaveText('2 条待上传');
  await expect(page.locator(`[data-door="${door.code}"]`)).toHaveAttribute('data-state', 'waiting');

  await context.setOffline(false);
  await expect(pending(page)).toHaveText('已全部上传', { timeout: 40_000 });
  const after = (await sheetOf(page)).buildings
    .find(({ code }) => code === building.code)
    ?.doors.find(({ code }) => code === door.code);
  expect(after?.collectedAt).not.toBeNull();
  expect(after?.people.map(({ key }) => key)).not.toContain(first?.key);
  expect(after?.people.at(-1)?.name).toBe('欧**');
  await expect(page.locator(`[data-door="${door.code}"]`)).toHaveAttribute('data-state', 'done');
});

test('what was changed meanwhile is shown, the rest is kept, and once looked at again it is sent', async ({
  page,
  context,
  request,
}) => {
  const grid = await asWorker(page);
  const { building, door } = doorWith(await sheetOf(page), 2);
  await openPhone(page);
  await context.setOffline(true);
  // The 25 digits lead to the door at once.
  await page.locator('[data-collect]').getByRole('button').click();
  await page.getByRole('searchbox').fill(door.code);
  await page.locator('[data-tab="person"]').click();
  await page.locator('[data-rest]').click();
  await page.locator('[data-tab="dwelling"]').click();
  await page.locator(`[data-use="${door.houseUse}"]`).click();
  await page.locator('[data-send]').click();
  await expect(pending(page)).toHaveText('1 条待上传');

  // Somebody else of the same post was there with another phone.
  await request.post('/api/post', { data: { role: 'R5', division: grid } });
  const [first] = door.people;
  const other: Collected = {
    ...{ clientKey: crypto.randomUUID(), building: building.code, dwelling: door.code, events: [] },
    items: [
      {
        ...{ told: 'resident', kind: 'person', key: first?.key ?? '', stamp: first?.stamp ?? '' },
        values: { relation: first?.relation === '9' ? '1' : '9' },
      },
    ],
    happenedAt: new Date().toISOString(),
  };
  const sent = await request.post('/api/trpc/collection.submit', { headers, data: { json: other } });
  expect(sent.status()).toBe(200);

  await context.setOffline(false);
  await expect(pending(page)).toHaveText('1 条未被接收', { timeout: 40_000 });
  await pending(page).click();
  await expect(page.locator('[data-refused="conflict"]')).toContainText('他人已先行改动');
  await page.locator('[data-look]').click();
  await expect(page.locator('[data-changed="1"]')).toBeVisible();
  await checkPage(page);
  await page.locator('[data-tab="person"]').click();
  await expect(page.locator(`[data-record="person ${first?.key}"]`)).toHaveAttribute('data-told', '');
  await expect(page.locator(`[data-record="person ${door.people[1]?.key}"]`)).toHaveAttribute('data-told', 'confirm');
  await page.locator(`[data-record="person ${first?.key}"] [data-act="confirm"]`).click();
  await expect(page.locator('[data-changed]')).toHaveCount(0);
  await page.locator('[data-send]').click();
  await expect(pending(page)).toHaveText('已全部上传', { timeout: 40_000 });
});
