import { z } from 'zod';
import { inScope } from '../trpc/guard';
import { router } from '../trpc/init';
import { readSentence } from './read';

export const askRouter = router({
  /** A sentence as a question, and the words of it that say nothing known; asks nothing itself. */
  parse: inScope
    .input(z.object({ text: z.string().max(60), at: z.iso.datetime({ offset: true }).nullable().default(null) }))
    .query(({ ctx, input: { text, at } }) =>
      readSentence(ctx.connection, ctx.scope, { text, at: at === null ? null : new Date(at) }),
    ),
});
