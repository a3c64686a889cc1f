import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { makeLru } from './lru';
import { chooseEncoding, makePayload, sendPayload } from './payload';

const body = JSON.stringify({ type: 'FeatureCollection', features: Array.from({ length: 500 }, (_, id) => ({ id })) });
const payload = makePayload(Buffer.from(body), 'application/geo+json');
const ask = (headers: Record<string, string>) =>
  sendPayload(new Request('http://localhost/api/map/base', { headers }), payload, { quality: 9 });
const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer());

describe('payloads', () => {
  it('come in the best encoding the browser takes, with the same content', async () => {
    const [br, gzip, plain] = await Promise.all([
      ask({ 'accept-encoding': 'gzip, deflate, br' }),
      ask({ 'accept-encoding': 'gzip, deflate' }),
      ask({}),
    ]);
    expect(br.headers.get('x-body-encoding')).toBe('br');
    expect(brotliDecompressSync(await bytesOf(br)).toString()).toBe(body);
    expect(gzip.headers.get('x-body-encoding')).toBe('gzip');
    expect(gunzipSync(await bytesOf(gzip)).toString()).toBe(body);
    expect(plain.headers.get('x-body-encoding')).toBeNull();
    expect((await bytesOf(plain)).toString()).toBe(body);
  });

  it('are not sent again to a browser that holds them, and never cached for others', async () => {
    const first = await ask({ 'accept-encoding': 'br' });
    const etag = first.headers.get('etag') ?? '';
    const again = await ask({ 'accept-encoding': 'br', 'if-none-match': etag });
    expect(again.status).toBe(304);
    expect(await bytesOf(again)).toHaveLength(0);
    expect((await ask({ 'accept-encoding': 'br', 'if-none-match': '"other"' })).status).toBe(200);
    expect(first.headers.get('cache-control')).toBe('private, no-transform, no-cache');
    expect(first.headers.get('vary')).toContain('cookie');
  });

  it.each([
    ['br;q=0, gzip', 'gzip'],
    ['br;q=0.0', 'identity'],
    ['gzip;q=0.5, br;q=1.0', 'br'],
    [null, 'identity'],
  ] as const)('understand accept-encoding %s', (accepted, encoding) => {
    expect(chooseEncoding(accepted)).toBe(encoding);
  });
});

it('the tile cache drops what was used longest ago', () => {
  const lru = makeLru<string>(10, (value) => value.length);
  lru.set('a', 'aaaa');
  lru.set('b', 'bbbb');
  lru.get('a');
  lru.set('c', 'cccc');
  expect([lru.get('a'), lru.get('b'), lru.get('c')]).toEqual(['aaaa', undefined, 'cccc']);
});
