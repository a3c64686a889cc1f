import { type APIRequestContext, expect, type Locator, type Page, test } from '@playwright/test';
import { at, atIso, type Cell, type Clause, call, hits, open, panel, ready } from './testing';

const rowsOf = (page: Page, dimension: string) => page.locator(`[data-brush="${dimension}"]`);
const rowIn = (page: Page, dimension: string, n: number) => rowsOf(page, dimension).locator('[data-code]').nth(n);
const codeOf = async (row: Locator) => (await row.getAttribute('data-code')) ?? '';

/** Figures by code as rows of a dimension draw them. */
const drawn = async (page: Page, dimension: string): Promise<Record<string, string>> => {
  const rows = await rowsOf(page, dimension)
    .locator('[data-code]')
    .evaluateAll((all) =>
      all.map((row) => [row.getAttribute('data-code'), row.querySelector('[data-metric]')?.getAttribute('data-value')]),
    );
  return Object.fromEntries(rows);
};

const total = (page: Page) => panel(page, 'event-trend').locator('p [data-metric="event.reported"]').first();

type Asked = { filters?: Clause[]; division?: string | null };
type Plain = { request: APIRequestContext } & Asked;

const ask = async (asked: Plain, dimensions: string[], metric = 'event.reported') => {
  const { request, filters = [], division = null } = asked;
  const question = { division, period: 'P30D', at: atIso, filters };
  return (await call<{ cells: Cell[] }>(request, 'metric.ask', { metric, dimensions, question, limit: 5000 })).cells;
};

/** The page says what plain answers say: found, trend, rows of each dimension, and places per head. */
const expectPlain = async (page: Page, plain: Plain, dimensions: readonly string[]) => {
  const whole = String((await ask(plain, []))[0]?.value);
  await expect(hits(page)).toHaveAttribute('data-value', whole);
  await expect(total(page)).toHaveAttribute('data-value', whole);
  for (const dimension of dimensions) {
    const metric = dimension === 'community' ? 'event.per_ten_thousand' : 'event.reported';
    const cells = await ask(plain, [dimension], metric);
    const values = new Map(cells.map((cell) => [cell.at[dimension], cell.value]));
    // rows out of view follow when the hand rests
    await expect(async () => {
      const shown = Object.entries(await drawn(page, dimension));
      expect(shown.length, dimension).toBeGreaterThan(1);
      for (const [code, value] of shown)
        expect(Number(value), `${dimension} ${code}`).toBeCloseTo(values.get(code) ?? 0);
    }).toPass({ timeout: 5_000 });
  }
};

/** Draws a brush from one row to another and holds it; gives the codes under the hand. */
const hold = async (page: Page, dimension: string, from: number, to: number) => {
  const [first, last] = [rowIn(page, dimension, from), rowIn(page, dimension, to)];
  await first.scrollIntoViewIfNeeded();
  await page.waitForLoadState('networkidle');
  await first.hover();
  await page.waitForLoadState('networkidle');
  await page.mouse.down();
  await last.hover();
  const codes = await Promise.all(
    Array.from({ length: to - from + 1 }, (_, i) => codeOf(rowIn(page, dimension, from + i))),
  );
  return codes;
};

const openFacet = async (page: Page, dimension: string) => {
  const title = rowsOf(page, dimension).locator('button[aria-expanded]').first();
  if ((await title.getAttribute('aria-expanded')) === 'false') await title.click();
};

const facets: [string, number, number, string[]][] = [
  ['level', 1, 2, ['categoryL1', 'stage', 'source', 'community']],
  ['categoryL1', 0, 2, ['level', 'stage', 'department', 'community']],
  ['stage', 2, 3, ['level', 'categoryL1', 'source', 'community']],
  ['source', 0, 1, ['level', 'categoryL1', 'stage', 'department']],
  ['department', 0, 2, ['level', 'stage', 'source', 'community']],
  ['hourOfDay', 8, 11, ['level', 'categoryL1', 'source', 'community']],
];

