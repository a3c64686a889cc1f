'use client';

import { definePanel } from '../panel/panel';
import { RateRow } from '../panel/rate-row';

const key = 'care-rates';

/** Who is on the register, how many visits were in time, how many are overdue (关爱服务). */
export const careRates = definePanel({
  key,
  sizes: ['desk'],
  isBare: true,
  ask: ({ view, api }) => {
    const question = { division: null, period: 'P30D' as const, at: view.at, known: view.known, filters: [] };
    const ask = (metric: string) => api.metric.ask.queryOptions({ metric, question, operators: ['previous'] });
    return {
      registered: ask('care.registered'),
      inTime: ask('care.visit_on_time'),
      overdue: ask('care.visit_overdue'),
    };
  },
  draw: ({ data }) => <RateRow answers={[data.registered, data.inTime, data.overdue]} />,
});
