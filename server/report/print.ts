import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { Problem } from '@/data/model/problem';
import { presentBrowser } from '../present-browser.mjs';

/** Whether this machine has a browser to print by. */
export const canPrint = (): boolean => presentBrowser() !== null;

/** It sees this server and nothing else, no proxy either, and leaves nothing behind. */
const flags = (profile: string): string[] => [
  ...['--headless', '--remote-debugging-pipe', `--user-data-dir=${profile}`, '--no-sandbox', '--disable-gpu'],
  ...['--no-first-run', '--disable-extensions', '--disable-background-networking', '--disable-component-update'],
  ...['--disable-sync', '--disable-quic', '--no-proxy-server', '--force-color-profile=srgb', '--mute-audio'],
  '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost',
];

const Reply = z.object({
  id: z.number().optional(),
  result: z.record(z.string(), z.unknown()).optional(),
  error: z.object({ message: z.string() }).optional(),
});
type Result = Record<string, unknown>;
type Send = (method: string, params?: object, sessionId?: string) => Promise<Result>;

/** The browser's own protocol over its pipe: one JSON text a message, ended by a zero byte. */
const connect = ([, , , input, output]: ChildProcess['stdio'], onEnd: (reason: Error) => void): Send => {
  const waiting = new Map<number, { resolve: (result: Result) => void; reject: (error: Error) => void }>();
  let rest = '';
  const take = (text: string) => {
    const { id, result, error } = Reply.parse(JSON.parse(text));
    const asked = id === undefined ? undefined : waiting.get(id);
    if (id === undefined || !asked) return;
    waiting.delete(id);
    if (error) asked.reject(new Error(error.message));
    else asked.resolve(result ?? {});
  };
  (output as Readable).setEncoding('utf8').on('data', (chunk: string) => {
    const texts = (rest + chunk).split('\0');
    rest = texts.pop() ?? '';
    texts.forEach(take);
  });
  (output as Readable).on('close', () => onEnd(new Error('The browser ended.')));
  (input as Writable).on('error', onEnd);
  let last = 0;
  return (method, params = {}, sessionId) =>
    new Promise((resolve, reject) => {
      last += 1;
      waiting.set(last, { resolve, reject });
      (input as Writable).write(`${JSON.stringify({ id: last, method, params, sessionId })}\0`);
    });
};

/** A cookie as a request carried it. */
export type SentCookie = { name: string; value: string };

type Page = {
  /** Path and query of the page, on this server. */
  path: string;
  port: number;
  /** The caller's sign-in: the page sees what the caller sees. */
  cookies: readonly SentCookie[];
  /** Stands at the top of every sheet. */
  mark: string;
};

const evaluate = async (send: Send, session: string, expression: string): Promise<unknown> => {
  const { result } = await send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true }, session);
  return (result as { value?: unknown } | undefined)?.value;
};

/** Waits until the report is drawn; a part that cannot be read is a failure, not a gap on paper. */
const untilDrawn = async (send: Send, session: string): Promise<void> => {
  for (;;) {
    const state = await evaluate(send, session, `document.querySelector('[data-screen="report"]')?.dataset.state`);
    if (state === 'ready') return;
    if (state === 'failed') throw new Problem('unavailable', 'A part of the report could not be read.');
    await sleep(150);
  }
};

/** Loads the letters of the mark, which stand nowhere else, and puts it into the margin. */
const markScript = (mark: string): string => `(async () => {
  const family = getComputedStyle(document.body).fontFamily;
  const style = document.createElement('style');
  style.textContent = '@page { @top-left { font: 8pt ' + family + '; content: ' + ${JSON.stringify(JSON.stringify(mark))} + '; } }';
  document.head.append(style);
  await Promise.all(family.split(',').map((one) => document.fonts.load('8pt ' + one, ${JSON.stringify(mark)})));
  await document.fonts.ready;
  return true;
})()`;

const printPage = async (send: Send, { path, port, cookies, mark }: Page): Promise<Uint8Array<ArrayBuffer>> => {
  const origin = `http://localhost:${port}`;
  const { targetId } = await send('Target.createTarget', { url: 'about:blank' });
  const { sessionId } = await send('Target.attachToTarget', { targetId, flatten: true });
  const session = String(sessionId);
  const size = { width: 900, height: 1200, deviceScaleFactor: 1, mobile: false };
  await send('Emulation.setDeviceMetricsOverride', size, session);
  for (const cookie of cookies) await send('Network.setCookie', { ...cookie, url: origin }, session);
  await send(
    'Emulation.setEmulatedMedia',
    { features: [{ name: 'prefers-reduced-motion', value: 'reduce' }] },
    session,
  );
  await send('Page.navigate', { url: `${origin}${path}` }, session);
  await untilDrawn(send, session);
  await evaluate(send, session, markScript(mark));
  const { data } = await send('Page.printToPDF', { preferCSSPageSize: true, printBackground: true }, session);
  return new Uint8Array(Buffer.from(String(data), 'base64'));
};

/** Ends a browser with all the processes it started. */
const end = async (browser: ChildProcess): Promise<void> => {
  if (browser.pid === undefined || browser.exitCode !== null) return;
  const gone = new Promise((resolve) => browser.once('exit', resolve));
  try {
    process.kill(-browser.pid, 'SIGKILL');
  } catch {
    // it ended by itself in between
    return;
  }
  await gone;
};

let isPrinting = false;

/** Milliseconds a report may take to be printed. */
const limitMs = 90_000;

const printWith = async (path: string, page: Page, limit: number): Promise<Uint8Array<ArrayBuffer>> => {
  const profile = await mkdtemp(join(tmpdir(), 'gridhall-print-'));
  const browser = spawn(path, flags(profile), {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const timer = new AbortController();
  try {
    return await new Promise((resolve, reject) => {
      const fail = (reason: Error) =>
        reject(new Problem('unavailable', `The browser did not print: ${reason.message}`));
      browser.once('error', fail);
      sleep(limit, undefined, { signal: timer.signal }).then(
        () => fail(new Error(`it took more than ${limit / 1000} s.`)),
        () => undefined,
      );
      printPage(connect(browser.stdio, fail), page).then(resolve, (error) =>
        error instanceof Problem ? reject(error) : fail(error),
      );
    });
  } finally {
    timer.abort();
    await end(browser);
    await rm(profile, { recursive: true, force: true, maxRetries: 3 });
  }
};

/**
 * Prints a page of this server to PDF by the Chromium of this machine. One at a time: `busy` for a second one;
 * `unavailable` where there is no browser, or it hangs.
 */
export const printToPdf = async (page: Page, limit = limitMs): Promise<Uint8Array<ArrayBuffer>> => {
  const path = presentBrowser();
  if (!path)
    throw new Problem(
      'unavailable',
      'No browser to print with: install Chromium (Debian: apt-get install chromium) or set CHROMIUM_PATH to one.',
    );
  if (isPrinting) throw new Problem('busy', 'Another report is being printed.');
  isPrinting = true;
  try {
    return await printWith(path, page, limit);
  } finally {
    isPrinting = false;
  }
};
