import { expect, type Page, test } from '@playwright/test';
import { accessFaults, isGrave } from '../access';
import {
  at,
  atIso,
  call,
  cellsOf,
  expectHits,
  figureOf,
  headers,
  hits,
  type Node,
  open,
  panel,
  ready,
  takeFile,
} from './testing';

const rankRows = (page: Page) => panel(page, 'rank-board').locator('button[data-code]');
const rankValues = (page: Page) =>
  panel(page, 'rank-board')
    .locator('button[data-code] [data-metric]')
    .evaluateAll((nodes) => nodes.map((node) => Number((node as HTMLElement).dataset.value)));
const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);

test('the desk is ready, alone, without an error', async ({ page }) => {
  const errors: string[] = [];
  const foreign: string[] = [];
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('request', (request) => {
    if (!/^(blob|data):/.test(request.url()) && new URL(request.url()).hostname !== 'localhost')
      foreign.push(request.url());
  });
  await open(page, at, { hasPoints: true });
  await expect(page.locator('[data-panel]')).toHaveCount(6);
  expect(await page.locator('[data-screen]').textContent()).not.toMatch(/\b(panel|mid|common|map)\.[a-z]/);
  expect(errors).toEqual([]);
  expect(foreign).toEqual([]);
});

test('one drills from the district to a building, the panels follow, and the link restores it all', async ({
  page,
  request,
  context,
}) => {
  const tree = await call<Node[]>(request, 'division.tree');
  const nameOf = (code: string | null) => tree.find((node) => node.code === code)?.name ?? '';
  await open(page, `${at}&m=event.reported`);
  await panel(page, 'rank-board').getByRole('button', { name: '街道', exact: true }).click();
  const steps: string[] = [];
  for (const level of ['subdistrict', 'community']) {
    const first = rankRows(page).first();
    const code = (await first.getAttribute('data-code')) ?? '';
    expect(tree.find((node) => node.code === code)?.level).toBe(level);
    await first.dblclick();
    await expect(page).toHaveURL(new RegExp(`a=${code}`));
    await expectHits(page, await figureOf(request, { metric: 'event.reported', division: code }));
    await expect(panel(page, 'division-card').locator('h2')).toHaveText(nameOf(code));
    const children = tree.filter((node) => node.parent === code).map((node) => node.code);
    expect(
      (await rankRows(page).evaluateAll((rows) => rows.map((row) => (row as HTMLElement).dataset.code)))
        .filter((row) => row !== 'none')
        .sort(),
    ).toEqual(children.sort());
    steps.push(code);
  }
  await expect(page.getByRole('navigation', { name: '当前位置' })).toContainText(nameOf(steps[1] ?? null));
  const buildings = await cellsOf(request, { metric: 'dwelling.count', division: steps[1], dimensions: ['building'] });
  const largest = buildings.reduce((best, cell) => ((cell.value ?? 0) > (best.value ?? 0) ? cell : best));
  const code = largest.at.building ?? '';
  await page.keyboard.press('Control+k');
  await page.keyboard.type(code);
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`sel=building:${code}`));
  const card = panel(page, 'building-card');
  await expect(card.locator('[data-metric="dwelling.count"]')).toHaveAttribute('data-value', String(largest.value));
  await expect(card.getByRole('option')).toHaveCount(largest.value ?? 0);
  await card.getByRole('option').first().click();
  await expect(card.locator('[data-dwelling]')).toBeVisible();
  expect(await card.textContent()).not.toMatch(/1\d{10}|\d{17}[\dX]/);
  await ready(page);

  const again = await context.newPage();
  await open(again, new URL(page.url()).search.slice(1));
  await expect(panel(again, 'building-card').locator('h2').first()).toHaveText(
    (await card.locator('h2').first().textContent()) ?? '',
  );
  expect(await rankValues(again)).toEqual(await rankValues(page));
  expect(await hits(again).getAttribute('data-value')).toBe(await hits(page).getAttribute('data-value'));
});

