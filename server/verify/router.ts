import { z } from 'zod';
import { LngLat } from '@/data/model/geo';
import { At } from '@/data/model/moment';
import { doubtStates, openStates, VerifyDraft, Visit, verifyRoles } from '@/data/model/verify';
import { byRole } from '../trpc/guard';
import { router } from '../trpc/init';
import { openBatch, sendBatch } from './run';
import { listBatches, readBatch, readRules } from './store';
import { readDoubts, readTasks } from './tasks';
import { writeVisit } from './visit';

const Id = z.object({ id: z.uuid() });

/** Posts that read batches: figures alone. */
const reader = byRole('R1', ...verifyRoles);
const keeper = byRole(...verifyRoles);
/** Posts that see doubtful records one by one, and may say what they found. */
const visitor = byRole(...verifyRoles, 'R5');

/** Doubtful base data (存疑数据核查): rules, batches, tasks by grid, what the visits found, merged. */
export const verifyRouter = router({
  list: reader.input(z.object({ at: At })).query(({ ctx, input }) => listBatches(ctx.connection, ctx.scope, input.at)),
  byId: reader.input(Id.extend({ at: At })).query(async ({ ctx, input }) => ({
    ...(await readBatch(ctx.connection.db, ctx.scope, input.id, input.at)),
    /** Whether the caller may send it and see its records; never in the past. */
    mayKeep: input.at === null && verifyRoles.includes(ctx.scope.role),
  })),
  rules: reader.input(z.object({ at: At })).query(({ ctx, input }) => readRules(ctx.connection, ctx.scope, input.at)),
  open: keeper.input(VerifyDraft).mutation(({ ctx, input }) => openBatch(ctx.connection, ctx.scope, input)),
  send: keeper.input(Id).mutation(({ ctx, input }) => sendBatch(ctx.connection, ctx.scope, input.id)),
  doubts: keeper
    .input(
      Id.extend({
        states: z
          .array(z.enum(doubtStates))
          .min(1)
          .default([...openStates, 'found']),
        limit: z.number().int().min(1).max(100).default(20),
        offset: z.number().int().min(0).max(300_000).default(0),
      }),
    )
    .query(({ ctx, input }) => readDoubts(ctx.connection, ctx.scope, input)),
  mine: visitor
    .input(z.object({ from: LngLat.nullable().default(null) }))
    .query(({ ctx, input }) => readTasks(ctx.connection, ctx.scope, input.from)),
  visit: visitor.input(Visit).mutation(({ ctx, input }) => writeVisit(ctx.connection, ctx.scope, input)),
});
