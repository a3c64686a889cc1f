'use client';

import { definePanel } from '../panel/panel';
import { RateRow } from '../panel/rate-row';

/** Shares of doubtful records seen to, records linked by themselves, people at their dwelling, sound records (数据质量). */
export const verifyRates = definePanel({
  key: 'verify-rates',
  sizes: ['desk'],
  isBare: true,
  ask: ({ view, api }) => {
    const question = { division: null, period: 'P90D' as const, at: view.at, known: view.known, filters: [] };
    const ask = (metric: string) => api.metric.ask.queryOptions({ metric, question, operators: ['previous'] });
    return {
      verified: ask('doubt.verified_rate'),
      linked: ask('record.linked_rate'),
      home: ask('quality.home'),
      quality: ask('record.quality'),
    };
  },
  draw: ({ data }) => <RateRow answers={[data.verified, data.linked, data.home, data.quality]} period="P90D" />,
});
