import { divisionDimensions } from './dimensions';
import { defineMetric } from './metric';

const base = {
  code: null,
  fact: 'beach_hour',
  numerator: 'n_visitors',
  where: 'counted_at <= $asOf and counted_at > $asOf - interval 1 hour',
  time: null,
  dimensions: [...divisionDimensions],
  leastN: 0,
  freshSeconds: 3_600,
  source: '沙滩客流计数',
  revision: 1,
  since: '2026-11-22',
} as const;

export const beachVisitors = defineMetric({
  ...base,
  key: 'beach.visitors',
  unit: 'person',
  kind: 'count',
  denominator: '1',
  polarity: 'neutral',
  decimals: 0,
  zh: '沙滩在场人数',
  en: 'Visitors on beaches',
  meaning: {
    zh: '截至时刻前最近一个整点各沙滩的在场人数之和；只是人数，不识别任何人。',
    en: 'Visitors present on the beaches on the last full hour; a count of a crowd that knows nobody.',
  },
});

export const beachLoad = defineMetric({
  ...base,
  key: 'beach.load',
  unit: 'share',
  kind: 'rate',
  denominator: 'capacity',
  polarity: 'down_good',
  decimals: 1,
  zh: '沙滩承载率',
  en: 'Load of beaches',
  meaning: {
    zh: '最近一个整点的在场人数 ÷ 有计数的沙滩的容量。',
    en: 'Visitors on the last full hour ÷ what the beaches that were counted hold.',
  },
});
