import { type APIRequestContext, expect, type Page, test } from '@playwright/test';
import { act, callApi, conduct, demoAt, hang, readApi, ready } from './link-testing';
import { untilReady } from './ready';
import { walkText } from './walker';

/** Categories by level that no rule dispatches by itself, so that a desk may void them. */
const gasLeak = { code: '0501', level: 1 };
const craneFault = { code: '0302', level: 2 };

type Row = { id: string; level: number };

const reported: string[] = [];

/** Reports an event as a desk does; it is voided after the test. */
const report = async (
  request: APIRequestContext,
  { code: category, level }: { code: string; level: number },
): Promise<string> => {
  const tree = (await readApi(request, 'division.tree', undefined, 'mid')) as { level: string; center: number[] }[];
  const position = tree.filter((node) => node.level === 'grid')[40]?.center;
  const event = { clientKey: crypto.randomUUID(), category, source: '01', title: 'X', position };
  const row = (await callApi(request, 'event.report', event)) as Row;
  reported.push(row.id);
  expect(row.level).toBe(level);
  return row.id;
};

test.afterEach(async ({ browser, request }) => {
  // first of all: one left open, as when a page is slow to close, interrupts the walls of every later test
  for (const id of reported.splice(0)) {
    const { version } = (await readApi(request, 'event.byId', { id }, 'mid')) as { version: number };
    await callApi(request, 'event.move', { id, version, to: 'S90' });
  }
  for (const context of browser.contexts()) await context.close();
});

const bar = (wall: Page) => wall.locator('[data-interrupt]');
const isIn = (wall: Page, phase: string) => expect(bar(wall)).toHaveAttribute('data-interrupt', phase, ready);
const isOn = (wall: Page, scene: string) =>
  expect(wall.locator('[data-scene]').first()).toHaveAttribute('data-scene', scene, ready);
const isDrawn = (wall: Page) => untilReady(wall, '[data-screen="big"]', ready);
const isClean = async (wall: Page) =>
  expect(await walkText(wall)).toMatchObject({ small: [], overlapping: [], outside: [], clipped: [] });
const secondsLeft = async (wall: Page) => Number((await bar(wall).textContent())?.match(/\d+/)?.[0]);

test('a Ⅰ: notice, held, let go, event command, acknowledged with post and time, back', async ({
  browser,
  request,
}) => {
  test.setTimeout(240_000);
  const { wall } = await hang(browser, 'Grave');
  const tablet = await conduct(browser, wall);
  const id = await report(request, gasLeak);
  await isIn(wall, 'notice');
  const before = await secondsLeft(wall);
  expect(before).toBeGreaterThan(0);
  await expect.poll(() => secondsLeft(wall)).toBeLessThan(before);
  await act(tablet, 'hold');
  await isIn(wall, 'held');
  await wall.waitForTimeout(11_000);
  await isIn(wall, 'held');
  await isOn(wall, 'overview');
  await isClean(wall);
  await act(tablet, 'go');
  await isOn(wall, 'event');
  await isIn(wall, 'command');
  expect(new URL(wall.url()).searchParams.get('sel')).toBe(`event:${id}`);
  await tablet.locator(`[data-acknowledge="${id}"]`).click(ready);
  await isIn(wall, 'bar');
  await isOn(wall, 'event');
  const [said] = await readApi(request, 'wall.acknowledged', { events: [id] }, 'big');
  expect(said).toMatchObject({ event: id, role: 'R1' });
  const time = new Intl.DateTimeFormat('zh-CN', { hour: '2-digit', minute: '2-digit', timeZone: 'Asia/Shanghai' });
  await expect(bar(wall)).toContainText(time.format(new Date(said.at)));
  await expect(tablet.locator(`[data-acknowledged="${id}"]`)).toContainText(said.place, ready);
  await isDrawn(wall);
  await isClean(wall);
  await act(tablet, 'back');
  await isOn(wall, 'overview');
  await isIn(wall, 'bar');
  expect(new URL(wall.url()).searchParams.get('sel')).toBeNull();
  await isDrawn(wall);
  await isClean(wall);
  const question = { division: null, period: 'today', at: demoAt, filters: [] };
  const then = (await readApi(request, 'event.open', { question, limit: 500 }, 'mid')) as { rows: Row[] };
  expect(then.rows.length).toBeGreaterThan(0);
  expect(then.rows.filter((row) => row.id === id)).toEqual([]);
});

