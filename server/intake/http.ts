import { z } from 'zod';
import { PublicReport, Receipt } from '@/data/model/intake';
import { connection } from '../db/client';
import { PhotoAsk, sendPhoto } from '../file/http';
import { photoLimit } from '../file/rules';
import { readBody, readJson } from '../trpc/body';
import { answer, parse } from '../trpc/plain';
import { keepPublicPhoto, photoByReceipt, publicForm, rateReport, readProgress, reportPublic } from './store';
import { addressOf, type Turn, takeTurn } from './turn';

const bodyBytes = 32 * 1024;

/** Every public call takes a turn of its address first. */
export const inTurn = (request: Request, what: Turn, work: () => Promise<Response>): Promise<Response> =>
  answer(async () => {
    await takeTurn(connection(), what, addressOf(request));
    return work();
  });

export const json = (body: unknown, status = 200): Response =>
  Response.json(body, { status, headers: { 'cache-control': 'no-store' } });

/** GET what the form asks with. */
export const handleForm = (request: Request): Promise<Response> =>
  inTurn(request, 'look', async () => json(await publicForm(connection())));

/** POST a photo of a report to come. */
export const handlePublicPhoto = (request: Request): Promise<Response> =>
  inTurn(request, 'photo', async () => {
    const bytes = await readBody(request, photoLimit.bytes, 'photo_large');
    return json(await keepPublicPhoto(connection(), bytes), 201);
  });

/** POST a report, get its receipt. */
export const handlePublicReport = (request: Request): Promise<Response> =>
  inTurn(request, 'report', async () => {
    const report = parse(PublicReport, await readJson(request, bodyBytes));
    return json(await reportPublic(connection(), report), 201);
  });

/** GET the progress a receipt tells; POST {rating} the mark after closing. */
export const handleProgress = (request: Request, receipt: string): Promise<Response> =>
  inTurn(request, 'look', async () => {
    const own = parse(Receipt, receipt);
    if (request.method === 'GET') return json(await readProgress(connection(), own));
    const { rating } = parse(
      z.strictObject({ rating: z.number().int().min(1).max(5) }),
      await readJson(request, bodyBytes),
    );
    return json(await rateReport(connection(), own, rating));
  });

/** GET a photo the holder of the receipt sent. */
export const handleReceiptPhoto = (request: Request, part: { receipt: string; id: string }): Promise<Response> =>
  inTurn(request, 'look', async () => {
    const size = new URL(request.url).searchParams.get('size') ?? undefined;
    const wanted = parse(PhotoAsk, { id: part.id, size });
    return sendPhoto(await photoByReceipt(connection(), parse(Receipt, part.receipt), wanted));
  });
