import { expect, test } from '@playwright/test';

const ask = (path: string, input?: unknown) =>
  `/api/trpc/${path}${input === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify({ json: input }))}`}`;

test('health says what it stands on', async ({ request }) => {
  const answer = await request.get('/api/health');
  expect(answer.status()).toBe(200);
  expect(await answer.json()).toMatchObject({
    status: 'ok',
    version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
    database: { version: expect.stringMatching(/^\d+/) },
    replica: { watermark: expect.stringMatching(/^\d+$/), asOf: expect.stringMatching(/Z$/), error: null },
  });
});

test('taking a post of the chooser narrows what the server answers', async ({ request }) => {
  const headers = { 'x-screen': 'mid' };
  const posts = (await (await request.get(ask('access.posts'), { headers })).json()).result.data.json;
  const community = posts.find((post: { level: string }) => post.level === 'community');
  expect((await request.post('/api/post', { data: { role: 'R4', division: community.division } })).status()).toBe(204);
  const me = (await (await request.get(ask('access.me'), { headers })).json()).result.data.json;
  expect(me).toMatchObject({ role: 'R4', division: community.division, level: 'community', screen: 'mid' });
  const tree = (await (await request.get(ask('division.tree'), { headers })).json()).result.data.json;
  expect(tree.filter((node: { level: string }) => node.level === 'community')).toHaveLength(1);
  expect((await request.post('/api/post', { data: { role: 'R2', division: community.division } })).status()).toBe(403);
});

test('a wall is told no worker and no resident', async ({ request }) => {
  const refused = await request.get(ask('workforce.onDuty', {}), { headers: { 'x-screen': 'big' } });
  expect(refused.status()).toBe(403);
  const hits = await request.get(ask('search.find', { text: '44030700' }), { headers: { 'x-screen': 'big' } });
  const found = (await hits.json()).result.data.json as { kind: string; code: string }[];
  const building = found.find((hit) => hit.kind === 'building');
  expect(building).toBeDefined();
  const card = await request.get(ask('place.buildingByCode', { code: building?.code }), {
    headers: { 'x-screen': 'big' },
  });
  const { dwellings } = (await card.json()).result.data.json;
  expect(dwellings.every((row: { nResidents: number | null }) => row.nResidents === null)).toBe(true);
});
