import { z } from 'zod';
import { LookPurpose } from '@/data/model/audit';
import { At } from '@/data/model/moment';
import { relatedKinds, ThemeAsk } from '@/data/model/theme';
import { byRole, inScope } from '../trpc/guard';
import { router } from '../trpc/init';
import { lookAtPerson, lookAtVehicle, openThemes, readRelations, searchTheme } from './store';

/** One person or vehicle, what it is looked at for, and the clock; null = now. */
const Look = z.object({
  id: z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number),
  purpose: LookPurpose,
  at: At,
});

/** Theme search (主题库): rows of one store of the base data by its own columns, masked, and how they hang together. */
export const themeRouter = router({
  /** Themes the caller may search; none = the post gets figures alone. */
  open: inScope.query(({ ctx }) => openThemes(ctx.connection, ctx.scope)),
  list: byRole('R2', 'R3', 'R4', 'R5', 'R6')
    .input(ThemeAsk)
    .query(({ ctx, input }) => searchTheme(ctx.connection, ctx.scope, input)),
  personById: byRole('R2', 'R3', 'R4', 'R5')
    .input(Look)
    .query(({ ctx, input }) => lookAtPerson(ctx.connection, ctx.scope, input)),
  vehicleById: byRole('R2', 'R3', 'R4', 'R5')
    .input(Look)
    .query(({ ctx, input }) => lookAtVehicle(ctx.connection, ctx.scope, input)),
  relations: byRole('R2', 'R3', 'R4', 'R5', 'R6')
    .input(
      z.object({ kind: z.enum(relatedKinds), id: z.string().regex(/^[\w-]{1,40}$/), purpose: LookPurpose, at: At }),
    )
    .query(({ ctx, input }) => readRelations(ctx.connection, ctx.scope, input)),
});
