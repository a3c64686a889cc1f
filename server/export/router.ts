import { z } from 'zod';
import { inScope } from '../trpc/guard';
import { router } from '../trpc/init';
import { listExports } from './store';

export const exportRouter = router({
  /** Who exported what, when and what for (导出留痕): of the whole territory for those who lead it, else one's own. */
  list: inScope
    .input(z.object({ limit: z.number().int().min(1).max(500).default(200) }).default({ limit: 200 }))
    .query(({ ctx, input }) => listExports(ctx.connection, ctx.scope, input)),
});
