import { z } from 'zod';
import { datesOf, Period, type View } from './view';

/** Instant an answer stands at, as it is sent; null = now. */
export const At = z.iso
  .datetime({ offset: true })
  .nullable()
  .default(null)
  .transform((at) => (at === null ? null : new Date(at)));

/** The instant a list is asked for as a View says it; null at = now, and never later than the end of a fixed period. */
export const Moment = z.object({
  at: z.iso.datetime({ offset: true }).nullable().default(null),
  period: Period.default('today'),
});
export type Moment = z.output<typeof Moment>;

/** The moment a View looks at; named periods end at the clock and do not matter. */
export const momentOf = ({ at, period }: Pick<View, 'at' | 'period'>): Moment => ({
  at,
  period: datesOf(period) ? period : 'today',
});
