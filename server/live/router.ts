import { TRPCError, tracked } from '@trpc/server';
import { z } from 'zod';
import { inScope } from '../trpc/guard';
import { router } from '../trpc/init';
import { feedOf } from './feed';

const Resume = z.object({ lastEventId: z.string().max(100).nullish() }).optional();

/** Sends the client to come again: it reconnects by itself with the last cursor it saw. */
const comeAgain = (cause: unknown) =>
  new TRPCError({ code: 'SERVICE_UNAVAILABLE', message: 'The live feed was interrupted.', cause });

export const liveRouter = router({
  /** Changes of the caller's territory as they are committed; resumes after `lastEventId`. */
  changes: inScope.input(Resume).subscription(async function* ({ ctx, input, signal }) {
    const stop = signal ?? new AbortController().signal;
    try {
      for await (const items of feedOf(ctx.connection).batches(ctx.scope, input?.lastEventId ?? null, stop)) {
        const last = items.at(-1);
        if (last) yield tracked(last.cursor, items);
      }
    } catch (error) {
      throw comeAgain(error);
    }
  }),
});