test('a click on the map selects, a double click descends, Escape climbs', async ({ page, request }) => {
  const tree = await call<Node[]>(request, 'division.tree');
  const community = tree.find((node) => node.level === 'community');
  const [lng, lat] = community?.center ?? [0, 0];
  await open(page, `${at}&ly=division-fill,division-line&cam=${lng},${lat},13,0,0`);
  const box = await page.locator('[data-map]').boundingBox();
  const [x, y] = [(box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + (box?.height ?? 0) / 2];
  await page.mouse.click(x, y);
  await expect(page).toHaveURL(new RegExp(`sel=division:${community?.code}`));
  const count = await figureOf(request, { metric: 'event.reported', division: community?.code });
  await expectHits(page, count);
  await expect(panel(page, 'division-card').locator('[data-metric="event.reported"]').first()).toHaveAttribute(
    'data-value',
    String(count),
  );
  await expect(page).toHaveURL(/cam=/);
  await page.mouse.dblclick(x, y);
  await expect(page).toHaveURL(new RegExp(`[?&]a=${community?.code}`));
  await ready(page);
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(new RegExp(`[?&]a=${community?.parent}`));
});

test('a facet filters map, trend, ranking, table and hits alike, and not itself', async ({ page, request }) => {
  await open(page, `${at}&m=event.reported`, { hasPoints: true });
  const openOnMap = page.locator('[data-legend]').filter({ hasText: '在办' }).locator('b');
  const trendTotal = panel(page, 'event-trend').locator('[data-metric="event.reported"]').first();
  const facet = panel(page, 'facets').locator('fieldset').first();
  const before = { map: await openOnMap.textContent(), facet: await facet.textContent() };
  await facet.getByRole('checkbox', { name: '较大' }).check();
  const filters = [{ source: 'facet-level', field: 'level', values: ['3'] }];
  const count = await figureOf(request, { metric: 'event.reported', filters });
  await expectHits(page, count);
  await expect(trendTotal).toHaveAttribute('data-value', String(count));
  await expect(panel(page, 'event-queue')).toContainText(`${count.toLocaleString('en')} 件`);
  expect(sum(await rankValues(page))).toBe(count);
  await expect(openOnMap).toHaveText(String(await figureOf(request, { metric: 'event.open', filters })));
  expect(await openOnMap.textContent()).not.toBe(before.map);
  expect(((await facet.textContent()) ?? '').replace(/已选 \d+ 项\s*/, '')).toBe(before.facet);
  const marks = await panel(page, 'event-queue')
    .locator('tbody svg[role="img"]')
    .evaluateAll((nodes) => nodes.map((node) => node.getAttribute('aria-label')));
  expect(new Set(marks)).toEqual(new Set(['Ⅲ']));
  await page.getByRole('button', { name: '去掉筛选：等级' }).click();
  await expectHits(page, await figureOf(request, { metric: 'event.reported' }));
});

test('children add up to their parent, for events and for what stands there', async ({ page, request }) => {
  await open(page);
  for (const metric of [
    'event.reported',
    'event.open',
    'building.count',
    'dwelling.count',
    'entity.count',
    'asset.count',
  ]) {
    await page.evaluate((url) => history.pushState(null, '', url), `/mid?${at}&ly=division-fill&m=${metric}`);
    await expect(rankRows(page).locator('[data-metric]').first()).toHaveAttribute('data-metric', metric);
    await ready(page);
    const total = await figureOf(request, { metric });
    await panel(page, 'rank-board').getByRole('button', { name: '社区', exact: true }).click();
    await ready(page);
    expect(sum(await rankValues(page)), `${metric} by community`).toBe(total);
    await panel(page, 'rank-board').getByRole('button', { name: '街道', exact: true }).click();
    await ready(page);
    expect(sum(await rankValues(page)), `${metric} by sub-district`).toBe(total);
  }
});

test('everything can be done by keyboard', async ({ page }) => {
  await open(page);
  await page.keyboard.press('/');
  await expect(page.getByRole('combobox', { name: '搜索' })).toBeFocused();
  await page.keyboard.press('Escape');
  await page.locator('body').click({ position: { x: 400, y: 20 } });
  await page.keyboard.press('j');
  await expect(page).toHaveURL(/sel=event:/);
  const first = new URL(page.url()).searchParams.get('sel');
  await expect(panel(page, 'event-card')).toHaveAttribute('data-state', 'ready');
  await page.keyboard.press('j');
  await expect.poll(() => new URL(page.url()).searchParams.get('sel')).not.toBe(first);
  await page.keyboard.press('k');
  await expect.poll(() => new URL(page.url()).searchParams.get('sel')).toBe(first);
  await page.keyboard.press('Escape');
  await expect(page).not.toHaveURL(/sel=/);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await rankRows(page).first().focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/sel=division:/);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/[?&]a=/);
  await page.keyboard.press('ArrowLeft');
  await expect(page).not.toHaveURL(new RegExp(at));
});

test('whatever takes the focus shows it', async ({ page }) => {
  await open(page);
  const seen = new Set<string>();
  for (let i = 0; i < 60; i++) {
    await page.keyboard.press('Tab');
    const focus = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return null;
      const around = element.closest('[role="grid"],[role="slider"],:focus-within') ?? element;
      const shown = [element, element.parentElement, around].some((node) => {
        const style = node && getComputedStyle(node);
        return (
          style &&
          ((style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 1) || style.boxShadow !== 'none')
        );
      });
      return {
        what: `${element.tagName} ${element.getAttribute('aria-label') ?? element.textContent?.slice(0, 20)}`,
        shown,
      };
    });
    if (focus) expect(focus.shown, focus.what).toBe(true);
    seen.add(focus?.what ?? '');
  }
  expect(seen.size).toBeGreaterThan(30);
});

