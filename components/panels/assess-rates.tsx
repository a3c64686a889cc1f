'use client';

import { defineRates } from '../panel/rate-row';

/** The three rates a district is asked for (账号活跃度、流转率、办结率): parts in sight, formula on a press. */
export const assessRates = defineRates({
  key: 'assess-rates',
  metrics: ['worker.active_share', 'event.transfer_rate', 'event.close_rate'],
});
