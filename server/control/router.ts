import { z } from 'zod';
import { ControlMove, ControlPush } from '@/data/model/control';
import { byRole } from '../trpc/guard';
import { router } from '../trpc/init';
import { listControls, moveControl, pushControl, readControl } from './store';

const Instant = z.iso
  .datetime({ offset: true })
  .nullable()
  .default(null)
  .transform((at) => (at === null ? null : new Date(at)));

const ControlAsk = z.object({
  division: z.string().max(40).nullable().default(null),
  at: Instant,
  isOpen: z.boolean().default(false),
  limit: z.number().int().min(1).max(500).default(200),
});

const carrier = byRole('R2', 'R3', 'R4');

export const controlRouter = router({
  list: carrier.input(ControlAsk).query(({ ctx, input }) => listControls(ctx.connection, ctx.scope, input)),
  byId: carrier
    .input(z.object({ id: z.uuid(), at: Instant }))
    .query(({ ctx, input }) => readControl(ctx.connection, ctx.scope, input)),
  push: carrier.input(ControlPush).mutation(({ ctx, input }) => pushControl(ctx.connection, ctx.scope, input)),
  move: carrier.input(ControlMove).mutation(({ ctx, input }) => moveControl(ctx.connection, ctx.scope, input)),
});
