import { z } from 'zod';
import { inScope } from '../trpc/guard';
import { router } from '../trpc/init';
import { readBuilding, readDwelling } from './store';
import { readTrail } from './trail';

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
  trail: inScope
    .input(z.object({ kind: z.enum(['grid', 'block', 'building', 'dwelling']), code: Code }))
    .query(({ ctx, input }) => readTrail(ctx.connection, ctx.scope, input)),
});
