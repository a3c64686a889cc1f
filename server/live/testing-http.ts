import { createHTTPServer } from '@trpc/server/adapters/standalone';
import type { LiveItem } from '@/data/model/event';
import type { Scope } from '@/data/model/scope';
import type { Connection } from '../db/client';
import { appRouter } from '../trpc/root';

/** A bare HTTP server of the product's procedures; every caller has the given scope. */
export const serveHttp = async (connection: Connection, scope: Scope) => {
  const server = createHTTPServer({ router: appRouter, createContext: () => ({ connection, scope }) });
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

/** Subscribes to `live.changes` as a browser does, over an event stream; `done` resolves when the line ends. */
export const streamChanges = (url: string, lastEventId: string | null, take: (item: LiveItem) => void) => {
  const stop = new AbortController();
  const headers: Record<string, string> = lastEventId === null ? {} : { 'Last-Event-Id': lastEventId };
  const parse = parseEvents((event) => {
    const data = event.get('data');
    if (event.get('event') || !data) return;
    // Feed items are plain JSON: nothing in them needs the transformer's notes.
    for (const item of (JSON.parse(data) as { json: LiveItem[] }).json) take(item);
  });
  const read = async () => {
    const response = await fetch(`${url}/live.changes`, { headers, signal: stop.signal });
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) parse(decoder.decode(chunk, { stream: true }));
  };
  const done = read().catch((error: unknown) => error);
  return { done, cut: () => stop.abort() };
};
