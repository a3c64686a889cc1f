import { z } from 'zod';
import { Moment } from '@/data/model/moment';
import { instantOf } from '../db/moment';
import { inScope } from '../trpc/guard';
import { router } from '../trpc/init';
import { readStations, readWeatherHours } from './store';

export const weatherRouter = router({
  /** Every station with the last whole hour and the 12 and 24 hours up to it. */
  stations: inScope.input(Moment).query(async ({ ctx, input }) => {
    const at = await instantOf(ctx.connection, input);
    return { asOf: at.toISOString(), ...(await readStations(ctx.connection, at)) };
  }),
  /** Whole hours over all stations. */
  hours: inScope
    .input(Moment.extend({ hours: z.number().int().min(1).max(72).default(12) }))
    .query(async ({ ctx, input }) => {
      const at = await instantOf(ctx.connection, input);
      return { asOf: at.toISOString(), ...(await readWeatherHours(ctx.connection, at, input.hours)) };
    }),
});
