import { z } from 'zod';
import { LngLat } from '@/data/model/geo';
import { plainText } from '@/data/model/intake';
import { byRole } from '../trpc/guard';
import { router } from '../trpc/init';
import { guessCategories } from './guess';
import { openContact } from './store';

export const intakeRouter = router({
  guess: byRole('R2', 'R3', 'R4', 'R5', 'R6')
    .input(z.object({ position: LngLat.nullable().default(null), text: z.string().max(1000).default('') }))
    .query(({ ctx, input }) => guessCategories(ctx.connection, ctx.scope, input)),
  /** How to reach who reported it, looked at for a purpose that is kept. */
  contact: byRole('R2', 'R3', 'R4')
    .input(z.object({ id: z.string().max(40), purpose: plainText(200).pipe(z.string().min(2)) }))
    .mutation(({ ctx, input }) => openContact(ctx.connection, ctx.scope, input)),
});
