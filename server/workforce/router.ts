import { z } from 'zod';
import { clampAt } from '../metric/period';
import { inScope } from '../trpc/guard';
import { router } from '../trpc/init';
import { listOnDuty } from './store';

export const workforceRouter = router({
  onDuty: inScope
    .input(
      z.object({
        /** Null = now. */
        at: z.iso.datetime({ offset: true }).nullable().default(null),
        limit: z.number().int().min(1).max(500).default(200),
      }),
    )
    .query(({ ctx, input }) =>
      listOnDuty(ctx.connection, ctx.scope, { at: clampAt(input.at, new Date()), limit: input.limit }),
    ),
});
