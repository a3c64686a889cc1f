import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createHTTPHandler } from '@trpc/server/adapters/standalone';
import type { LiveItem } from '@/data/model/event';
import type { Scope } from '@/data/model/scope';
import type { Connection } from '../db/client';
import type { Context } from '../trpc/init';
import { appRouter } from '../trpc/root';
import { liveAnswer } from './http';

/** The path the live feed is served at. */
const livePath = '/live';

/**
 * A bare HTTP server of the product's procedures and its live feed; `contextOf` says who asks. Writes what it streams as
 * Next.js does: a chunk at a time, waiting while the line is full.
 */
export const createHttp = (contextOf: (request: IncomingMessage) => Context | Promise<Context>): Server => {
  const procedures = createHTTPHandler({ router: appRouter, createContext: ({ req }) => contextOf(req) });
  const stream = async (request: IncomingMessage, response: ServerResponse) => {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const last = request.headers['last-event-id'];
    const { status, headers, body } = liveAnswer(await contextOf(request), last?.toString() ?? null, gone.signal);
    response.writeHead(status, Object.fromEntries(headers));
    for await (const chunk of body ?? []) if (!response.write(chunk)) await once(response, 'drain', gone);
    response.end();
  };
  return createServer((request, response) => {
    if (request.url === livePath) void stream(request, response).catch(() => response.destroy());
    else procedures(request, response);
  });
};

/** `createHttp` on a port of its own; every caller has the given scope. */
export const serveHttp = async (connection: Connection, scope: Scope) => {
  const server = createHttp(() => ({ connection, scope }));
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const close = () => {
    server.closeAllConnections();
    return new Promise<void>((resolve) => {
      server.close(() => resolve());
    });
  };
  return { url: `http://127.0.0.1:${port}`, close };
};

/** Splits a stream of text into events: lines of `field: value`, ended by an empty line. */
const parseEvents = (take: (event: Map<string, string>) => void) => {
  let rest = '';
  return (chunk: string) => {
    const blocks = (rest + chunk).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const lines = block.split('\n').map((line): [string, string] => {
        const at = line.indexOf(':');
        return [line.slice(0, at), line.slice(at + 1).trimStart()];
      });
      take(new Map(lines));
    }
  };
};

/** Subscribes to the live feed as a browser does, over an event stream; `done` resolves when the line ends. */
export const streamChanges = (url: string, lastEventId: string | null, take: (item: LiveItem) => void) => {
  const stop = new AbortController();
  const headers: Record<string, string> = lastEventId === null ? {} : { 'Last-Event-Id': lastEventId };
  const parse = parseEvents((event) => {
    const data = event.get('data');
    if (!data) return;
    for (const item of JSON.parse(data) as LiveItem[]) take(item);
  });
  const read = async () => {
    const response = await fetch(`${url}${livePath}`, { headers, signal: stop.signal });
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) parse(decoder.decode(chunk, { stream: true }));
  };
  const done = read().catch((error: unknown) => error);
  return { done, cut: () => stop.abort() };
};
