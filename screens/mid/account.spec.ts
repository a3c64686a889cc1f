import { type Browser, expect, type Page, test } from '@playwright/test';
import { codeOf } from '@/server/account/testing-code';
import { accessFaults, isGrave } from '../access';
import { panel, ready } from './testing';

const own = 'kettle-Orbit-83-wren';

/** A browser nobody is signed in at. */
const freshPage = async (browser: Browser): Promise<Page> => (await browser.newContext({ locale: 'zh-CN' })).newPage();
const form = (page: Page, name: string) => page.locator(`form[data-form="${name}"]`);
const fill = async (page: Page, name: string, values: Record<string, string>) => {
  for (const [field, value] of Object.entries(values)) await form(page, name).locator(`[name="${field}"]`).fill(value);
  await page.keyboard.press('Enter');
};
const open = async (page: Page, path: string) => {
  await page.goto(path);
  await expect(page.locator('[data-screen="sign-in"]')).toHaveAttribute('data-state', 'ready');
};
const graveAt = async (page: Page) => (await accessFaults(page)).filter(isGrave);
const asPost = (page: Page, role: string) => page.request.post('/api/post', { data: { role, division: 'DP' } });

test('one administrator makes the account, the other grants the post; its holder signs in, sets up both factors and ends what is not his', async ({
  page,
  browser,
}) => {
  const username = `chen.${Date.now().toString(36)}`;
  await asPost(page, 'R9');
  await page.goto('/mid?v=account');
  await ready(page);
  await panel(page, 'account-form').locator('[name="username"]').fill(username);
  await panel(page, 'account-form').locator('[name="name"]').fill('陈安');
  await page.keyboard.press('Enter');
  const told = panel(page, 'account-form').locator('[data-one-time]');
  const password = (await told.getAttribute('data-one-time')) ?? '';
  await expect(panel(page, 'account-list')).toContainText(username);

  await asPost(page, 'R10');
  await page.goto(`/mid?v=account&sel=account:${username}`);
  await ready(page);
  const card = panel(page, 'account-card');
  await expect(panel(page, 'account-form')).toHaveCount(0);
  await card.getByLabel('角色').selectOption('R4');
  await card.locator('[data-grant-post]').click();
  const grant = card.locator('[data-grant^="R4:"]');
  await expect(grant).toContainText('由 R10:DP 授予');
  await card.getByLabel('角色').selectOption('R9');
  await card.locator('[data-grant-post]').click();
  await expect(card.locator('[data-grant="R9:DP"]')).toBeVisible();
  await card.getByLabel('角色').selectOption('R8');
  await card.locator('[data-grant-post]').click();
  await expect(card.getByRole('alert')).toContainText('不得由一人兼任');
  expect(await graveAt(page)).toEqual([]);

  const person = await freshPage(browser);
  await open(person, '/sign-in');
  await fill(person, 'sign-in', { username, password: 'wrong' });
  await expect(person.locator('p[role="alert"]')).toHaveText('用户名或密码不对。');
  await fill(person, 'sign-in', { username, password });
  await fill(person, 'password', { current: password, next: 'password1234' });
  await expect(person.locator('p[role="alert"]')).toContainText('容易被猜中');
  await fill(person, 'password', { current: password, next: own });
  // of two posts none is taken by itself
  const posts = person.locator('[data-part="posts"]');
  await posts.locator('[data-post^="R4:"] button').click();
  await expect(posts.locator('a')).toHaveCount(1);
  await fill(person, 'begin', { password: own });
  const uri = (await person.locator('[data-key]').getAttribute('data-key')) ?? '';
  await expect(person.locator('[data-codes] li')).toHaveCount(10);
  const [spare = ''] = await person.locator('[data-codes] li').allTextContents();
  expect(await graveAt(person)).toEqual([]);
  await fill(person, 'confirm', { code: await codeOf(uri) });
  await expect(person.locator('[data-factor="on"]')).toBeVisible();

  const other = await freshPage(browser);
  await open(other, '/sign-in?lang=en');
  expect(await graveAt(other)).toEqual([]);
  await fill(other, 'sign-in', { username, password: own });
  await fill(other, 'factor', { code: spare });
  await expect(other.locator('[data-session]')).toHaveCount(2);
  await other.locator('[data-post="R9:DP"] button').click();
  await other.locator('[data-post="R9:DP"] a').click();
  await ready(other);
  await expect(other).toHaveURL(/v=account/);

  await open(person, '/sign-in');
  await expect(person.locator('[data-session="own"]')).toContainText('此设备');
  await person.locator('[data-session="other"] button').click();
  await expect(person.locator('[data-session]')).toHaveCount(1);
  await open(other, '/sign-in');
  await expect(form(other, 'sign-in')).toBeVisible();

  await person.locator('[data-post^="R4:"] a').click();
  await ready(person);
  await expect(person.locator('[data-post]')).toContainText('社区书记');
  await grant.locator('[data-withdraw]').click();
  await expect(grant).toHaveAttribute('data-ended', '');
  await person.reload();
  await expect(person.locator('[data-screen="none"]')).toContainText('没有在任岗位');
  await person.getByRole('link', { name: '我的账号' }).click();
  await expect(person.locator('[data-part="posts"] [data-post]')).toHaveCount(1);
});

test('another site makes nobody’s browser change anything, whatever route it names', async ({ request }) => {
  const routes = [
    'post',
    'account/sign-in',
    'account/sign-out',
    'trpc/account.list',
    'trpc/event.report',
    'public/report',
  ];
  for (const route of [...routes, 'export', 'file', 'address/list'])
    for (const origin of ['http://evil.example', 'null', 'http://localhost:1']) {
      const answer = await request.post(`/api/${route}`, { data: {}, headers: { origin } });
      expect([route, origin, answer.status(), (await answer.json()).reason]).toEqual([route, origin, 403, 'origin']);
    }
  expect((await request.post('/api/account/sign-out', { data: {} })).status()).toBe(200);
});
