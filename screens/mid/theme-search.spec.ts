import { expect, test } from '@playwright/test';
import { accessFaults } from '../access';
import { at, atIso, call, figureOf, panel, ready, takeFile } from './testing';

type Hit = { id: string; kind: string; building: string | null; grid: string; position: [number, number] | null };
type Found = { rows: Hit[]; isCut: boolean };
type Tree = { code: string; dwellings: { code: string; people: { id: string; to: string | null }[] | null }[] };

const base = { purpose: 'check' as const, at: atIso };

test('a theme is searched for a purpose by its own conditions: rows, map, card, tree and file are one search', async ({
  page,
  request,
}) => {
  await page.goto(`/mid?v=theme&${at}`);
  await ready(page);
  const list = panel(page, 'theme-list');
  await expect(list.locator('tbody tr')).toHaveCount(0);
  await list.locator('[data-purpose="check"]').click();
  await list.locator('[data-condition="ageBand"]').selectOption('85+');
  await list.locator('[data-condition="populationType"]').selectOption('2');
  await expect(page).toHaveURL(/v=theme\.person\.check\.ageBand/);
  const conditions = { ageBand: '85+', populationType: '2' };
  const { rows } = await call<Found>(request, 'theme.list', { ...base, theme: 'person', conditions });
  await expect(list.locator('[data-told]')).toHaveAttribute('data-told', String(rows.length));
  await expect(list.locator('tbody tr').first()).toContainText('*');
  await expect(page.locator('[data-map]')).toHaveAttribute('data-layers', /theme-rows/);
  await ready(page);

  await page.keyboard.press('j');
  const [first] = rows;
  await expect(page).toHaveURL(new RegExp(`sel=person:${first?.id}`));
  const card = panel(page, 'person-card');
  await expect(card.locator('h2')).toContainText('*');
  const tree = await call<Tree>(request, 'theme.relations', { ...base, kind: 'person', id: first?.id });
  const drawn = panel(page, 'theme-tree');
  await expect(drawn.locator('[data-tree]')).toHaveAttribute('data-tree', tree.code);
  await expect(drawn.locator('[data-dwelling]')).toHaveCount(tree.dwellings.length);
  const node = drawn.locator(`[data-node="person:${first?.id}"]`).first();
  await expect(node).toHaveAttribute('aria-current', 'true');
  await drawn.locator(`[data-node="building:${tree.code}"]`).click();
  await expect(panel(page, 'building-card')).toBeVisible();

  const file = await takeFile(page, list);
  expect(file.rows).toHaveLength(rows.length);
  expect(file.rows.every(({ 姓名 }) => /^.\*+$/.test(姓名 ?? ''))).toBe(true);
  expect(Object.values(file.mark).join()).toContain('85');
  const faults = await accessFaults(page);
  expect(faults.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
});

test('before it is said what for, themes are counted, mapped and ranked, and the one chosen is searched', async ({
  page,
  request,
}) => {
  await page.goto(`/mid?v=theme&${at}`);
  await ready(page);
  const list = panel(page, 'theme-list');
  await expect(page.locator('[data-map]')).toHaveAttribute('data-layers', /division-fill/);
  await expect(page.locator('[data-legend]')).toContainText(['实有人口']);
  await list.locator('[data-counted="dwelling"]').click();
  const n = await figureOf(request, { metric: 'dwelling.count' });
  const told = list.locator('[data-metric="dwelling.count"]');
  await expect(told).toHaveAttribute('data-value', String(n));
  await expect(page.locator('[data-legend]')).toContainText(['房屋数']);
  await expect(panel(page, 'rank-board').locator('[data-metric]').first()).toHaveAttribute(
    'data-metric',
    'dwelling.count',
  );
  const faults = await accessFaults(page);
  expect(faults.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
  await list.locator('[data-purpose="check"]').click();
  await expect(list.locator('[data-theme-key="dwelling"]')).toHaveAttribute('aria-pressed', 'true');
  await expect(list.locator('tbody tr').first()).toBeVisible();
});

test('vehicles by the end of their plates: masked, whose they are told to the community alone', async ({
  page,
  request,
}) => {
  const { rows } = await call<Found>(request, 'theme.list', { ...base, theme: 'vehicle' });
  const [any] = rows;
  await page.goto(`/mid?v=theme.vehicle.check&${at}`);
  await ready(page);
  const list = panel(page, 'theme-list');
  const plate = await list.locator('tbody tr').first().locator('td').first().textContent();
  const tail = (plate ?? '').trim().slice(-2);
  await list.locator('[data-condition="tail"]').fill(tail);
  await list.locator('[data-condition="tail"]').press('Enter');
  await expect(page).toHaveURL(new RegExp(`tail(=|%3D)${tail}`));
  const same = await call<Found>(request, 'theme.list', { ...base, theme: 'vehicle', conditions: { tail } });
  await expect(list.locator('[data-told]')).toHaveAttribute('data-told', String(same.rows.length));
  for (const shown of await list.locator('tbody tr td:first-child').allTextContents())
    expect(shown.trim()).toMatch(new RegExp(`·\\*\\*\\d?${tail}$`));

  await page.goto(`/mid?v=theme.vehicle.check&${at}&sel=vehicle:${any?.id}`);
  await ready(page);
  await expect(panel(page, 'vehicle-card')).toContainText('只对社区和网格岗位显示');
  await page.request.post('/api/post', { data: { role: 'R4', division: any?.grid.slice(0, 12) } });
  await page.reload();
  await ready(page);
  await expect(panel(page, 'vehicle-card')).not.toContainText('只对社区和网格岗位显示');

  await page.request.post('/api/post', { data: { role: 'R7', division: 'DP' } });
  await page.goto(`/mid?v=theme.vehicle.check&${at}`);
  await ready(page);
  await expect(list).toContainText('只看汇总数据');
});

test('the clock shows who was registered then', async ({ page, request }) => {
  const { rows } = await call<Found>(request, 'theme.list', {
    ...base,
    theme: 'dwelling',
    conditions: { houseUse: '2' },
  });
  const past = '2022-06-01T02:00:00.000Z';
  for (const instant of [atIso, past]) {
    const asked = { purpose: 'check', at: instant, kind: 'dwelling', id: rows[0]?.id };
    const tree = await call<Tree>(request, 'theme.relations', asked);
    const home = tree.dwellings.find(({ code }) => code === rows[0]?.id);
    await page.goto(`/mid?v=theme.dwelling.check&at=${encodeURIComponent(instant)}&sel=dwelling:${rows[0]?.id}`);
    await ready(page);
    const drawn = panel(page, 'theme-tree').locator(`[data-dwelling="${rows[0]?.id}"]`);
    await expect(drawn.locator('[data-node^="person:"]')).toHaveCount(home?.people?.length ?? -1);
    const over = (home?.people ?? []).filter(({ to }) => to !== null).length;
    await expect(drawn.locator('[data-over] [data-node^="person:"]')).toHaveCount(over);
  }
});
