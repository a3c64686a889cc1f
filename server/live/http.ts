import type { Scope } from '@/data/model/scope';
import { lifeOf } from '../account/lapse';
import type { Connection } from '../db/client';
import { enterDrill } from '../drill/store';
import { drillOf, scopeOf } from '../trpc/http';
import { answer } from '../trpc/plain';
import type { LiveBatch } from './channel';
import { feedOf } from './feed';

/** How long a browser waits before it opens a line that ended anew, ms. */
const retryMs = 1_000;
const encoder = new TextEncoder();
const texts = new WeakMap<LiveBatch, Uint8Array>();

/** A batch as one message of an event stream, made once for all who are told it. */
const messageOf = (batch: LiveBatch): Uint8Array => {
  const text = texts.get(batch) ?? encoder.encode(`id: ${batch.at(-1)?.cursor}\ndata: ${JSON.stringify(batch)}\n\n`);
  texts.set(batch, text);
  return text;
};

/**
 * Changes of a territory as they are committed, as an event stream: `data` = `LiveItem[]` in JSON, `id` = the cursor to come
 * back with. Ends when the signal aborts or the server stops; the browser then opens another by itself.
 */
export const liveAnswer = (
  { connection, scope }: { connection: Connection; scope: Scope },
  cursor: string | null,
  signal: AbortSignal,
): Response => {
  const left = new AbortController();
  const batches = feedOf(connection).batches(scope, cursor, AbortSignal.any([signal, left.signal]));
  const body = new ReadableStream<Uint8Array>({
    start: (stream) => stream.enqueue(encoder.encode(`retry: ${retryMs}\n\n`)),
    pull: async (stream) => {
      // A feed that stops says so by an error: the end of the line is all a browser has to know.
      const next = await batches.next().catch(() => null);
      if (next?.value) stream.enqueue(messageOf(next.value));
      else stream.close();
    },
    cancel: () => left.abort(),
  });
  const headers = {
    'content-type': 'text/event-stream',
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
  };
  return new Response(body, { headers });
};

const longestCursor = 100;

/**
 * The live feed of whoever asks, of his drill where his screen is in one; resumes after `Last-Event-ID`, else after `from`.
 * It lasts no longer than the sign-in and the post it was opened with.
 */
export const handleLive = (request: Request): Promise<Response> =>
  answer(async () => {
    const { scope, connection } = await scopeOf(request);
    const drill = drillOf(request);
    const entered = drill ? await enterDrill(connection, scope, drill) : { connection, scope };
    const cursor = request.headers.get('last-event-id') ?? new URL(request.url).searchParams.get('from');
    const life = await lifeOf(connection, request.headers);
    request.signal.addEventListener('abort', () => life?.release());
    const signal = life ? AbortSignal.any([request.signal, life.signal]) : request.signal;
    return liveAnswer(entered, cursor?.slice(0, longestCursor) ?? null, signal);
  });