for (const [name, query] of [
  ['the district', at],
  ['an event', `${at}&sel=event:`],
] as const) {
  test(`axe finds nothing serious: ${name}`, async ({ page, request }) => {
    const question = { division: null, period: 'P30D', at: atIso, filters: [] };
    const { rows } = await call<{ rows: { id: string; building: string | null }[] }>(request, 'event.list', {
      question,
    });
    await open(page, query.endsWith('event:') ? `${query}${rows[0]?.id}` : query, { hasPoints: true });
    for (const theme of ['dark', 'light']) {
      if (theme === 'light') await page.getByRole('button', { name: '浅色' }).click();
      await ready(page);
      expect((await accessFaults(page)).filter(isGrave), theme).toEqual([]);
    }
  });
}

test('trend and rail set the time of every panel, and the file holds what the table shows', async ({ page }) => {
  await open(page);
  const plot = await panel(page, 'event-trend').locator('canvas').first().boundingBox();
  const y = (plot?.y ?? 0) + (plot?.height ?? 0) / 2;
  const x = (share: number) => (plot?.x ?? 0) + (plot?.width ?? 0) * share;
  await page.mouse.move(x(0.5), y);
  await page.mouse.down();
  await page.mouse.move(x(0.72), y, { steps: 8 });
  await page.mouse.up();
  await expect(page).toHaveURL(/t=\d{4}-\d{2}-\d{2}(\/|%2F)\d{4}/);
  await ready(page);
  const brushed = await hits(page).getAttribute('data-value');
  const rail = page.getByRole('slider', { name: '时间轴' });
  const box = await rail.boundingBox();
  await page.mouse.click((box?.x ?? 0) + (box?.width ?? 0) * 0.7, (box?.y ?? 0) + 10);
  await expect(hits(page)).not.toHaveAttribute('data-value', brushed ?? '');
  await ready(page);
  const shown = Number(await hits(page).getAttribute('data-value'));
  const { rows } = await takeFile(page, panel(page, 'event-queue'));
  expect(rows).toHaveLength(shown);
  expect(Object.keys(rows[0] ?? {})).toContain('受理号');
  await page.getByRole('button', { name: '回到实时' }).last().click();
  await expect(page).not.toHaveURL(/[?&]at=/);
});

test('an event reported elsewhere appears without a reload', async ({ page, request }) => {
  await open(page, 't=today');
  const tree = await call<Node[]>(request, 'division.tree');
  const before = Number(await hits(page).getAttribute('data-value'));
  const title = `垃圾堆放 ${crypto.randomUUID().slice(0, 8)}`;
  const event = {
    clientKey: crypto.randomUUID(),
    category: '0101',
    source: '01',
    title,
    position: tree.find((node) => node.level === 'grid')?.center,
  };
  expect((await request.post('/api/trpc/event.report', { headers, data: { json: event } })).status()).toBe(200);
  await expect(panel(page, 'event-queue')).toContainText(title);
  await expect.poll(async () => Number(await hits(page).getAttribute('data-value'))).toBeGreaterThan(before);
});

const widthOf = async (page: Page, key: string) =>
  Math.round(
    (
      await page
        .locator(`div:has(> ${`[data-panel="${key}"]`})`)
        .first()
        .boundingBox()
    )?.width ?? 0,
  );

test('2560 wide, only map and table grow; narrow, the card lies over and nothing runs off the side', async ({
  page,
}) => {
  await open(page);
  const fixed = ['event-trend', 'rank-board'];
  const at1920 = await Promise.all(fixed.map((key) => widthOf(page, key)));
  const table1920 = await widthOf(page, 'event-queue');
  expect(at1920).toEqual([380, 320]);
  await page.setViewportSize({ width: 2560, height: 1440 });
  await ready(page);
  expect(await Promise.all(fixed.map((key) => widthOf(page, key)))).toEqual(at1920);
  expect(await widthOf(page, 'event-queue')).toBe(table1920 + 640);
  await page.setViewportSize({ width: 1366, height: 768 });
  await ready(page);
  await expect(panel(page, 'division-card')).toHaveCount(0);
  await page.getByRole('button', { name: '档案' }).click();
  await expect(panel(page, 'division-card')).toBeVisible();
  for (const [width, height] of [
    [1366, 768],
    [960, 540],
    [640, 720],
  ] as const) {
    await page.setViewportSize({ width, height });
    await ready(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth), `${width}`).toBeLessThanOrEqual(width);
  }
});
