import { z } from 'zod';
import { QuietHours } from '@/data/model/notice';
import { byRole } from '../trpc/guard';
import { router } from '../trpc/init';
import { listNotices, readNotices, setQuiet } from './store';

/** Posts that are told; each reads its own alone. */
const told = byRole('R1', 'R2', 'R3', 'R4', 'R5');

export const noticeRouter = router({
  list: told.query(({ ctx }) => listNotices(ctx.connection, ctx.scope)),
  /** `ids` null = all of the post. */
  read: told
    .input(z.object({ ids: z.array(z.number().int()).max(500).nullable() }))
    .mutation(({ ctx, input }) => readNotices(ctx.connection, ctx.scope, input.ids)),
  setQuiet: told.input(QuietHours).mutation(({ ctx, input }) => setQuiet(ctx.connection, ctx.scope, input)),
});
