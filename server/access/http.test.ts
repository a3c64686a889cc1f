import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type TestDatabase, testDatabase } from '../db/testing';
import { loadTown } from '../db/testing-town';
import { handlePost } from './http';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await loadTown(database.connection);
  vi.stubGlobal('gridhallConnection', database.connection);
});
afterAll(async () => {
  vi.unstubAllGlobals();
  await database.end();
});

const send = (body: unknown, url = 'http://localhost/api/post') =>
  handlePost(new Request(url, { method: 'POST', body: JSON.stringify(body) }));

test('a post that exists becomes a cookie scripts cannot read', async () => {
  const answer = await send({ role: 'R3', division: '440307009' });
  expect(answer.status).toBe(204);
  expect(answer.headers.get('set-cookie')).toBe(
    'gridhall-post=R3:440307009; Path=/; HttpOnly; SameSite=Lax; Max-Age=2592000',
  );
  const safe = await send({ role: 'R3', division: '440307009' }, 'https://localhost/api/post');
  expect(safe.headers.get('set-cookie')).toContain('; Secure');
});

test('other posts, other words and no words are refused', async () => {
  expect((await send({ role: 'R3', division: 'DP' })).status).toBe(403);
  expect((await send({ role: 'R99', division: 'DP' })).status).toBe(400);
  expect((await send({ role: 'R3', division: 'x; Path=/' })).status).toBe(400);
  const empty = await handlePost(new Request('http://localhost/api/post', { method: 'POST', body: '{' }));
  expect(empty.status).toBe(400);
});

test('leaving a post ends the cookie', async () => {
  const answer = await handlePost(new Request('http://localhost/api/post', { method: 'DELETE' }));
  expect(answer.headers.get('set-cookie')).toContain('gridhall-post=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0');
});
