import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { type TestDatabase, testDatabase } from '../db/testing';
import { buildingOf, grids, loadTown } from '../db/testing-town';
import { handleBuildingTile, handleMap } from '../tile/http';
import { handleTrpc } from './http';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await loadTown(database.connection);
  vi.stubGlobal('gridhallConnection', database.connection);
});
afterEach(() => {
  vi.restoreAllMocks();
});
afterAll(async () => {
  vi.unstubAllGlobals();
  await database.end();
});

const urlOf = (path: string, input?: unknown): string =>
  `http://localhost/api/trpc/${path}${input === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify({ json: input }))}`}`;

const send = async (url: string, headers: Record<string, string> = {}, body?: unknown) => {
  const post = body === undefined ? {} : { method: 'POST', body: JSON.stringify({ json: body }) };
  const answer = await handleTrpc(
    new Request(url, { headers: { 'x-screen': 'mid', 'content-type': 'application/json', ...headers }, ...post }),
  );
  const text = await answer.text();
  return { status: answer.status, text, body: JSON.parse(text) };
};
const problemIn = ({ body }: Awaited<ReturnType<typeof send>>) => body.error.json.data.problem?.code;

describe('badges', () => {
  test.each(['R2:440307099', 'R2:440307009', 'R99:DP', 'R9:440307009'])('%s is refused, not widened', async (badge) => {
    const headers = { cookie: `gridhall-post=${badge}` };
    const refused = await send(urlOf('access.me'), headers);
    expect([refused.status, problemIn(refused)]).toEqual([403, 'not_allowed']);
    const map = await handleMap(new Request('http://localhost/api/map/base', { headers }), 'base');
    expect([map.status, await map.json()]).toMatchObject([403, { code: 'not_allowed' }]);
    const tile = await handleBuildingTile(new Request('http://localhost/api/tiles/building/14/1/1', { headers }), {
      ...{ z: '14', x: '1', y: '1' },
    });
    expect(tile.status).toBe(403);
  });

  test.each(['%E0%A4%A', '<script>', ''])('"%s" counts as none', async (badge) => {
    const headers = { cookie: `other=1; gridhall-post=${badge}` };
    expect((await send(urlOf('access.me'), headers)).body.result.data.json).toMatchObject({ division: 'DP' });
    expect((await handleMap(new Request('http://localhost/api/map/base', { headers }), 'base')).status).toBe(200);
  });

  test('parameters that are no JSON, and an unknown class of screen, are the sender’s fault', async () => {
    const broken = await send(`${urlOf('access.me')}?connectionParams={`);
    expect([broken.status, problemIn(broken)]).toEqual([400, 'invalid']);
    const screen = await send(urlOf('access.me'), { 'x-screen': 'huge' });
    expect([screen.status, problemIn(screen)]).toEqual([400, 'invalid']);
    const url = 'http://localhost/api/map/base?connectionParams={';
    expect((await handleMap(new Request(url), 'base')).status).toBe(400);
  });
});

describe('what goes wrong', () => {
  test.each(['constructor', 'toString', '__proto__', 'nothing'])('there is no map part "%s"', async (part) => {
    const answer = await handleMap(new Request('http://localhost/api/map/x', { headers: { 'x-screen': 'mid' } }), part);
    expect([answer.status, await answer.json()]).toMatchObject([404, { code: 'not_found' }]);
  });

  test('tells the caller a number, the log the cause', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {});
    await database.connection.db.execute('alter table building rename column aliases to aliases_gone');
    const failed = await send(urlOf('search.find', { text: '老邮局' })).finally(() =>
      database.connection.db.execute('alter table building rename column aliases_gone to aliases'),
    );
    expect(failed.status).toBe(500);
    expect(failed.text).not.toMatch(/select|from|aliases|building/i);
    const { trace } = failed.body.error.json.data;
    expect(trace).toMatch(/^[0-9a-f]{8}$/);
    expect(failed.body.error.json.message).toContain(trace);
    expect(log).toHaveBeenCalledWith(expect.stringContaining(trace), expect.anything());
    expect(log.mock.calls.map(([, cause]) => String(cause)).join()).toContain('aliases');
  });

  test('U+0000 is refused in every input', async () => {
    const report = {
      ...{ clientKey: '0b5ff7a0-6a0e-4c8e-9a3e-0d6f7f3f4d0a', category: '0101', source: '1', title: 'a\0b' },
      position: [114.5025, 22.5225],
    };
    const question = {
      division: null,
      period: 'all',
      at: null,
      filters: [{ source: 'x', field: 'status', values: ['\0'] }],
    };
    const answers = [
      await send(urlOf('search.find', { text: 'a\0b' })),
      await send(urlOf('event.report'), {}, report),
      await send(urlOf('event.move'), {}, { id: 'E0', version: 1, to: 'S50', note: '\0' }),
      await send(urlOf('event.byId', { id: '\0' })),
      await send(urlOf('event.list', { question })),
    ];
    for (const answer of answers) expect([answer.status, problemIn(answer)]).toEqual([400, 'invalid']);
    const right = await send(urlOf('place.buildingByCode', { code: buildingOf(grids[0]) }));
    expect(right.status).toBe(200);
  });
});
