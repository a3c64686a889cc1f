import { divisionDimensions } from './dimensions';
import { defineMetric } from './metric';

export const alertInForce = defineMetric({
  key: 'alert.in_force',
  code: null,
  unit: 'alert',
  kind: 'count',
  fact: 'alert',
  numerator: '1',
  denominator: '1',
  where: 'sent_at <= $asOf and effective_at <= $asOf and over_at > $asOf',
  time: null,
  dimensions: [...divisionDimensions, 'level', 'warning'],
  by: {
    district: 'districts',
    subdistrict: 'subdistricts',
    community: 'communities',
    grid: 'grids',
    level: '[level]',
  },
  polarity: 'neutral',
  leastN: 0,
  decimals: 0,
  freshSeconds: 2,
  zh: '生效预警',
  en: 'Warnings in force',
  meaning: {
    zh: '截至时刻已生效、未到期、未被替代或解除的预警；演练和测试不计。一条预警在其覆盖的每个区域各计一次，区域之和不是总数。',
    en: 'Warnings begun and at that instant neither expired, replaced nor called off; no practice. One counts once in each place it covers, so places do not add up.',
  },
  source: 'CAP 1.2',
  revision: 1,
  since: '2026-11-22',
});
