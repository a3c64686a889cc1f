import { z } from 'zod';
import { SavedViewDraft } from '@/data/model/saved-view';
import { byRole } from '../trpc/guard';
import { router } from '../trpc/init';
import { listViews, readView, removeView, renameView, saveView } from './store';

/** Posts that keep views; a wall keeps none. */
const keeper = byRole('R1', 'R2', 'R3', 'R4', 'R5', 'R6', 'R7');

const Seen = z.object({ id: z.uuid(), version: z.number().int().min(1) });

export const viewRouter = router({
  list: keeper.query(({ ctx }) => listViews(ctx.connection, ctx.scope)),
  byId: keeper
    .input(z.object({ id: z.uuid() }))
    .query(({ ctx, input }) => readView(ctx.connection, ctx.scope, input.id)),
  save: keeper.input(SavedViewDraft).mutation(({ ctx, input }) => saveView(ctx.connection, ctx.scope, input)),
  rename: keeper
    .input(Seen.extend(SavedViewDraft.pick({ name: true, isShared: true }).shape))
    .mutation(({ ctx, input }) => renameView(ctx.connection, ctx.scope, input)),
  remove: keeper.input(Seen).mutation(({ ctx, input }) => removeView(ctx.connection, ctx.scope, input)),
});
