import { z } from 'zod';
import { Problem } from '@/data/model/problem';
import { canReport } from '../event/rules';
import { readBody } from '../trpc/body';
import { readerOf, scopeOf } from '../trpc/http';
import { answer, parse } from '../trpc/plain';
import { photoLimit } from './rules';
import { keepPhoto, photoFor } from './store';

export const PhotoAsk = z.object({ id: z.uuid(), size: z.enum(['full', 'thumb']).default('full') });

/** A photo as an answer: never anything but an image, and never kept by a cache others share. */
export const sendPhoto = (bytes: Buffer): Response =>
  new Response(new Uint8Array(bytes), {
    headers: {
      'content-type': 'image/jpeg',
      'cache-control': 'private, max-age=3600',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    },
  });

/** POST the bytes of a photo: kept for an event to come; answers its id and what it says of its place and time. */
export const handleUpload = (request: Request): Promise<Response> =>
  answer(async () => {
    const { scope, connection } = await scopeOf(request);
    if (!canReport(scope)) throw new Problem('not_allowed', `Role ${scope.role} on ${scope.screen} may not report.`);
    const bytes = await readBody(request, photoLimit.bytes, 'photo_large');
    return Response.json(await keepPhoto(connection, scope.actorId, bytes), { status: 201 });
  });

/** GET a photo, `?size=thumb` the small one, within the caller's rights. */
export const handlePhoto = (request: Request, id: string): Promise<Response> =>
  answer(async () => {
    const { scope, connection } = await readerOf(request);
    const size = new URL(request.url).searchParams.get('size') ?? undefined;
    return sendPhoto(await photoFor(connection, scope, parse(PhotoAsk, { id, size })));
  });
