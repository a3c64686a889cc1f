import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

type Encoding = 'br' | 'gzip' | 'identity';

/** A body that is sent often: compressed once per encoding, kept with its ETag. */
export type Payload = { type: string; etag: string; bodies: Map<Encoding, Promise<Uint8Array>>; raw: Uint8Array };

const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);

export const makePayload = (raw: Uint8Array, type: string): Payload => ({
  type,
  raw,
  etag: createHash('sha256').update(raw).digest('base64url').slice(0, 22),
  bodies: new Map(),
});

/** Browsers offer brotli over https and on localhost only; a wall on the LAN over http gets gzip. */
export const chooseEncoding = (accepted: string | null): Encoding => {
  const names = (accepted ?? '').split(',').map((part) => part.trim());
  const offers = (name: string) => names.some((part) => part.split(';')[0] === name && !/;\s*q=0(\.0*)?$/.test(part));
  if (offers('br')) return 'br';
  return offers('gzip') ? 'gzip' : 'identity';
};

const compress = async (raw: Uint8Array, encoding: Encoding, quality: number): Promise<Uint8Array> => {
  if (encoding === 'identity') return raw;
  if (encoding === 'gzip') return gzipped(raw, { level: 6 });
  const params = { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_SIZE_HINT]: raw.length };
  return brotli(raw, { params });
};

/** The body in one encoding; a second caller waits for the first one's work. */
export const encodedBody = (payload: Payload, encoding: Encoding, quality: number): Promise<Uint8Array> => {
  const known = payload.bodies.get(encoding);
  if (known) return known;
  const made = compress(payload.raw, encoding, quality);
  payload.bodies.set(encoding, made);
  return made;
};

/**
 * Answers a request from a payload: 304 when the browser has it, else the body in the best encoding it takes.
 * The body depends on who asks, so only the browser itself may keep it, for `maxAge` seconds without asking again.
 */
export const sendPayload = async (
  request: Request,
  payload: Payload,
  { quality, maxAge = 0 }: { quality: number; maxAge?: number },
): Promise<Response> => {
  const encoding = chooseEncoding(request.headers.get('accept-encoding'));
  const etag = `"${payload.etag}-${encoding}"`;
  const headers = new Headers({
    etag,
    // no-transform: the framework would compress the body once more
    'cache-control': `private, no-transform, ${maxAge > 0 ? `max-age=${maxAge}` : 'no-cache'}`,
    vary: 'accept-encoding, cookie, x-screen',
    'content-type': payload.type,
  });
  const held = (request.headers.get('if-none-match') ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  if (held.includes(etag)) return new Response(null, { status: 304, headers });
  const body = await encodedBody(payload, encoding, quality);
  if (encoding !== 'identity') headers.set('x-body-encoding', encoding);
  return new Response(body as Uint8Array<ArrayBuffer>, { headers });
};
