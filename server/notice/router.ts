import { z } from 'zod';
import { DatedChange } from '@/data/model/dated';
import { PushTarget, QuietDraft, QuietHours } from '@/data/model/notice';
import { departmentOf } from '../access/rules';
import { byRole, inScope } from '../trpc/guard';
import { router } from '../trpc/init';
import {
  changeQuiet,
  listNotices,
  pushKey,
  quietHistory,
  readNotices,
  setQuiet,
  subscribePush,
  unsubscribePush,
  withdrawQuiet,
} from './store';

/** Posts that are told; each reads its own alone, a handler those of his department. */
const told = byRole('R1', 'R2', 'R3', 'R4', 'R5', 'R6');
const Department = z.object({ department: z.string().max(20).nullable().default(null) });
/** Who keeps quiet hours of the house: the store decides, as a commander does in a demo alone. */
const keeper = byRole('R2', 'R9');

export const noticeRouter = router({
  list: told.input(Department.optional()).query(async ({ ctx, input }) => ({
    ...(await listNotices(ctx.connection, ctx.scope, departmentOf(ctx.scope, input?.department ?? null))),
    asOf: new Date().toISOString(),
  })),
  /** `ids` null = all of the post. */
  read: told
    .input(Department.extend({ ids: z.array(z.number().int()).max(500).nullable() }))
    .mutation(({ ctx, input }) =>
      readNotices(ctx.connection, ctx.scope, input.ids, departmentOf(ctx.scope, input.department)),
    ),
  setQuiet: told.input(QuietHours).mutation(({ ctx, input }) => setQuiet(ctx.connection, ctx.scope, input)),
  /** Key a browser subscribes with. */
  pushKey: told.query(() => pushKey()),
  subscribePush: told
    .input(PushTarget.extend(Department.shape))
    .mutation(({ ctx, input: { department, ...target } }) =>
      subscribePush(ctx.connection, ctx.scope, target, departmentOf(ctx.scope, department)),
    ),
  unsubscribePush: told
    .input(PushTarget.pick({ endpoint: true }))
    .mutation(({ ctx, input }) => unsubscribePush(ctx.connection, input.endpoint)),
  quietHistory: inScope.query(({ ctx }) => quietHistory(ctx.connection)),
  changeQuiet: keeper.input(QuietDraft).mutation(({ ctx, input }) => changeQuiet(ctx.connection, ctx.scope, input)),
  withdrawQuiet: keeper
    .input(DatedChange.omit({ from: true }))
    .mutation(({ ctx, input }) => withdrawQuiet(ctx.connection, ctx.scope, input)),
});
