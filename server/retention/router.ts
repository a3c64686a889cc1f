import { z } from 'zod';
import { RetentionDraft, TimerCode } from '@/data/model/retention';
import { byRole } from '../trpc/guard';
import { router } from '../trpc/init';
import { changeTimer, readRetention, timerHistory, withdrawTimer } from './store';

/** Posts that study the whole, and those that keep the installation. */
const student = byRole('R2', 'R7', 'R8', 'R9', 'R10');
/** Who keeps the rules: the store decides, as a commander does in a demo alone. */
const keeper = byRole('R2', 'R9');

/** How long what is kept, and what was erased when its time was up (保存期限). */
export const retentionRouter = router({
  list: student.query(({ ctx }) => readRetention(ctx.connection, ctx.scope)),
  history: student
    .input(z.object({ code: TimerCode }))
    .query(({ ctx, input }) => timerHistory(ctx.connection, input.code)),
  change: keeper.input(RetentionDraft).mutation(({ ctx, input }) => changeTimer(ctx.connection, ctx.scope, input)),
  withdraw: keeper
    .input(RetentionDraft.pick({ code: true, seen: true, note: true }))
    .mutation(({ ctx, input }) => withdrawTimer(ctx.connection, ctx.scope, input)),
});
