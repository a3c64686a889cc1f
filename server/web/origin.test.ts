import { expect, test, vi } from 'vitest';
import { isOwnOrigin } from './origin';

const host = 'hall.example:3000';

test.each([
  ['POST', { origin: 'http://hall.example:3000' }, true],
  ['POST', { origin: 'http://evil.example' }, false],
  ['DELETE', { origin: 'http://hall.example:3001' }, false],
  ['POST', { origin: 'null' }, false],
  ['POST', { origin: '' }, false],
  ['POST', { origin: 'http://hall.example:3000', 'sec-fetch-site': 'cross-site' }, false],
  ['POST', { 'sec-fetch-site': 'same-site' }, false],
  ['PUT', { 'sec-fetch-site': 'same-origin', origin: 'null' }, true],
  ['POST', { 'sec-fetch-site': 'none' }, true],
  ['POST', {}, true],
  ['GET', { origin: 'http://evil.example' }, true],
])('%s with %o', (method, headers, expected) => {
  expect(isOwnOrigin(method, { host, ...headers })).toBe(expected);
});

test('behind a proxy that names itself the host, the address of the installation counts', () => {
  const sent = { host: '127.0.0.1:3000', origin: 'https://hall.example' };
  expect(isOwnOrigin('POST', sent)).toBe(false);
  vi.stubEnv('GRIDHALL_URL', 'https://hall.example/');
  expect(isOwnOrigin('POST', sent)).toBe(true);
  vi.unstubAllEnvs();
});
