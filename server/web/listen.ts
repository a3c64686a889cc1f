import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import next from 'next';
import { refuse } from '@/data/model/intake';
import { Problem } from '@/data/model/problem';
import { connection } from '../db/client';
import { problemBody } from '../trpc/plain';
import { nameAddress } from './address';
import { isOwnOrigin } from './origin';

/** The web side of the product: answers "starting" until `serve`. */
export type Web = {
  serve: (isDev: boolean) => Promise<void>;
  /** Waits until /api/health says ok; `say` hears the reason while it does not. */
  untilHealthy: (say: (line: string) => void) => Promise<void>;
  close: () => Promise<void>;
};

const starting: RequestListener = (_request, response) => {
  response.writeHead(503, { 'content-type': 'application/json', 'retry-after': '2' });
  response.end(JSON.stringify({ status: 'starting' }));
};

/**
 * A body a route has encoded itself says so in `x-body-encoding`: Next 16 drops `content-encoding` from route handlers.
 */
const nameEncoding = (response: ServerResponse): void => {
  const set = response.setHeader.bind(response);
  response.setHeader = (name, value) => set(name === 'x-body-encoding' ? 'content-encoding' : name, value);
};

/** What another site makes a browser send changes nothing here, whatever route it names (CSRF). */
const refuseForeign = (response: ServerResponse): void => {
  response.writeHead(403, { 'content-type': 'application/json' });
  response.end(JSON.stringify(problemBody(refuse('origin', 'The request came from another site.'))));
};

/** Takes the port at once, so that a taken one is told before the long work. */
export const listenEarly = async (port: number): Promise<Web> => {
  let handle: RequestListener = starting;
  const server = createServer((request, response) => handle(request, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new Problem('unavailable', `Port ${port} is taken: choose another, PORT=${port + 1} npm start`)
          : error,
      ),
    );
    server.listen(port, resolve);
  });
  const serve = async (isDev: boolean) => {
    const app = next({ dev: isDev, dir: process.cwd(), port, httpServer: server });
    await app.prepare();
    const pages = app.getRequestHandler();
    handle = (request, response) => {
      if (!isOwnOrigin(request.method, request.headers)) return refuseForeign(response);
      nameAddress(request);
      nameEncoding(response);
      void pages(request, response);
    };
  };
  const untilHealthy = async (say: (line: string) => void) => {
    let last = '';
    for (;;) {
      const answer = await fetch(`http://127.0.0.1:${port}/api/health`);
      if (answer.ok) return;
      const text = await answer.text();
      if (text !== last) say(`waiting: ${text.slice(0, 200)}`);
      last = text;
      await sleep(300);
    }
  };
  const close = async () => {
    server.close();
    server.closeIdleConnections();
    await sleep(300);
    server.closeAllConnections();
    if (process.env.DATABASE_URL) await connection().sql.end({ timeout: 0.5 });
  };
  return { serve, untilHealthy, close };
};
