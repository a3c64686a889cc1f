import { z } from 'zod';
import { listLimits, listRoles, NameTaught, RowDecision } from '@/data/model/address';
import { At } from '@/data/model/moment';
import { byRole } from '../trpc/guard';
import { router } from '../trpc/init';
import { decideRow, matchAgain, teachName } from './decide';
import { listBatches, readBatch, readOpenRows, tellAddress } from './store';

/** Posts that see buildings and cases one by one. */
const seer = byRole('R2', 'R3', 'R4', 'R5', 'R6');
const worker = byRole(...listRoles);

/** Written addresses and lists of them matched to buildings and dwellings (标准地址匹配). */
export const addressRouter = router({
  match: seer
    .input(z.object({ text: z.string().trim().min(1).max(listLimits.letters) }))
    .query(({ ctx, input }) => tellAddress(ctx.connection, ctx.scope, input.text)),
  list: worker.input(z.object({ at: At })).query(({ ctx, input }) => listBatches(ctx.connection, ctx.scope, input.at)),
  byId: worker
    .input(z.object({ id: z.uuid(), at: At }))
    .query(({ ctx, input }) => readBatch(ctx.connection.db, ctx.scope, input.id, input.at)),
  open: worker
    .input(
      z.object({
        id: z.uuid(),
        limit: z.number().int().min(1).max(100).default(20),
        offset: z.number().int().min(0).max(listLimits.rows).default(0),
      }),
    )
    .query(({ ctx, input }) => readOpenRows(ctx.connection, ctx.scope, input)),
  decide: worker.input(RowDecision).mutation(({ ctx, input }) => decideRow(ctx.connection, ctx.scope, input)),
  teach: worker.input(NameTaught).mutation(({ ctx, input }) => teachName(ctx.connection, ctx.scope, input)),
  again: worker
    .input(z.object({ id: z.uuid() }))
    .mutation(({ ctx, input }) => matchAgain(ctx.connection, ctx.scope, input.id)),
});
