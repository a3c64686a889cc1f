import { z } from 'zod';
import { OwnId, OwnReportDraft } from '@/data/model/own-report';
import { byRole, inScope } from '../trpc/guard';
import { router } from '../trpc/init';
import { canPrint } from './print';
import { changeReport, listReports, readReport, removeReport, saveReport } from './store';

/** Posts that keep reports; a wall keeps none. */
const keeper = byRole('R1', 'R2', 'R3', 'R4', 'R5', 'R6', 'R7');

const Version = z.number().int().min(1);
const Seen = z.object({ id: OwnId, version: Version });

export const reportRouter = router({
  list: keeper.query(({ ctx }) => listReports(ctx.connection, ctx.scope)),
  byId: keeper
    .input(z.object({ id: OwnId, version: Version.nullable() }))
    .query(({ ctx, input }) => readReport(ctx.connection, ctx.scope, input)),
  save: keeper.input(OwnReportDraft).mutation(({ ctx, input }) => saveReport(ctx.connection, ctx.scope, input)),
  change: keeper
    .input(OwnReportDraft.extend(Seen.shape))
    .mutation(({ ctx, input }) => changeReport(ctx.connection, ctx.scope, input)),
  /** Whether this server has a browser to make a PDF with. */
  canPrint: inScope.query(() => canPrint()),
  remove: keeper.input(Seen).mutation(({ ctx, input }) => removeReport(ctx.connection, ctx.scope, input)),
});
