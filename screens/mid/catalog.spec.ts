import { expect, test } from '@playwright/test';
import type { FieldCard, FieldList } from '@/data/model/catalog';
import type { Retention } from '@/data/model/retention';
import { at, atIso, call, open, panel, ready } from './testing';

test('a field is found by its words and class; its card says where from, why, who answers, how long, how full', async ({
  page,
  request,
}) => {
  const { fields } = await call<FieldList>(request, 'catalog.list');
  await open(page, `${at}&v=catalog`);
  const list = panel(page, 'catalog-list');
  await expect(list.locator('[data-shown]')).toHaveAttribute('data-shown', String(fields.length));
  await list.getByRole('searchbox').fill('证件号码');
  const named = fields.filter(({ zh }) => zh.includes('证件号码'));
  await expect(list.locator('[data-shown]')).toHaveAttribute('data-shown', String(named.length));
  await list.getByRole('button', { name: /^分级/ }).click();
  await page.getByRole('menuitemradio', { name: '密钥' }).click();
  await expect(list.locator('[data-shown]')).toHaveAttribute('data-shown', '0');
  await list.getByRole('button', { name: /^分级/ }).click();
  await page.getByRole('menuitemradio', { name: '身份' }).click();
  await list.getByText('person.id_number_sealed').click();
  await expect(page).toHaveURL(/sel=catalog:person\.id_number_sealed/);
  const card = panel(page, 'catalog-card');
  for (const words of ['网格员采集', '社区工作站', '公民身份号码', '默认遮盖', '迁出人员姓名和证件号码', '遮盖'])
    await expect(card).toContainText(words);
  const filled = await call<{ n: number; of: number }>(request, 'catalog.filled', { id: 'person.id_number_sealed' });
  await expect(card.locator('[data-filled]')).toHaveAttribute('data-rows', String(filled.of));
  await expect(card.locator('[data-metric="quality.person"]')).toBeVisible();
});

test('metrics that rest on a field are led to; a key is counted for nobody', async ({ page, request }) => {
  const field = await call<FieldCard>(request, 'catalog.byId', { id: 'event.level' });
  await open(page, `${at}&v=catalog&sel=catalog:event.level`);
  const card = panel(page, 'catalog-card');
  await expect(card.locator('[data-use]')).toHaveCount(field.metrics.length);
  await card.locator('[data-use]').first().click();
  await expect(page).toHaveURL(/v=explorer/);
  await expect(page).toHaveURL(new RegExp(`m=${field.metrics[0]}`));
  await open(page, `${at}&v=catalog&sel=catalog:account_credential.password`);
  await expect(panel(page, 'catalog-card')).toContainText('不统计');
  await expect(panel(page, 'catalog-card').locator('[data-filled]')).toHaveCount(0);
});

test('every field named on the cards of events, entities, buildings and residents leads to its entry', async ({
  page,
  request,
}) => {
  const [entity] = await call<{ id: string; building: string | null }[]>(request, 'entity.list', {
    at: atIso,
    limit: 1,
  });
  const events = await call<{ rows: { id: string }[] }>(request, 'event.list', {
    question: { division: null, period: 'P30D', at: atIso, filters: [] },
    limit: 1,
  });
  const found = await call<{ kind: string; code: string }[]>(request, 'search.find', { text: '440307009' });
  const building = found.find(({ kind }) => kind === 'building');
  const { dwellings } = await call<{ dwellings: { code: string }[] }>(request, 'place.buildingByCode', {
    code: building?.code,
    at: atIso,
  });
  const seen: Record<string, number> = {};
  for (const selection of [`entity:${entity?.id}`, `event:${events.rows[0]?.id}`, `dwelling:${dwellings[0]?.code}`]) {
    await open(page, `${at}&sel=${selection}`);
    const names = page.locator('[data-panel] [data-catalog]');
    await expect(names.first()).toBeVisible();
    const ids = await names.evaluateAll((nodes) => nodes.map((node) => (node as HTMLElement).dataset.catalog ?? ''));
    seen[selection.split(':')[0] ?? ''] = ids.length;
    for (const id of new Set(ids)) expect((await call<FieldCard>(request, 'catalog.byId', { id })).id).toBe(id);
  }
  expect(
    Object.values(seen).every((n) => n >= 5),
    JSON.stringify(seen),
  ).toBe(true);
  await page.locator('[data-catalog="building.address"]').click();
  const told = page.locator('[data-field-glass="building.address"]');
  await expect(told).toContainText('网格员采集');
  await expect(told.locator('[data-filled]')).toBeVisible();
  await told.locator('[data-open-catalog]').click();
  await ready(page);
  await expect(page).toHaveURL(/sel=catalog:building\.address/);
  await expect(panel(page, 'catalog-card').locator('h2').first()).toContainText('楼栋地址');
});

test('timers tell what is due and the next night; one is changed within its limits from tomorrow, and taken back', async ({
  page,
  request,
}) => {
  const { timers, kept } = await call<Retention>(request, 'retention.list');
  await open(page, 'v=catalog');
  const list = panel(page, 'retention-list');
  await expect(list.locator('[data-timer]')).toHaveCount(timers.length);
  await expect(list).toContainText('审计、流转和结论是追责依据');
  expect(kept.length).toBeGreaterThan(3);
  await list.locator('[data-timer="track"] button').click();
  await expect(page).toHaveURL(/sel=retention:track/);
  const card = panel(page, 'retention-card');
  const form = card.locator('form[data-form="retention"]');
  const save = async (days: string) => {
    await form.locator('[name="days"]').fill(days);
    await form.locator('[name="note"]').fill('缩短轨迹保存');
    await form.getByRole('button', { name: '登记' }).click();
  };
  await save('31');
  await expect(form.getByRole('status')).toHaveText('天数超出可调范围。');
  await save('5');
  await expect(card.locator('[data-version]')).toHaveCount(2);
  await expect(card.locator('[data-version]').first()).toContainText('5 天');
  await card.locator('[data-act="withdraw"]').click();
  await expect(card.locator('[data-withdrawn]')).toHaveCount(1);
  await expect(card.locator('h2').first()).toHaveText('网格员轨迹');
});
