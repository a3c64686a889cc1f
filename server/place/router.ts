import { z } from 'zod';
import { LngLat } from '@/data/model/geo';
import { Known } from '@/data/model/view';
import { departmentOf } from '../access/rules';
import { byRole, inScope } from '../trpc/guard';
import { router } from '../trpc/init';
import { itemsHere } from './here';
import { readBuilding, readDwelling } from './store';
import { readTrail } from './trail';

/** Imported installations key buildings by codes of their own, so only the characters are checked here. */
const Code = z.string().regex(/^[\w-]{1,40}$/);

/** `at`: as it stood at that instant; null = now. */
const CodeAt = z.object({
  code: Code,
  at: z.iso
    .datetime({ offset: true })
    .nullable()
    .default(null)
    .transform((at) => (at === null ? null : new Date(at))),
  /** Record its events are read by. */
  known: Known.default('now'),
});

export const placeRouter = router({
  /** What is open where a worker stands; `department` = whose cases a handler is told of. */
  here: byRole('R5', 'R6')
    .input(z.object({ position: LngLat, department: z.string().max(20).nullable().default(null) }))
    .query(({ ctx, input }) =>
      itemsHere(ctx.connection, ctx.scope, { ...input, department: departmentOf(ctx.scope, input.department) }),
    ),
  buildingByCode: inScope
    .input(CodeAt)
    .query(({ ctx, input: { code, ...moment } }) => readBuilding(ctx.connection, ctx.scope, code, moment)),
  dwellingByCode: inScope
    .input(CodeAt)
    .query(({ ctx, input: { code, at } }) => readDwelling(ctx.connection, ctx.scope, code, at)),
  trail: inScope
    .input(z.object({ kind: z.enum(['grid', 'block', 'building', 'dwelling']), code: Code }))
    .query(({ ctx, input }) => readTrail(ctx.connection, ctx.scope, input)),
});
