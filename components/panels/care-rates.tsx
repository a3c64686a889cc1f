'use client';

import { defineRates } from '../panel/rate-row';

/** Who is on the register, how many visits were in time, how many are overdue (关爱服务). */
export const careRates = defineRates({
  key: 'care-rates',
  metrics: ['care.registered', 'care.visit_on_time', 'care.visit_overdue'],
});
