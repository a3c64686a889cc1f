import { expect, test } from '@playwright/test';
import type { AddressBatch, AddressCard } from '@/data/model/address';
import { atIso, call, open, panel, takeFile } from './testing';

test('an address is explained; a list is refused by its lines, or taken and waits for its turn', async ({ page }) => {
  await open(page, 'v=address');
  const tried = panel(page, 'address-try');
  await tried.getByLabel('写一个地址').fill('地址不详');
  await tried.getByRole('button', { name: '匹配' }).click();
  await expect(tried.getByRole('status')).toContainText('认不出');
  const hand = panel(page, 'address-hand');
  const file = (text: string) => ({ name: '试点名单.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
  const send = async (text: string) => {
    await hand.getByLabel(/名单文件/).setInputFiles(file(text));
    await hand.getByRole('button', { name: '交入并匹配' }).click();
  };
  await send('地址\n葵涌街道\n" "\n');
  await expect(hand.locator('[data-line="3"]')).toContainText('地址是空的');
  await send('地址\n地址不详\n另一处不详\n');
  const card = panel(page, 'address-card');
  await expect(card.getByRole('heading', { level: 2 })).toHaveText('试点名单.csv');
  await expect(card.locator('[data-rows="2"]')).toBeVisible();
});

test('shares of a list add up; a person decides a row; a name must be of something known; a file tells every row', async ({
  page,
  request,
}) => {
  const [list] = await call<AddressBatch[]>(request, 'address.list', { at: atIso });
  if (!list) throw new Error('The demo has no list.');
  const told = () => call<AddressCard>(request, 'address.byId', { id: list.id });
  const before = await told();
  expect(before.methods.reduce((all, { n }) => all + n, 0)).toBe(list.nRows);
  expect(before.levels.reduce((all, { n }) => all + n, 0)).toBe(list.nRows);
  expect(before.nMatched / list.nRows).toBeGreaterThan(0.8);
  await open(page, `v=address&sel=address:${list.id}`);
  const card = panel(page, 'address-card');
  await expect(card.locator('[data-matched]')).toHaveAttribute('data-matched', String(before.nMatched));
  const row = card.locator('[data-open-row]').first();
  await row.getByRole('button', { name: '教别名' }).click();
  await row.getByLabel('叫法（曾用名、俗称）').fill('某大道');
  await row.getByLabel('标准路名或楼名').fill('并无此路');
  await row.getByRole('button', { name: '记下' }).click();
  await expect(row).toContainText('地址库里没有');
  const line = await row.getAttribute('data-open-row');
  await row.getByRole('button', { name: '都不是' }).click();
  await expect(card.locator(`[data-open-row="${line}"]`)).toHaveCount(0);
  const dismissed = (methods: AddressCard['methods']) => methods.find(({ method }) => method === 'dismissed')?.n ?? 0;
  await expect(card.locator('[data-share="dismissed"] [data-n]')).toHaveAttribute(
    'data-n',
    String(dismissed(before.methods) + 1),
  );
  const { rows, mark } = await takeFile(page, card);
  expect(rows).toHaveLength(list.nRows);
  expect(rows.find((one) => one.行 === line)?.方式).toBe('人工排除');
  expect(mark.用途).toContain('会议材料');
});
