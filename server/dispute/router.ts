import { z } from 'zod';
import { DisputeMove, DisputeNote, DisputeRelapse, DisputeReport } from '@/data/model/dispute';
import { byRole } from '../trpc/guard';
import { router } from '../trpc/init';
import { listDisputes, moveDispute, noteDispute, readDispute, relapseDispute, reportDispute } from './store';

const Instant = z.iso
  .datetime({ offset: true })
  .nullable()
  .default(null)
  .transform((at) => (at === null ? null : new Date(at)));

const DisputeAsk = z.object({
  division: z.string().max(40).nullable().default(null),
  at: Instant,
  isOpen: z.boolean().default(true),
  categoryL1: z.string().max(10).nullable().default(null),
  limit: z.number().int().min(1).max(500).default(100),
  offset: z.number().int().min(0).max(100_000).default(0),
});

const worker = byRole('R2', 'R3', 'R4', 'R5', 'R6');

export const disputeRouter = router({
  list: worker.input(DisputeAsk).query(({ ctx, input }) => listDisputes(ctx.connection, ctx.scope, input)),
  byId: worker
    .input(z.object({ id: z.uuid(), at: Instant }))
    .query(({ ctx, input }) => readDispute(ctx.connection, ctx.scope, input)),
  report: worker.input(DisputeReport).mutation(({ ctx, input }) => reportDispute(ctx.connection, ctx.scope, input)),
  relapse: worker.input(DisputeRelapse).mutation(({ ctx, input }) => relapseDispute(ctx.connection, ctx.scope, input)),
  move: worker.input(DisputeMove).mutation(({ ctx, input }) => moveDispute(ctx.connection, ctx.scope, input)),
  note: worker.input(DisputeNote).mutation(({ ctx, input }) => noteDispute(ctx.connection, ctx.scope, input)),
});
