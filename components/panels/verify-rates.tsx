'use client';

import { defineRates } from '../panel/rate-row';

/** Shares of doubtful records seen to, records linked by themselves, people at their dwelling, sound records (数据质量). */
export const verifyRates = defineRates({
  key: 'verify-rates',
  metrics: ['doubt.verified_rate', 'record.linked_rate', 'quality.home', 'record.quality'],
  period: 'P90D',
});
