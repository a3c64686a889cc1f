import { expect, type Page, test } from '@playwright/test';
import { at, atIso, call, headers, open, panel, ready } from './testing';

type Row = {
  code: string;
  total: number;
  place: { place: number; first: number; last: number } | null;
  items: { key: string; score: number | null }[];
  moved: { change: number; items: { key: string; change: number }[] } | null;
};
type Scores = {
  period: string;
  periods: string[];
  rows: Row[];
  plan: { version: number; items: { weight: number }[] };
};

const board = (page: Page) => panel(page, 'assess-board');
const scored = (page: Page) => board(page).locator('tr[data-id]');

test('a quarter is chosen, a community opened: its score, what changed it, and the rows behind an item', async ({
  page,
  request,
}) => {
  await open(page, `${at}&v=assess`);
  await page.locator('[data-period]').waitFor();
  await board(page)
    .getByRole('button', { name: /考核周期/ })
    .click();
  await page.getByRole('menuitemradio', { name: '2026 年第 3 季度' }).click();
  await ready(page);
  const scores = await call<Scores>(request, 'assessment.scores', { level: 'community', period: '2026Q3', at: atIso });
  expect(scores.plan.items.reduce((sum, { weight }) => sum + weight, 0)).toBe(100);
  const best = scores.rows.find(({ place }) => place?.place === 1);
  const first = scored(page).first();
  await expect(first).toHaveAttribute('data-id', best?.code ?? '');
  await expect(first.locator('[data-score]')).toHaveAttribute('data-score', String(best?.total));
  await first.click();
  await expect(page).toHaveURL(new RegExp(`v=assess.community.2026Q3.${best?.code}`));
  const detail = panel(page, 'assess-detail');
  const gains = best?.moved?.items.reduce((sum, { change }) => sum + change, 0) ?? 0;
  expect(gains).toBeCloseTo(best?.moved?.change ?? Number.NaN, 3);
  await expect(detail.locator('[data-item]')).toHaveCount(scores.plan.items.length);
  await detail.locator('[data-item="on_time"] [data-metric="event.on_time_close_rate"]').click();
  await expect(page.locator('[data-glass] [data-rows]')).toBeVisible();
});

test('a score by hand and an appeal are added, each with who and why', async ({ page, request }) => {
  const { rows } = await call<Scores>(request, 'assessment.scores', { level: 'community', period: '2026Q3' });
  const code = rows[0]?.code ?? '';
  await open(page, `v=assess.community.2026Q3.${code}`);
  const detail = panel(page, 'assess-detail');
  const entries = detail.locator('[data-entries]');
  await expect(entries).toHaveAttribute('data-entries', /^[1-9]/);
  const before = Number(await entries.getAttribute('data-entries'));
  await detail.getByLabel('分数（0–100）').fill('77');
  await detail.locator('[data-entry]').getByLabel('说明').fill('现场复核');
  await detail.getByRole('button', { name: '录入' }).click();
  await expect(entries).toHaveAttribute('data-entries', String(before + 1));
  await expect(entries).toContainText('现场复核 · 区指挥长');
  await detail.getByLabel('申诉理由').fill('两件为重复上报');
  await detail.getByRole('button', { name: '提交申诉' }).click();
  await expect(detail.locator('[data-appeals]')).toContainText(/两件为重复上报.*固定 \d+ 行/);
  const [, n = ''] =
    /固定 (\d+) 行/.exec((await detail.locator('[data-appeals] li').first().textContent()) ?? '') ?? [];
  await detail.locator('[data-appeal] summary').first().click();
  await expect(detail.locator('[data-pinned]')).toHaveAttribute('data-pinned', n);
});

test('weights that do not add up are told; a new version leaves what was scored', async ({ page, request }) => {
  const ask = { level: 'department', period: '2026Q3', at: atIso };
  const before = await call<Scores>(request, 'assessment.scores', ask);
  await open(page, 'v=assess.department');
  await page.getByRole('button', { name: '调整权重' }).click();
  const editor = page.locator('[data-editor]');
  await editor.getByLabel('按期结案率 · 权重').fill('30');
  await expect(editor.getByText('合计 95 · 权重合计须为 100')).toBeVisible();
  await editor.getByLabel('结案率 · 权重', { exact: true }).fill('25');
  await editor.getByLabel('生效日期').fill('2099-01-01');
  await editor.getByLabel('说明').fill('调整权重');
  await editor.getByRole('button', { name: '存为新版本' }).click();
  const { version } = before.plan;
  await expect(panel(page, 'assess-detail').locator(`[data-version="${version + 1}"]`)).toContainText('区指挥长');
  expect(await call<Scores>(request, 'assessment.scores', ask)).toEqual(before);
});

test('a wall is refused the list of grid workers', async ({ request }) => {
  const input = encodeURIComponent(JSON.stringify({ json: { level: 'worker', at: atIso } }));
  const path = `/api/trpc/assessment.scores?input=${input}`;
  expect((await request.get(path, { headers: { ...headers, 'x-screen': 'big' } })).status()).toBe(403);
  expect((await request.get(path, { headers })).status()).toBe(200);
});

test('an indicator is made in the explorer: what is wrong is said, a trial answers, it is asked like any other', async ({
  page,
}) => {
  await open(page, 'v=explorer&m=event.reported');
  const slug = `swift_${Date.now().toString(36)}`;
  await page.getByRole('button', { name: '新建指标' }).click();
  const form = page.locator('[data-own]');
  await form.getByLabel('分子（条件）').fill('hours(reported_at, closed) <= 24');
  await expect(form.locator('[data-fault="column"]')).toContainText('没有列“closed”');
  await form.getByLabel('分子（条件）').fill('hours(reported_at, handled_at) <= 24');
  await form.getByLabel('分母（条件，空为全部）').fill('handled_at is not null');
  const trial = form.locator(`[data-preview] [data-metric]`);
  await expect(trial).toHaveAttribute('data-value', /^0\.\d+/);
  const value = await trial.getAttribute('data-value');
  await form.getByLabel('名称（中文）').fill('一日办理率');
  await form.getByLabel('名称（英文）').fill('Handled in a day');
  await form.getByLabel('口径说明（中文）').fill('处置完成的事件中一日内完成的');
  await form.getByLabel('口径说明（英文）').fill('Of events handled, those within a day');
  await form.getByLabel('代号（小写字母）').fill(slug);
  await form.getByRole('button', { name: '保存并使用' }).click();
  await expect(page).toHaveURL(new RegExp(`m=own.${slug}`));
  const total = panel(page, 'explorer-figures').locator(`[data-metric="own.${slug}"]`).first();
  await expect(total).toHaveAttribute('data-value', value ?? '');
  await total.click();
  await expect(page.locator(`[data-glass="own.${slug}"]`)).toContainText('hours(reported_at, handled_at) <= 24');
  await page.reload();
  await ready(page);
  await expect(panel(page, 'explorer-tree').locator(`[data-key="own.${slug}"]`)).toHaveAttribute(
    'aria-current',
    'true',
  );
});
