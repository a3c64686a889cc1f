import type { Answer } from '@/data/model/answer';
import type { FillLevel } from '@/data/model/division';
import { askedBy, type View } from '@/data/model/view';
import type { Api } from '../feed/trpc';

const metric = 'event.on_time_close_rate';
const period = 'P30D' as const;

/** What an assessment asks: the rate by a dimension against the thirty days before, and the target of the whole. */
export const assessAsks = (view: View, api: Api, dimension: FillLevel | 'department') => {
  const question = { ...askedBy('assessment', view), period };
  return {
    rates: api.metric.ask.queryOptions({ metric, dimensions: [dimension], question, operators: ['previous'] }),
    whole: api.metric.ask.queryOptions({ metric, question: { ...question, division: null } }),
  };
};

/** Target of the place asked about, else that of the whole territory; null = none set. */
export const targetOf = ({ rates, whole }: { rates: Answer; whole: Answer }): number | null =>
  rates.target ?? whole.target;
