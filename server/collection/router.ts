import { CollectDecision, Collected, SpecialTold } from '@/data/model/collection';
import type { Scope } from '@/data/model/scope';
import { verifyRoles } from '@/data/model/verify';
import { departmentOf } from '../access/rules';
import { byRole } from '../trpc/guard';
import { router } from '../trpc/init';
import { decideItem } from './decide';
import { readSheet } from './sheet';
import { readForm, submitForm } from './special';
import { submitCollection } from './submit';
import { listUnmatched } from './unmatched';

/** Workers of base grids collect; those of a department have forms of their own. */
const collector = byRole('R5');
/** Workers of a department's specialised grids: they see the fields of their own lines and no other form. */
const specialist = byRole('R6');
/** Posts that judge what was collected: never the one that collected it. */
const judge = byRole(...verifyRoles);

const ofPost = <Told extends { department: string }>(scope: Scope, told: Told): Told => ({
  ...told,
  department: departmentOf(scope, told.department),
});

/** Collection at the door (四实采集): people, dwellings, entities, confirmed rather than typed. */
export const collectionRouter = router({
  sheet: collector.query(({ ctx }) => readSheet(ctx.connection, ctx.scope)),
  submit: collector.input(Collected).mutation(({ ctx, input }) => submitCollection(ctx.connection, ctx.scope, input)),
  form: specialist
    .input(SpecialTold.pick({ building: true, department: true }))
    .query(({ ctx, input }) => readForm(ctx.connection, ctx.scope, ofPost(ctx.scope, input))),
  submitForm: specialist
    .input(SpecialTold)
    .mutation(({ ctx, input }) => submitForm(ctx.connection, ctx.scope, ofPost(ctx.scope, input))),
  unmatched: judge.query(({ ctx }) => listUnmatched(ctx.connection, ctx.scope)),
  decide: judge.input(CollectDecision).mutation(({ ctx, input }) => decideItem(ctx.connection, ctx.scope, input)),
});
