import { z } from 'zod';
import { PushRisk, RiskMove } from '@/data/model/control';
import { PushEvent, Reading } from '@/data/model/intake';
import { Problem } from '@/data/model/problem';
import { moveRisk, riskProgress, takeRisk } from '../control/store';
import { connection } from '../db/client';
import { takeTurn } from '../intake/turn';
import { takeReading } from '../sensor/store';
import { readJson } from '../trpc/body';
import { answer, parse, problemBody } from '../trpc/plain';
import { pushProgress, type Sender, senderOf, takePushed } from './store';

const bodyBytes = 1024 * 1024;
const mostEvents = 100;
const mostReadings = 1_000;

const asSender = (request: Request, work: (sender: Sender) => Promise<unknown>): Promise<Response> =>
  answer(async () => {
    const sender = await senderOf(connection(), request.headers.get('authorization'));
    await takeTurn(connection(), 'push', sender.id);
    return Response.json(await work(sender), { headers: { 'cache-control': 'no-store' } });
  });

/** Each row by itself: one that is refused says why and stops no other. */
const eachRow = async <T>(
  rows: readonly unknown[],
  schema: z.ZodType<T>,
  take: (row: T) => Promise<object>,
): Promise<{ results: object[] }> => {
  const results: object[] = [];
  for (const [index, row] of rows.entries())
    try {
      results.push({ index, ok: true, ...(await take(parse(schema, row))) });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      results.push({ index, ok: false, ...problemBody(error) });
    }
  return { results };
};

/** POST {events: [...]}: at most 100, a result each in their order. */
export const handlePushEvents = (request: Request): Promise<Response> =>
  asSender(request, async (sender) => {
    const Batch = z.strictObject({ events: z.array(z.unknown()).min(1).max(mostEvents) });
    const { events } = parse(Batch, await readJson(request, bodyBytes));
    return eachRow(events, PushEvent, async (row) => ({
      id: row.id,
      ...(await takePushed(connection(), sender, row)),
    }));
  });

/** GET ?id=: how far one's own event has come. */
export const handlePushProgress = (request: Request): Promise<Response> =>
  asSender(request, (sender) => pushProgress(connection(), sender, new URL(request.url).searchParams.get('id') ?? ''));

/** POST {readings: [...]}: at most 1,000, a result each in their order. */
export const handleReadings = (request: Request): Promise<Response> =>
  asSender(request, async (sender) => {
    const Batch = z.strictObject({ readings: z.array(z.unknown()).min(1).max(mostReadings) });
    const { readings } = parse(Batch, await readJson(request, bodyBytes));
    return eachRow(readings, Reading, (reading) => takeReading(connection(), sender, reading));
  });

/** POST {risks: [...]} or {moves: [...]} of an upper level: at most 100, a result each in their order. */
export const handlePushControls = (request: Request): Promise<Response> =>
  asSender(request, async (sender) => {
    const rows = z.array(z.unknown()).min(1).max(mostEvents);
    const Batch = z.union([z.strictObject({ risks: rows }), z.strictObject({ moves: rows })]);
    const batch = parse(Batch, await readJson(request, bodyBytes));
    if ('moves' in batch) return eachRow(batch.moves, RiskMove, (move) => moveRisk(connection(), sender, move));
    return eachRow(batch.risks, PushRisk, async (risk) => ({
      id: risk.id,
      ...(await takeRisk(connection(), sender, risk)),
    }));
  });

/** GET ?id=: receipts and feedback of one's own risk. */
export const handleRiskProgress = (request: Request): Promise<Response> =>
  asSender(request, (sender) => riskProgress(connection(), sender, new URL(request.url).searchParams.get('id') ?? ''));
