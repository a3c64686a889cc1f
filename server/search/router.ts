import { z } from 'zod';
import { inScope } from '../trpc/guard';
import { router } from '../trpc/init';
import { find } from './find';

export const searchRouter = router({
  /** Hits of a search, best group first; at most 24. */
  find: inScope
    .input(z.object({ text: z.string().max(60), at: z.iso.datetime({ offset: true }).nullable().default(null) }))
    .query(({ ctx, input: { text, at } }) =>
      find(ctx.connection, ctx.scope, { text, at: at === null ? null : new Date(at) }),
    ),
});
