import { z } from 'zod';
import { byRole } from '../trpc/guard';
import { router } from '../trpc/init';
import { listLines, verifyLines } from './store';

const auditor = byRole('R8');

/** The audit (审计留痕), read by auditors alone; nobody changes it. */
export const auditRouter = router({
  list: auditor
    .input(z.object({ before: z.number().int().positive().nullable().default(null) }))
    .query(({ ctx, input }) => listLines(ctx.connection, input.before)),
  verify: auditor.query(({ ctx }) => verifyLines(ctx.connection)),
});
