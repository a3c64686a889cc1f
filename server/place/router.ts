import { z } from 'zod';
import { inScope } from '../trpc/guard';
import { router } from '../trpc/init';
import { search } from './search';
import { readBuilding, readDwelling } from './store';

/** Imported installations key buildings by codes of their own, so only the characters are checked here. */
const Code = z.string().regex(/^[\w-]{1,40}$/);

export const placeRouter = router({
  buildingByCode: inScope
    .input(z.object({ code: Code, at: z.iso.datetime({ offset: true }).nullable().default(null) }))
    .query(({ ctx, input: { code, at } }) =>
      readBuilding(ctx.connection, ctx.scope, code, at === null ? null : new Date(at)),
    ),
  dwellingByCode: inScope
    .input(z.object({ code: Code }))
    .query(({ ctx, input }) => readDwelling(ctx.connection, ctx.scope, input.code)),
  search: inScope
    .input(z.object({ text: z.string().max(60) }))
    .query(({ ctx, input }) => search(ctx.connection, ctx.scope, input.text)),
});