test('quiet: a Ⅱ is a row and no more, a Ⅰ is announced and waits, until the conductor gives up', async ({
  browser,
  request,
}) => {
  test.setTimeout(240_000);
  const { wall } = await hang(browser, 'Quiet', {
    setup: { distanceM: 2.5 },
    prepare: (page) => page.clock.install(),
  });
  const tablet = await conduct(browser, wall);
  const callout = wall.locator('[data-screen] [data-callout]');
  await expect(callout).toHaveCount(1, ready);
  await act(tablet, 'quiet');
  await expect(wall.locator('[data-quiet]')).toBeVisible(ready);
  const fault = await report(request, craneFault);
  await expect(wall.locator('[data-panel="attention-list"] [data-event]').first()).toHaveAttribute(
    'data-event',
    fault,
    ready,
  );
  await expect(callout).toHaveCount(0);
  await report(request, gasLeak);
  await isIn(wall, 'held');
  await isDrawn(wall);
  await isClean(wall);
  await wall.clock.fastForward(11_000);
  await wall.waitForTimeout(1_000);
  await isIn(wall, 'held');
  await isOn(wall, 'overview');
  await act(tablet, 'release');
  await expect(wall.locator('[data-quiet]')).toHaveCount(0, ready);
  await isOn(wall, 'event');
  await isIn(wall, 'command');
});

test('a Ⅱ: first row, call-out, and the tour stands for a minute', async ({ browser, request }) => {
  test.setTimeout(240_000);
  const { wall } = await hang(browser, 'Second', {
    setup: { distanceM: 2.5, dwellSeconds: 60 },
    query: 'v=overview&tour=on',
    prepare: (page) => page.clock.install(),
  });
  await expect(wall.locator('[data-tour]')).toHaveAttribute('data-tour', 'running', ready);
  const id = await report(request, craneFault);
  await expect(wall.locator('[data-tour]')).toHaveAttribute('data-tour', 'held', ready);
  await expect(wall.locator('[data-panel="attention-list"] [data-event]').first()).toHaveAttribute(
    'data-event',
    id,
    ready,
  );
  await expect(wall.locator(`[data-callout="${id}"]`)).toBeVisible(ready);
  await expect(bar(wall)).toHaveCount(0);
  await wall.clock.fastForward(61_000);
  await expect(wall.locator('[data-tour]')).toHaveAttribute('data-tour', 'running', ready);
});

/** Counts the tones a page starts. */
const countTones = (page: Page) =>
  page.addInitScript(() => {
    const start = OscillatorNode.prototype.start;
    Object.assign(window, { nTones: 0 });
    OscillatorNode.prototype.start = function (...when) {
      (window as unknown as { nTones: number }).nTones += 1;
      start.apply(this, when);
    };
  });
const nTones = (page: Page) => page.evaluate(() => (window as unknown as { nTones: number }).nTones);

test('sound: chosen in the setup, tried there, until a Ⅰ is acknowledged', async ({ browser, request }) => {
  test.setTimeout(240_000);
  const { context, wall } = await hang(browser, 'Silent');
  await expect(wall.locator('[data-sound]')).toHaveCount(0);
  await countTones(wall);
  await wall.goto('/setup/wall');
  await wall.getByRole('checkbox', { name: '未确认时响铃' }).check();
  await wall.getByRole('button', { name: '试听' }).click();
  await expect(wall.locator('[data-sound]')).toHaveAttribute('data-sound', 'sounding');
  expect(await nTones(wall)).toBe(2);
  await wall.getByRole('button', { name: '保存' }).click();
  await wall.goto('/big?tour=off');
  await expect(wall.locator('[data-sound]')).toHaveAttribute('data-sound', 'silent', ready);
  const id = await report(request, gasLeak);
  await expect(wall.locator('[data-sound]')).toHaveAttribute('data-sound', 'sounding', ready);
  await expect.poll(() => nTones(wall)).toBeGreaterThan(2);
  await callApi(request, 'wall.acknowledge', { event: id });
  await expect(wall.locator('[data-sound]')).toHaveAttribute('data-sound', 'silent', ready);
  const n = await nTones(wall);
  await wall.waitForTimeout(5_000);
  expect(await nTones(wall)).toBe(n);
  expect(context.pages()).toHaveLength(1);
});

/** A browser that lets no page sound before it is touched; the one that runs tests counts as touched from the start. */
const muteUntilTouched = (wall: Page) =>
  wall.addInitScript(() => {
    let isTouched = false;
    addEventListener(
      'pointerdown',
      () => {
        isTouched = true;
      },
      true,
    );
    const { resume } = AudioContext.prototype;
    const own = Object.getOwnPropertyDescriptor(BaseAudioContext.prototype, 'state');
    Object.defineProperty(AudioContext.prototype, 'state', {
      get: function (this: AudioContext) {
        return isTouched ? own?.get?.call(this) : 'suspended';
      },
    });
    AudioContext.prototype.resume = function () {
      return isTouched ? resume.call(this) : new Promise(() => {});
    };
  });

test('a browser that lets no untouched page sound: the head says so, until the wall is touched', async ({
  browser,
}) => {
  test.setTimeout(240_000);
  const { wall } = await hang(browser, 'Mute', { setup: { hasSound: true }, prepare: muteUntilTouched });
  await expect(wall.locator('[data-sound]')).toHaveAttribute('data-sound', 'blocked', ready);
  await isDrawn(wall);
  await isClean(wall);
  await wall.mouse.click(960, 20);
  await expect(wall.locator('[data-sound]')).toHaveAttribute('data-sound', 'silent');
});