test('a brush over rows of any facet moves all others live; at release it stands as the filter', async ({
  page,
  request,
}) => {
  await open(page);
  for (const dimension of ['source', 'department', 'hourOfDay']) await openFacet(page, dimension);
  const whole = (await hits(page).getAttribute('data-value')) ?? '';
  for (const [dimension, from, to, others] of facets) {
    const values = await hold(page, dimension, from, to);
    const source = dimension === 'categoryL1' ? 'facet-category' : `facet-${dimension}`;
    const plain = { request, filters: [{ source, field: dimension, values }] };
    await expectPlain(page, plain, others);
    await expect(page).not.toHaveURL(/[?&]f=/);
    await page.mouse.up();
    await expect(page).toHaveURL(new RegExp(`f=${source}\\.${dimension}\\.${values.join('(~|%7E)')}`));
    await ready(page);
    await expectPlain(page, plain, others);
    await page.goBack();
    await expect(hits(page)).toHaveAttribute('data-value', whole);
    await ready(page);
  }
});

test('a brush takes the place of what its facet had chosen, beside the filters of others', async ({
  page,
  request,
}) => {
  await open(page, `${at}&f=facet-level.level.3!facet-source.source.01~02`);
  const values = await hold(page, 'level', 1, 3);
  const filters = [
    { source: 'facet-level', field: 'level', values },
    { source: 'facet-source', field: 'source', values: ['01', '02'] },
  ];
  await expectPlain(page, { request, filters }, ['categoryL1', 'stage', 'community']);
  await page.keyboard.press('Escape');
  const before = { request, filters: [{ source: 'facet-level', field: 'level', values: ['3'] }, ...filters.slice(1)] };
  await expectPlain(page, before, ['categoryL1', 'stage', 'community']);
  await page.mouse.up();
  await expect(page).toHaveURL(/f=facet-level\.level\.3!facet-source/);
});

test('a hand that moves over the ranking takes all places under it, a press looks at one', async ({
  page,
  request,
}) => {
  await open(page);
  const values = await hold(page, 'community', 0, 3);
  const plain = { request, filters: [{ source: 'rank-board', field: 'community', values }] };
  await expectPlain(page, plain, ['level', 'categoryL1', 'stage']);
  await page.mouse.up();
  await expect(page).toHaveURL(new RegExp(`f=rank-board\\.community\\.${values.join('(~|%7E)')}`));
  await ready(page);
  await expectPlain(page, plain, ['level', 'categoryL1', 'stage']);
  await expect(rowsOf(page, 'community').locator('[aria-pressed="true"]')).toHaveCount(4);
  await page.goBack();
  const division = await codeOf(rowIn(page, 'community', 2));
  await rowIn(page, 'community', 2).click();
  await expect(page).toHaveURL(new RegExp(`sel=division(:|%3A)${division}`));
  await ready(page);
  await expectPlain(page, { request, division }, ['level', 'categoryL1', 'stage']);
});

test('Shift and arrows brush from the row in focus, Escape leaves it, Enter takes it', async ({ page, request }) => {
  await open(page);
  const whole = (await hits(page).getAttribute('data-value')) ?? '';
  await rowIn(page, 'level', 3).locator('input').focus();
  await page.waitForLoadState('networkidle');
  await page.keyboard.press('Shift+ArrowUp');
  await expect(hits(page)).not.toHaveAttribute('data-value', whole);
  await page.keyboard.press('Escape');
  await expect(hits(page)).toHaveAttribute('data-value', whole);
  for (const key of ['Up', 'Up', 'Down']) await page.keyboard.press(`Shift+Arrow${key}`);
  const filters = [{ source: 'facet-level', field: 'level', values: ['2', '3'] }];
  await expectPlain(page, { request, filters }, ['categoryL1', 'stage']);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/f=facet-level\.level\.2(~|%7E)3/);
  await ready(page);
  await expectPlain(page, { request, filters }, ['categoryL1', 'stage', 'community']);
});

test('the focus stays with a place when the order of the ranking becomes another', async ({ page }) => {
  await open(page, `${at}&m=event.reported`);
  const order = () =>
    rowsOf(page, 'community')
      .locator('[data-code]')
      .evaluateAll((all) => all.map((row) => (row as HTMLElement).dataset.code));
  const before = await order();
  // three rows of all events of a level: another order than of the whole
  await panel(page, 'facets').locator('[data-code="3"] input').first().check();
  await expect.poll(order).not.toEqual(before);
  const after = await order();
  const moved = after.find((code, i) => code !== before[i]) ?? '';
  await rowsOf(page, 'community').locator(`[data-code="${moved}"]`).focus();
  await page.goBack();
  await expect.poll(order).toEqual(before);
  await expect(rowsOf(page, 'community').locator(':focus')).toHaveAttribute('data-code', moved);
});
