import { z } from 'zod';
import { DivisionCode } from '@/data/model/division';
import { Moment } from '@/data/model/moment';
import { Problem } from '@/data/model/problem';
import { instantOf } from '../db/moment';
import { inScope } from '../trpc/guard';
import { router } from '../trpc/init';
import { readBeach, readBeaches } from './store';

export const beachRouter = router({
  /** One beach with its visitors hour by hour in the day up to the moment. */
  byId: inScope.input(Moment.extend({ id: z.string().max(60) })).query(async ({ ctx, input }) => {
    const at = await instantOf(ctx.connection, input);
    const found = await readBeach(ctx.connection, ctx.scope, { id: input.id, at });
    if (!found) throw new Problem('not_found', `No beach ${input.id} in your territory.`);
    return { asOf: at.toISOString(), ...found };
  }),
  /** Beaches of the territory, or of a division in it, the fullest first. */
  list: inScope
    .input(Moment.extend({ division: DivisionCode.nullable().default(null) }))
    .query(async ({ ctx, input }) => {
      const at = await instantOf(ctx.connection, input);
      const counted = await readBeaches(ctx.connection, ctx.scope, { at, division: input.division });
      return { asOf: at.toISOString(), ...counted };
    }),
});
