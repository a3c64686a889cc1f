import { mapDimensions } from './dimensions';
import { defineMetric } from './metric';

const base = {
  code: null,
  denominator: '1',
  fact: 'entity',
  where: 'registered_on <= $asOfDay and (closed_on is null or closed_on > $asOfDay)',
  time: null,
  dimensions: [...mapDimensions, 'entityType', 'industry', 'recordOrigin'],
  polarity: 'neutral',
  leastN: 0,
  decimals: 0,
  freshSeconds: 86_400,
  source: 'GB 32100 统一社会信用代码',
  revision: 1,
  since: '2026-11-22',
} as const;

export const entityCount = defineMetric({
  ...base,
  key: 'entity.count',
  unit: 'entity',
  kind: 'count',
  numerator: '1',
  zh: '法人和个体数',
  en: 'Entities',
  meaning: {
    zh: '截至当日已登记且未注销的法人单位和个体工商户。',
    en: 'Legal entities and traders registered and not dissolved that day.',
  },
});

export const entityEmployees = defineMetric({
  ...base,
  key: 'entity.employees',
  unit: 'person',
  kind: 'sum',
  numerator: 'n_employees',
  zh: '从业人员数',
  en: 'Employees',
  meaning: {
    zh: '截至当日已登记且未注销的法人和个体登记的从业人数之和；按单位所在地计，不是居住人口。',
    en: 'Employees as registered by entities not dissolved that day, counted where the entity is; they are no residents.',
  },
});
