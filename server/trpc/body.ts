import { type Refusal, refuse } from '@/data/model/intake';

/** Body of a request, read as a stream and cut off at the limit: never more than the limit is held. */
export const readBody = async (request: Request, limit: number, reason: Refusal = 'body_large'): Promise<Buffer> => {
  const tooLarge = () => refuse(reason, `The body is larger than ${limit} bytes.`, { megabytes: limit / 1024 / 1024 });
  if (Number(request.headers.get('content-length') ?? 0) > limit) throw tooLarge();
  const reader = request.body?.getReader();
  const parts: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const part = await reader?.read();
    if (!part || part.done) return Buffer.concat(parts);
    size += part.value.byteLength;
    if (size > limit) {
      await reader?.cancel();
      throw tooLarge();
    }
    parts.push(part.value);
  }
};

/** Body as JSON; `invalid` when it is none. */
export const readJson = async (request: Request, limit: number): Promise<unknown> => {
  const text = (await readBody(request, limit)).toString('utf8');
  try {
    return JSON.parse(text);
  } catch {
    throw refuse('not_json', 'The body is not JSON.');
  }
};
