import { PassAsk, PassMove, type PassTold } from '@/data/model/volunteer';
import { type Connection, connection } from '../db/client';
import { inTurn, json } from '../intake/http';
import { readJson } from '../trpc/body';
import { parse } from '../trpc/plain';
import { followPass, movePass, readPass } from './pass';

const bodyBytes = 2 * 1024;
const encoder = new TextEncoder();

/** `told`, then what followed it, a line of JSON each; an empty line says that the line still stands. */
const passAnswer = (db: Connection, asked: { secret: string; told: PassTold }, signal: AbortSignal): Response => {
  const left = new AbortController();
  const changes = followPass(db, asked, AbortSignal.any([signal, left.signal]));
  const body = new ReadableStream<Uint8Array>({
    start: (stream) => stream.enqueue(encoder.encode(`${JSON.stringify(asked.told)}\n`)),
    pull: async (stream) => {
      // A pass that ended, or a server that stops, ends the line; who asks again is told which.
      const next = await changes.next().catch(() => null);
      if (!next || next.done) return stream.close();
      stream.enqueue(encoder.encode(next.value ? `${JSON.stringify(next.value)}\n` : '\n'));
    },
    cancel: () => left.abort(),
  });
  const headers = {
    'content-type': 'application/x-ndjson',
    'cache-control': 'no-store, no-transform',
    'x-accel-buffering': 'no',
  };
  return new Response(body, { headers });
};

/** POST the secret of a pass, get what its holder is told, and again whenever it changes: lines of `PassTold`. */
export const handlePass = (request: Request): Promise<Response> =>
  inTurn(request, 'pass', async () => {
    const { secret } = parse(PassAsk, await readJson(request, bodyBytes));
    const told = await readPass(connection(), secret);
    return passAnswer(connection(), { secret, told }, request.signal);
  });

/** POST a step of the holder of a pass, get what he is told then. */
export const handlePassMove = (request: Request): Promise<Response> =>
  inTurn(request, 'pass', async () => {
    const move = parse(PassMove, await readJson(request, bodyBytes));
    return json(await movePass(connection(), move));
  });
