import { readFile } from 'node:fs/promises';
import { type APIRequestContext, expect, type Locator, type Page } from '@playwright/test';
import { parse } from 'csv-parse/sync';
import { untilReady } from '../ready';

/** What the specs of the desk share: the instant they stand at, the server asked straight, the screen awaited. */
export const atIso = '2026-11-22T02:00:00.000Z';
export const at = `at=${encodeURIComponent(atIso)}`;
export const headers = { 'x-screen': 'mid' };

export type Cell = { at: Record<string, string>; value: number | null };
export type Node = { code: string; parent: string | null; level: string; name: string; center: [number, number] };
export type Clause = { source: string; field: string; values: string[] };

export const call = async <T>(request: APIRequestContext, path: string, input?: unknown): Promise<T> => {
  const query = input === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify({ json: input }))}`;
  const response = await request.get(`/api/trpc/${path}${query}`, { headers });
  expect(response.status(), path).toBe(200);
  return (await response.json()).result.data.json as T;
};

type Ask = { metric: string; division?: string | null; filters?: Clause[]; dimensions?: string[] };
export const cellsOf = async (
  request: APIRequestContext,
  { metric, division = null, filters = [], dimensions = [] }: Ask,
) => {
  const question = { division, period: 'P30D', at: atIso, filters };
  const { cells } = await call<{ cells: Cell[] }>(request, 'metric.ask', { metric, question, dimensions, limit: 5000 });
  return cells;
};
export const figureOf = async (request: APIRequestContext, ask: Ask) => (await cellsOf(request, ask))[0]?.value ?? 0;

export const ready = (page: Page) => untilReady(page, '[data-screen="mid"]');
/** Layers of a map that a test does not look at: on software GL the points of the usual ones take a third of a page's time. */
const plain = 'ly=division-fill';
/** Opens the desk, with `plain` layers unless the query names some or `hasPoints` wants the usual ones. */
export const open = async (page: Page, query = at, { hasPoints = query.includes('ly=') } = {}) => {
  await page.goto(`/mid?${query}${hasPoints ? '' : `&${plain}`}`);
  await ready(page);
};
/** Takes the file of an export button; its head and the rows of its table, by column, and its mark. */
export const takeFile = async (page: Page, within: Locator) => {
  await within.locator('[data-export]').click();
  await page.getByRole('radio', { name: '会议材料' }).check();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '导出文件' }).click(),
  ]);
  await page.getByRole('dialog').getByRole('button', { name: '关闭' }).click();
  const lines: string[][] = parse(await readFile(await download.path(), 'utf8'), { bom: true });
  const end = lines.findIndex((line) => line.every((value) => value === ''));
  const [head = [], ...rows] = lines.slice(0, end);
  return {
    rows: rows.map((row) => Object.fromEntries(head.map((name, i) => [name, row[i] ?? '']))),
    mark: Object.fromEntries(lines.slice(end + 1).map(([name = '', value = '']) => [name, value])),
  };
};

export const panel = (page: Page, key: string) => page.locator(`[data-panel="${key}"]`);
export const hits = (page: Page) => page.locator('[data-hits] [data-metric="event.reported"]').first();
export const expectHits = async (page: Page, value: number) => {
  await expect(hits(page)).toHaveAttribute('data-value', String(value));
  await ready(page);
};
