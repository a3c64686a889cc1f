import { type APIRequestContext, type Browser, expect, type Locator, type Page, test } from '@playwright/test';
import sharp from 'sharp';
import { hang, readApi, ready } from './link-testing';

/** Fire lane blocked: of the list and a Ⅱ, so the machine sends it and the wall calls it out. */
const blockedLane = { code: '0101', said: '消防通道被杂物堵住，车过不去' };

type Node = { code: string; parent: string | null; level: string; center: [number, number] };
type Row = { id: string; version: number; status: string };

/** Of the sub-district, which may make every move; and the case it sees to the end. */
test.use({ actionTimeout: 30_000 });

let story: { street: APIRequestContext; id: string } | null = null;

/** From each status on to the end: a story cut short leaves no Ⅱ open. */
const onward: Record<string, string> = { S10: 'S90', S20: 'S90', S31: 'S40', S40: 'S50', S60: 'S40', S50: 'S61' };
test.afterEach(async ({ browser }) => {
  if (story) {
    const { street, id } = story;
    for (let isOpen = true; isOpen; ) {
      const { version, status } = (await readApi(street, 'event.byId', { id }, 'mid')) as Row;
      const move = { id, version, to: onward[status] };
      isOpen = move.to !== undefined;
      if (isOpen) await street.post('/api/trpc/event.move', { headers: { 'x-screen': 'mid' }, data: { json: move } });
    }
  }
  story = null;
  for (const context of browser.contexts()) await context.close();
});

const picture = async (background: string) => ({
  name: 'IMG_1.jpg',
  mimeType: 'image/jpeg',
  buffer: await sharp({ create: { width: 800, height: 600, channels: 3, background } })
    .jpeg()
    .toBuffer(),
});

type Opened = { size: [width: number, height: number]; at?: Node['center']; post?: { role: string; division: string } };
/** A page of its own session, open once `sign` is there: what it tells, not its map, is waited for. */
const openPage = async (browser: Browser, path: string, sign: string, { size, at, post }: Opened): Promise<Page> => {
  const [width, height] = size;
  const context = await browser.newContext({ viewport: { width, height }, hasTouch: width < 1200 });
  if (at) {
    await context.grantPermissions(['geolocation']);
    await context.setGeolocation({ longitude: at[0], latitude: at[1] });
  }
  if (post) await context.request.post('/api/post', { data: post });
  const page = await context.newPage();
  await page.goto(path, { waitUntil: 'commit' });
  await page.locator(sign).first().waitFor(ready);
  return page;
};

const progress = '[data-panel="story-progress"] [data-metric="event.open"]';
const figureOf = async (figure: Locator) => Number(await figure.getAttribute('data-value', ready));
const says = (figure: Locator, value: number) => expect(figure).toHaveAttribute('data-value', String(value));

/** The citizen's report, with a photo; tells its receipt and number. */
const report = async (phone: Page) => {
  await phone.locator('input[type="file"]').setInputFiles(await picture('#7a4b2a'));
  await phone.getByLabel('看到了什么？').fill(blockedLane.said);
  await phone.getByRole('searchbox').fill('消防通道');
  await phone.locator(`[data-category="${blockedLane.code}"]`).click();
  await phone.getByRole('button', { name: '用我的位置' }).click();
  await expect(phone.getByText('已定位')).toBeVisible();
  await phone.getByRole('button', { name: '提交上报' }).click();
  const number = (await phone.getByText('事件编号').textContent())?.split(' ').at(-1) ?? '';
  return { receipt: (await phone.locator('[data-receipt]').textContent()) ?? '', number };
};

/** The worker says that it is handled: a photo and a sentence. */
const handle = async (phone: Page, task: Locator, said: string) => {
  await task.getByRole('button', { name: '处置完成' }).click();
  await phone.locator('input[type="file"]').setInputFiles(await picture('#2f6b3c'));
  await phone.getByRole('textbox').fill(said);
  await phone.getByRole('button', { name: '提交处置结果' }).click();
  await expect(task).toHaveCount(0);
};

