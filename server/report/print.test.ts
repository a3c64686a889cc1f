import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { presentBrowser } from '../present-browser.mjs';
import { printToPdf } from './print';

afterEach(() => vi.unstubAllEnvs());

const program = (text: string): string => {
  const path = join(mkdtempSync(join(tmpdir(), 'gridhall-browser-')), 'browser');
  writeFileSync(path, text);
  chmodSync(path, 0o755);
  return path;
};
const page = { path: '/report', port: 9, cookies: [], mark: 'EX1' };

test('a browser that hangs is ended after the limit, with all it started, and the next may print', async () => {
  const name = `4${process.pid}`;
  vi.stubEnv('CHROMIUM_PATH', program(`#!/bin/sh\nsleep ${name} &\nsleep ${name}\n`));
  const first = printToPdf(page, 600);
  await expect(printToPdf(page, 600)).rejects.toMatchObject({ code: 'busy' });
  await expect(first).rejects.toMatchObject({ code: 'unavailable', message: /more than 0.6 s/ });
  expect(execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' })).not.toContain(`sleep ${name}`);
  vi.stubEnv('CHROMIUM_PATH', program('#!/bin/sh\nexit 3\n'));
  await expect(printToPdf(page, 5_000)).rejects.toMatchObject({ code: 'unavailable' });
});

test.skipIf(!presentBrowser())(
  'a page is printed once it is drawn, sees its sign-in and no other address',
  async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(`${request.url} ${request.headers.cookie ?? ''}`);
      response.setHeader('content-type', 'text/html');
      const { port } = server.address() as AddressInfo;
      response.end(
        `<body><div data-screen="report" data-state="waiting">x</div><script>
        fetch('http://127.0.0.1:${port}/other').then(() => 'reached', () => 'unknown').then((state) => {
          document.querySelector('div').dataset.state = state === 'unknown' ? 'ready' : 'failed'; });</script>`,
      );
    });
    await new Promise<void>((resolve) => server.listen(0, resolve));
    try {
      const { port } = server.address() as AddressInfo;
      const pdf = await printToPdf(
        { path: '/report?v=x', port, cookies: [{ name: 'gridhall-post', value: 'R2:T' }], mark: 'EX1' },
        60_000,
      );
      expect(Buffer.from(pdf.subarray(0, 5)).toString()).toBe('%PDF-');
      expect(asked[0]).toBe('/report?v=x gridhall-post=R2:T');
      expect(asked.some((each) => each.startsWith('/other'))).toBe(false);
    } finally {
      server.close();
    }
  },
  90_000,
);
