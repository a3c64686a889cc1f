import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import postgres from 'postgres';
import type { RecutProposal } from '@/data/model/recut';
import { accessFaults, isGrave } from '../access';
import { settingOf } from '../setting';
import { panel, ready } from './testing';

type Grid = { code: string; parent: string; geometry: RecutProposal['grids'][number]['geometry']; buildings: number };

const form = (page: Page) => panel(page, 'recut-form');
const give = (page: Page, text: string) =>
  form(page)
    .locator('input[type="file"]')
    .setInputFiles({ name: 'cut.geojson', mimeType: 'application/geo+json', buffer: Buffer.from(text) });

/** A grid of the demo under a new code, over the ground that `shrink` leaves of it. */
const fileOf = ({ code, parent, geometry }: Grid, shrink = 0) => {
  const moved = (ring: number[][]) => ring.map(([lng = 0, lat = 0]) => [lng, lat - shrink]);
  const shape =
    geometry.type === 'Polygon'
      ? { ...geometry, coordinates: geometry.coordinates.map(moved) }
      : { ...geometry, coordinates: geometry.coordinates.map((part) => part.map(moved)) };
  const properties = { code: `${parent}98`, community: parent, name: '新格', nameEn: 'New grid' };
  return JSON.stringify({
    ...{ type: 'FeatureCollection', within: parent, reason: '网格改号', ends: [code] },
    features: [{ type: 'Feature', properties, geometry: shape }],
  });
};

test('who cuts boundaries sees what moves before anything does, and is asked twice', async ({ page }, info) => {
  const url = readFileSync(join(settingOf(info, 'GRIDHALL_HOME'), 'postgres.url'), 'utf8').trim();
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  const [grid] = await sql<Grid[]>`
    select code, parent_code as parent, geometry, (select count(*)::int from building where grid_code = d.code) as buildings
    from division d where level = 6 and valid_to is null order by 4 desc, 1 limit 1`;
  await sql.end();
  if (!grid) throw new Error('The demo has no grid.');
  await page.goto('/mid?v=recut');
  await ready(page);

  await give(page, '{"type":"FeatureCollection","features":[]}');
  await expect(form(page).getByRole('alert')).toContainText('读不出');

  await give(page, fileOf(grid, 0.01));
  await expect(form(page).locator('[data-fault]').first()).toBeVisible();
  await expect(form(page).locator('[data-adopt]')).toHaveCount(0);

  await expect(page.locator('[data-map]')).toHaveAttribute('data-layers', /recut-outline/);
  await give(page, fileOf(grid));
  const row = form(page).locator(`[data-kind="building"][data-to="${grid.parent}98"]`);
  await expect(row.locator('td').last()).toHaveText(grid.buildings.toLocaleString('en'));
  const n = grid.buildings.toLocaleString('en');
  const holds = (code: string) => form(page).locator(`[data-holding="${code}"] [data-counted="building"]`);
  await expect(holds(grid.code)).toHaveText(`${n} → 0`);
  await expect(holds(`${grid.parent}98`)).toHaveText(`0 → ${n}`);
  await expect(page.locator('[data-legend]')).toContainText(['实有人口', '新网格']);
  await expect(form(page).locator('[data-fault]')).toHaveCount(0);
  expect((await accessFaults(page)).filter(isGrave)).toEqual([]);

  // What is sent is what was shown; the demo is shared with other tests and stays as it is.
  let sent: { json: RecutProposal } | null = null;
  await page.route('**/api/trpc/division.recutAdopt**', async (route) => {
    const body = route.request().postDataJSON();
    sent = body['0'] ?? body;
    const data = { json: { id: 'x', at: '2026-11-22T02:00:00.000Z', nMoved: 7 } };
    await route.fulfill({ json: [{ result: { data } }] });
  });
  await form(page).locator('[data-adopt]').click();
  expect(sent).toBeNull();
  await form(page).locator('[data-sure]').click();
  await expect(form(page).getByRole('status')).toContainText('7');
  expect(sent).toMatchObject({
    json: { within: grid.parent, ends: [grid.code], grids: [{ code: `${grid.parent}98` }] },
  });
});

test('no other post is offered it', async ({ page }) => {
  await page.request.post('/api/post', { data: { role: 'R8', division: 'DP' } });
  await page.goto('/mid?v=recut');
  await ready(page);
  await expect(form(page)).toContainText('全区指挥中心');
  await expect(form(page).locator('input')).toHaveCount(0);
  await page.goto('/mid?v=desk');
  await ready(page);
  await expect(page.locator('[data-page="recut"]')).toHaveCount(0);
  await page.getByRole('button', { name: '更多' }).click();
  await expect(page.getByRole('menuitemradio').first()).toBeVisible();
  await expect(page.getByRole('menuitemradio', { name: '区划' })).toHaveCount(0);
});
