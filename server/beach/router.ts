import { DivisionCode } from '@/data/model/division';
import { Moment } from '@/data/model/moment';
import { instantOf } from '../db/moment';
import { inScope } from '../trpc/guard';
import { router } from '../trpc/init';
import { readBeaches } from './store';

export const beachRouter = router({
  /** Beaches of the territory, or of a division in it, the fullest first. */
  list: inScope
    .input(Moment.extend({ division: DivisionCode.nullable().default(null) }))
    .query(async ({ ctx, input }) => {
      const at = await instantOf(ctx.connection, input);
      const beaches = await readBeaches(ctx.connection, ctx.scope, { at, division: input.division });
      return { asOf: at.toISOString(), beaches };
    }),
});
