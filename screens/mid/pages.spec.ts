import { type APIRequestContext, expect, type Page, test } from '@playwright/test';
import { at, atIso, call, cellsOf, figureOf, type Node, open, panel, ready, takeFile } from './testing';

const current = (page: Page) => page.locator('[data-page][aria-current="page"]');
const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
type EventRow = { id: string; stage: string; status: string; title: string; reportedAt: string; dueAt: string | null };
const openEvents = (request: APIRequestContext) =>
  call<{ rows: EventRow[]; total: number }>(request, 'event.open', {
    question: { division: null, period: 'P30D', at: atIso, filters: [] },
    limit: 500,
  });

test('tabs, figures and G with a letter lead to the pages; place and time stay', async ({ page }) => {
  await open(page, `${at}&t=P7D`);
  const goings: [() => Promise<void>, string][] = [
    [() => page.locator('[data-page="desk"]').click(), 'desk'],
    [() => page.keyboard.press('3'), 'explorer'],
    [() => page.keyboard.press('4'), 'assess'],
    [() => page.keyboard.press('0'), 'verify'],
    [() => page.keyboard.press('1'), 'analyst'],
    [() => page.keyboard.press('g').then(() => page.keyboard.press('e')), 'explorer'],
    [() => page.keyboard.press('g').then(() => page.keyboard.press('d')), 'desk'],
    [() => page.goBack().then(() => undefined), 'explorer'],
  ];
  for (const [go, wanted] of goings) {
    await go();
    await expect(current(page)).toHaveAttribute('data-page', wanted);
    await expect(page).toHaveURL(
      wanted === 'analyst' ? /^(?!.*[?&]v=).*t=P7D/ : new RegExp(`(?=.*t=P7D).*v=${wanted}`),
    );
  }
});

test('the dispatch desk: counts by step are the list, J and K walk it, Enter reads on', async ({ page, request }) => {
  await open(page, `${at}&v=desk`);
  const { rows, total } = await openEvents(request);
  const counts = await panel(page, 'desk-queue')
    .locator('[data-stage] [data-metric="event.open"]')
    .evaluateAll((nodes) => nodes.map((node) => Number((node as HTMLElement).dataset.value)));
  expect(sum(counts)).toBe(total);
  // the first is open by itself
  await expect(page).toHaveURL(new RegExp(`sel=event:${rows[0]?.id}`));
  await expect(panel(page, 'event-card').locator('h2').first()).toHaveText(rows[0]?.title ?? '');
  await page.keyboard.press('j');
  await expect(page).toHaveURL(new RegExp(`sel=event:${rows[1]?.id}`));
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-detail]')).toBeFocused();
  const handle = panel(page, 'desk-queue').locator('[data-stage="handle"]');
  await handle.click();
  await expect(handle).toHaveAttribute('aria-pressed', 'true');
  const nHandled = rows.filter(({ stage }) => stage === 'handle').length;
  await expect(panel(page, 'desk-queue')).toContainText(`${nHandled} 件`);
  await expect(handle.locator('[data-metric]')).toHaveAttribute('data-value', String(nHandled));
});

test('overdue: about to be late first, then the longest debt', async ({ page, request }) => {
  await open(page, `${at}&v=desk`);
  const { rows } = await openEvents(request);
  const now = Date.parse(atIso);
  const running = rows.filter(({ status }) => status !== 'S42');
  const left = new Map(running.map((row) => [row.id, row.dueAt ? Date.parse(row.dueAt) - now : Number.NaN]));
  const shown = await panel(page, 'desk-overdue')
    .locator('[data-id]')
    .evaluateAll((nodes) => nodes.map((node) => (node as HTMLElement).dataset.id ?? ''));
  const debts = shown.map((id) => left.get(id) ?? Number.NaN);
  const nLate = [...left.values()].filter((ms) => ms < 0).length;
  expect(debts.filter((ms) => ms < 0)).toHaveLength(nLate);
  const soon = debts.filter((ms) => ms >= 0);
  const late = debts.filter((ms) => ms < 0);
  expect(debts).toEqual([...soon.toSorted((a, b) => a - b), ...late.toSorted((a, b) => a - b)]);
});

