import type { Moment } from '@/data/model/moment';
import { readInstallation } from '../dictionary/store';
import { clockOf } from '../metric/period';
import type { Connection } from './client';

/** The instant a moment stands for, never in the future. */
export const instantOf = async ({ db }: Connection, moment: Moment): Promise<Date> =>
  clockOf(moment, new Date(), (await readInstallation(db)).timeZone);
