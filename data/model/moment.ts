import { z } from 'zod';
import { datesOf, Period, type View } from './view';

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
