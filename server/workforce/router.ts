import { z } from 'zod';
import { clampAt } from '../metric/period';
import { byRole, inScope } from '../trpc/guard';
import { router } from '../trpc/init';
import { latestPositions, readTrack } from './position';
import { listOnDuty, workerById } from './store';

const Instant = z.iso.datetime({ offset: true });
const WorkerId = z.string().regex(/^[\w-]{1,40}$/);
const dayMs = 86_400_000;

/** Posts that lead workers; the store cuts to their territory. */
const leader = byRole('R2', 'R3', 'R4', 'R5');

/** A day at most at a time; `purpose` is written down beside the reader's post. */
const TrackAsk = z
  .object({
    worker: WorkerId,
    from: Instant.transform((text) => new Date(text)),
    to: Instant.transform((text) => new Date(text)),
    purpose: z.string().trim().min(2).max(200),
  })
  .refine(({ from, to }) => from < to && to.getTime() - from.getTime() <= dayMs, {
    message: 'A track is read for a day at most, from before to.',
  });

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
  positions: leader
    .input(z.object({ at: Instant.nullable().default(null) }))
    .query(({ ctx, input }) => latestPositions(ctx.connection, ctx.scope, clampAt(input.at, new Date()))),
  byId: leader
    .input(z.object({ id: WorkerId, at: Instant.nullable().default(null) }))
    .query(({ ctx, input }) => workerById(ctx.connection, ctx.scope, input.id, clampAt(input.at, new Date()))),
  track: leader.input(TrackAsk).mutation(({ ctx, input }) => readTrack(ctx.connection, ctx.scope, input)),
});
