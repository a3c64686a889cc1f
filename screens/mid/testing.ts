import { type APIRequestContext, expect, type Page } from '@playwright/test';

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

export const ready = (page: Page) => expect(page.locator('[data-screen="mid"]')).toHaveAttribute('data-state', 'ready');
export const open = async (page: Page, query = at) => {
  await page.goto(`/mid?${query}`);
  await ready(page);
};
export const panel = (page: Page, key: string) => page.locator(`[data-panel="${key}"]`);
export const hits = (page: Page) => page.locator('[data-hits] [data-metric="event.reported"]').first();
export const expectHits = async (page: Page, value: number) => {
  await expect(hits(page)).toHaveAttribute('data-value', String(value));
  await ready(page);
};
