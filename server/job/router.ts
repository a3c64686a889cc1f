import { z } from 'zod';
import { byRole } from '../trpc/guard';
import { router } from '../trpc/init';
import { deadJobs, reviveJob } from './store';

/** Who looks after the works of the house: dispatch control and the administrator. */
const keeper = byRole('R2', 'R9');

export const jobRouter = router({
  dead: keeper.query(({ ctx }) => deadJobs(ctx.connection.db)),
  revive: keeper
    .input(z.object({ id: z.number().int() }))
    .mutation(({ ctx, input }) => reviveJob(ctx.connection.db, input.id)),
});