test('one may do what the post may do, and the event moves', async ({ page, request }) => {
  const headers = { 'x-screen': 'mid' };
  const tree = await call<Node[]>(request, 'division.tree');
  const event = {
    ...{
      clientKey: crypto.randomUUID(),
      category: '0201',
      source: '01',
      title: `分拨 ${crypto.randomUUID().slice(0, 8)}`,
    },
    position: tree.find(({ level }) => level === 'grid')?.center,
  };
  const response = await request.post('/api/trpc/event.report', { headers, data: { json: event } });
  const { id } = (await response.json()).result.data.json;
  const { moves } = await call<{ moves: string[] }>(request, 'event.byId', { id });
  await open(page, `v=desk&sel=event:${id}`);
  const buttons = panel(page, 'desk-moves').locator('[data-move]');
  await expect(buttons).toHaveCount(moves.length);
  expect(await buttons.evaluateAll((nodes) => nodes.map((node) => (node as HTMLElement).dataset.move))).toEqual(moves);
  const next = moves[0] ?? '';
  expect(next).not.toBe('');
  await panel(page, 'desk-moves').getByRole('textbox').fill('请尽快处理');
  await panel(page, 'desk-moves').locator(`[data-move="${next}"]`).click();
  await expect.poll(async () => (await call<{ status: string }>(request, 'event.byId', { id })).status).toBe(next);
  await expect(panel(page, 'event-card').locator('q')).toHaveText('请尽快处理');
});

test('the explorer: table, whole and map say the same, the split stands in the URL, the file holds it all', async ({
  page,
  request,
}) => {
  await open(page, `${at}&v=explorer&m=event.reported`, { hasPoints: true });
  const figures = panel(page, 'explorer-figures');
  const whole = await figureOf(request, { metric: 'event.reported' });
  await expect(figures.locator('[data-metric="event.reported"]').first()).toHaveAttribute('data-value', String(whole));
  await expect(page.locator('[data-map]')).toHaveAttribute('data-layers', /division-fill/);
  await figures.getByRole('button', { name: /^再按/ }).click();
  await page.getByRole('menuitemradio', { name: '等级', exact: true }).click();
  await expect(page).toHaveURL(/v=explorer\.community\.level/);
  await ready(page);
  const cells = await cellsOf(request, { metric: 'event.reported', dimensions: ['community', 'level'] });
  const { rows, mark } = await takeFile(page, figures);
  expect(rows).toHaveLength(cells.length);
  expect(sum(rows.map((row) => Number(row.数值)))).toBe(whole);
  expect(mark).toMatchObject({ 用途: '会议材料', 内容: '指标分析', 数据性质: '演示数据' });
  await page.getByRole('button', { name: '导出留痕' }).click();
  await expect(page.locator(`[data-number="${mark.导出编号}"]`)).toContainText(`${cells.length} 行 · CSV`);
  await page.getByRole('dialog').getByRole('button', { name: '关闭' }).click();
  await panel(page, 'explorer-tree').getByRole('searchbox').fill('K10');
  await panel(page, 'explorer-tree').getByRole('button', { name: /K10/ }).click();
  await expect(page).toHaveURL(/m=event\.on_time_close_rate/);
  await expect(panel(page, 'explorer-card')).toContainText('K10');
});

test('residents by grid: what is withheld is told, and the parts make the whole', async ({ page, request }) => {
  const [whole] = await cellsOf(request, { metric: 'person.resident' });
  await open(page, `${at}&v=explorer.grid&m=person.resident`);
  const note = panel(page, 'explorer-figures').locator('[data-withheld]');
  const cells = await cellsOf(request, { metric: 'person.resident', dimensions: ['grid'] });
  const withheld = cells.filter(({ value }) => value === null);
  const shown = sum(cells.flatMap(({ value }) => value ?? []));
  if (withheld.length === 0) {
    await expect(note).toHaveCount(0);
    expect(shown).toBe(whole?.value);
    return;
  }
  await expect(note).toHaveAttribute('data-withheld', String(withheld.length));
  const told = await note.getAttribute('data-withheld-total');
  if (told !== '') expect(shown + Number(told)).toBe(whole?.value);
  else expect(shown).toBeLessThan(whole?.value ?? 0);
});