test('a citizen’s report runs the whole loop, and every screen follows it live', async ({ browser, request }) => {
  const tree = (await readApi(request, 'division.tree', undefined, 'mid')) as Node[];
  const grid = tree.find(({ level }) => level === 'grid');
  const community = tree.find(({ code }) => code === grid?.parent);
  if (!grid || !community?.parent) throw new Error('The demo has no grid.');
  const [{ wall }, tablet, worker, citizen] = await Promise.all([
    hang(browser, 'Story', { setup: { distanceM: 2.5 } }),
    openPage(browser, '/small?v=story-progress', progress, { size: [1180, 820] }),
    openPage(browser, '/worker', '[data-panel="worker-tasks"][data-state="ready"]', {
      ...{ size: [390, 844], at: grid.center, post: { role: 'R5', division: grid.code } },
    }),
    openPage(browser, '/public', '[data-form]', { size: [360, 740], at: grid.center }),
  ]);
  const graveOnWall = wall.locator('[data-panel="open-levels"] [data-metric="event.open"]').nth(2);
  const openOnTablet = tablet.locator(progress).first();
  const inHandOnTablet = tablet
    .locator('[data-panel="story-progress"] li')
    .filter({ hasText: /^处置/ })
    .locator('[data-metric]');
  const [grave, open] = [await figureOf(graveOnWall), await figureOf(openOnTablet)];
  const inHand = await figureOf(inHandOnTablet);

  const { receipt, number } = await report(citizen);
  const [{ code: id }] = (await readApi(request, 'search.find', { text: number }, 'mid')) as [{ code: string }];
  const desk = await openPage(browser, `/mid?v=desk&sel=event:${id}`, '[data-panel="event-card"] [data-step]', {
    ...{ size: [1920, 1080], post: { role: 'R3', division: community.parent } },
  });
  story = { street: desk.context().request, id };

  // The wall flashes: first row and call-out; its figures and the tablet's follow.
  await expect(wall.locator('[data-panel="attention-list"] [data-event]').first()).toHaveAttribute('data-event', id);
  await expect(wall.locator(`[data-callout="${id}"]`)).toBeVisible();
  await says(graveOnWall, grave + 1);
  await says(openOnTablet, open + 1);

  // A person accepts; the machine sends.
  const steps = desk.locator('[data-panel="event-card"] li[data-step]');
  const stepAt = (n: number) => steps.nth(n);
  const move = (to: string) => desk.locator(`[data-panel="desk-moves"] [data-move="${to}"]`).click();
  await expect(stepAt(0)).toContainText('群众');
  await expect(stepAt(0).getByRole('img')).toBeVisible();
  await move('S20');
  await expect(desk.locator('[data-panel="dispatch-suggest"] [data-route="auto"]')).toContainText('机器已派');
  await expect(stepAt(3)).toContainText('系统');
  await expect(wall.locator(`[data-event="${id}"]`)).toContainText('消防救援大队');

  // Signed without a network, told when there is one.
  const task = worker.locator(`[data-task="${id}"]`);
  const pending = worker.locator('[data-pending]');
  await expect(task).toBeVisible();
  await worker.context().setOffline(true);
  await task.getByRole('button', { name: '签收' }).click();
  await expect(pending).toHaveText('1 条待上传');
  await expect(steps).toHaveCount(4);
  await worker.context().setOffline(false);
  await expect(pending).toHaveText('已全部上传');
  await expect(stepAt(4)).toHaveAttribute('data-step', 'S40');
  await expect(stepAt(4)).toContainText('网格员 · 葵涌01网格');
  await says(inHandOnTablet, inHand + 1);

  // Handled, sent back, handled again, closed.
  await handle(worker, task, '杂物已清走');
  await expect(stepAt(5)).toContainText('杂物已清走');
  await expect(stepAt(5).getByRole('img')).toBeVisible();
  await desk.locator('[data-panel="desk-moves"]').getByRole('textbox').first().fill('东侧还有一堆');
  await move('S60');
  await task.getByRole('button').click();
  await expect(task).toHaveAttribute('data-status', 'S40');
  await task.getByRole('button').click();
  await expect(worker.locator('[data-reason]')).toContainText('东侧还有一堆');
  await worker.getByRole('button', { name: '我的任务' }).click();
  await handle(worker, task, '东侧也清了');
  await expect(stepAt(8)).toContainText('东侧也清了');
  await move('S61');
  await expect(wall.locator(`[data-event="${id}"], [data-callout="${id}"]`)).toHaveCount(0);
  await says(graveOnWall, grave);
  await says(openOnTablet, open);

  // The citizen follows with the receipt and gives his mark.
  await citizen.reload();
  await citizen.locator('[data-mark="5"]').click();
  await expect(citizen.getByText('您的评价：5 分')).toBeVisible();
  await expect(stepAt(10).locator('[data-rating="5"]')).toContainText('很满意');
  const told = await steps.evaluateAll((all) => all.map((step) => step.getAttribute('data-step')));
  expect(told).toEqual(['S10', 'S20', 'S30', 'S31', 'S40', 'S50', 'S60', 'S40', 'S50', 'S61', 'S70']);
  expect(await steps.allTextContents()).not.toContainEqual(expect.stringContaining(receipt));
});