test('T turns the map into tables that add up to it, and back', async ({ page, request }) => {
  await open(page, `${at}&m=event.reported&ly=division-fill,division-label,event-points`);
  await page.keyboard.press('t');
  const twin = page.locator('[data-twin]');
  await expect(twin).toHaveAttribute('data-state', 'ready');
  const whole = await figureOf(request, { metric: 'event.reported' });
  await expect(twin.locator('[data-metric]').first()).toHaveAttribute('data-value', String(whole));
  const write = async () => (await takeFile(page, twin)).rows;
  expect(sum((await write()).map((row) => Number(row.数值)))).toBe(whole);
  await twin.getByRole('button', { name: '在办事件' }).click();
  expect(await write()).toHaveLength(await figureOf(request, { metric: 'event.open' }));
  await twin.locator('tbody tr').first().click();
  await expect(page).toHaveURL(/sel=event:/);
  await page.keyboard.press('t');
  await expect(twin).toHaveCount(0);
  await expect(page.locator('[data-map]')).toHaveAttribute('data-state', 'ready');
});

test('every key of the help page is one the desk listens to', async ({ page }) => {
  await open(page);
  await page.keyboard.press('?');
  const listed = await page
    .getByRole('dialog')
    .locator('[data-key]')
    .evaluateAll((nodes) => nodes.map((node) => (node as HTMLElement).dataset.key));
  expect(listed).toEqual([
    ...[
      'search',
      'tabs',
      'go',
      'rows',
      'dispatch',
      'enter',
      'up',
      'play',
      'step',
      'layers',
      'table',
      'fullScreen',
      'cast',
    ],
    ...['explain', 'solo', 'help'],
  ]);
  await page.keyboard.press('Escape');
  await page.keyboard.press('l');
  await expect(page.locator('[data-picker] input').first()).toBeFocused();
  await page.keyboard.press('Shift+C');
  await expect(page.getByRole('menu')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menu')).toHaveCount(0);
  await page.keyboard.press('f');
  await expect.poll(() => page.evaluate(() => document.fullscreenElement !== null)).toBe(true);
});

test('a figure tells how it came about: meaning, scope, rows and SQL; a row leads to its event', async ({ page }) => {
  await open(page);
  const figure = page.locator('[data-panel] [data-metric="event.reported"]:not(button *, a *)').first();
  const value = Number(await figure.getAttribute('data-value'));
  await figure.click();
  const glass = page.locator('[data-glass="event.reported"]');
  await expect(glass.locator('[data-metric]').first()).toHaveAttribute('data-value', String(value));
  await expect(glass.locator('[data-rows]')).toHaveAttribute('data-rows', String(value));
  await glass.getByText('SQL').click();
  await expect(glass.locator('pre')).toContainText('reported_at');
  await glass.locator('[data-rows] button').first().click();
  await expect(glass).toHaveCount(0);
  await expect(page).toHaveURL(/sel=event:/);
  // where a press leads elsewhere, and by keyboard
  await page.locator('[data-panel="rank-board"] [data-metric]').first().click({ button: 'right' });
  await expect(page.locator('[data-glass]')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.locator('[data-panel="rank-board"] button').first().focus();
  await page.keyboard.press('i');
  await expect(page.locator('[data-glass]')).toBeVisible();
  await page.keyboard.press('Escape');
  // and on a chart: the day under the pointer
  await panel(page, 'event-trend').locator('[data-figures]').click({ button: 'right' });
  await expect(glass.locator('dl').nth(1)).toContainText(/日 \d/);
});

test('an entity has its card: trade, place, code, and the way to its building', async ({ page, request }) => {
  const [entity] = await call<{ id: string; name: string; building: string | null }[]>(request, 'entity.list', {
    at: atIso,
    limit: 1,
  });
  await open(page, `${at}&sel=entity:${entity?.id}`);
  const card = panel(page, 'entity-card');
  await expect(card.locator('h2').first()).toHaveText(entity?.name ?? '');
  expect(await card.textContent()).toMatch(/9[12]440300/);
  await card.getByRole('button', { name: /楼栋档案|所在房屋/ }).click();
  await expect(panel(page, 'building-card')).toHaveAttribute('data-state', 'ready');
});

test('the way down ends at the dwelling, each step with its siblings, and Escape climbs it', async ({
  page,
  request,
}) => {
  const tree = await call<Node[]>(request, 'division.tree');
  const division = tree.find(({ level }) => level === 'grid')?.code;
  const cells = await cellsOf(request, { metric: 'dwelling.count', division, dimensions: ['building'] });
  const largest = cells.reduce((best, cell) => ((cell.value ?? 0) > (best.value ?? 0) ? cell : best));
  const building = largest.at.building ?? '';
  type Step = { here: { code: string; name: string } | null; siblings: { code: string }[] };
  const trail = await call<{ grid: string; block: Step; dwelling: Step }>(request, 'place.trail', {
    kind: 'building',
    code: building,
  });
  const dwelling = trail.dwelling.siblings[0]?.code ?? '';
  await open(page, `${at}&sel=dwelling:${dwelling}`);
  const crumbs = page.getByRole('navigation', { name: '当前位置' });
  const kinds = () =>
    crumbs.locator('[data-kind]').evaluateAll((nodes) => nodes.map((node) => (node as HTMLElement).dataset.kind));
  await expect(crumbs.locator('[data-kind="dwelling"]')).toBeVisible();
  expect(await kinds()).toEqual(['district', 'subdistrict', 'community', 'grid', 'block', 'building', 'dwelling']);
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(new RegExp(`sel=building:${building}`));
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(new RegExp(`sel=block:${trail.block.here?.code}`));
  await expect(panel(page, 'block-card').locator('h2').first()).toHaveText(trail.block.here?.name ?? '');
  await crumbs.locator('[data-kind="grid"]').click();
  await expect(page).toHaveURL(new RegExp(`[?&]a=${trail.grid}`));
  await crumbs.getByRole('button', { name: '进入下级块' }).click();
  await page.getByRole('menuitemradio').first().click();
  await expect(page).toHaveURL(/sel=block:/);
});

test('a view is kept by name, opened by somebody of the place, and removed', async ({ page, context, request }) => {
  const name = `早会 ${crypto.randomUUID().slice(0, 6)}`;
  await open(page, `${at}&v=explorer.community&m=event.open&t=P7D`);
  const dialog = page.getByRole('dialog');
  await page.getByRole('button', { name: '保存的视图' }).click();
  await dialog.getByRole('textbox', { name: '为当前视图取名' }).fill(name);
  await dialog.getByRole('button', { name: '保存', exact: true }).click();
  await expect(dialog.locator(`[data-view="${name}"]`)).toBeVisible();
  const again = await context.newPage();
  await open(again, at);
  await again.getByRole('button', { name: '保存的视图' }).click();
  await again.locator(`[data-view="${name}"]`).getByRole('button', { name: '打开' }).click();
  await expect(again).toHaveURL(/v=explorer\.community/);
  await expect(again).toHaveURL(/m=event\.open/);
  await expect(again).toHaveURL(/t=P7D/);
  await dialog.getByRole('button', { name: `删除“${name}”` }).click();
  await expect(dialog.locator(`[data-view="${name}"]`)).toHaveCount(0);
  const left = await call<{ name: string }[]>(request, 'view.list');
  expect(left.map((saved) => saved.name)).not.toContain(name);
});
