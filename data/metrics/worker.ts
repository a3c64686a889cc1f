import { divisionDimensions } from './dimensions';
import { defineMetric } from './metric';

const base = {
  code: null,
  unit: 'worker',
  fact: 'worker',
  numerator: '1',
  where: null,
  time: null,
  dimensions: [...divisionDimensions, 'workerType', 'department'],
  polarity: 'neutral',
  freshSeconds: 86_400,
  source: 'GB/T 34300 网格化人员',
  revision: 1,
  since: '2026-11-28',
} as const;

export const workerCount = defineMetric({
  ...base,
  key: 'worker.count',
  kind: 'count',
  denominator: '1',
  leastN: 0,
  decimals: 0,
  zh: '在册网格力量',
  en: 'Workers on the register',
  meaning: {
    zh: '在册的各类网格员和处置员，按其负责的区域计；名册没有历史，各时刻都是当前名册。',
    en: 'Grid workers and handlers of every kind, counted where they answer for; the register has no history and is always today’s.',
  },
});

export const workerPerTenThousand = defineMetric({
  ...base,
  key: 'worker.per_ten_thousand',
  unit: 'workerPerTenThousand',
  kind: 'rate',
  denominator: 'residents',
  leastN: 10,
  decimals: 1,
  zh: '万人网格力量',
  en: 'Workers per 10,000 residents',
  meaning: {
    zh: '在册网格员和处置员 ÷ 该范围截至时刻的实有人口 × 10000。',
    en: 'Workers on the register ÷ people living there at that instant × 10,000.',
  },
});

/** Share of the register that has used its account, as told by the shifts signed in to (网格账号活跃度). */
export const workerActiveShare = defineMetric({
  ...base,
  key: 'worker.active_share',
  code: 'K19',
  unit: 'share',
  kind: 'rate',
  denominator: '1',
  numerator: `(exists (select 1 from duty shift where shift.worker_id = fact.id and shift.signed_in_at <= $asOf
    and shift.signed_in_at > $asOf - interval '30 days'))::int`,
  polarity: 'up_good',
  leastN: 0,
  decimals: 1,
  breaks: [0.8, 0.9, 0.95],
  source: 'kpi_definitions K19',
  since: '2026-11-29',
  zh: '网格账号活跃度',
  en: 'Account activity',
  meaning: {
    zh: '在册网格力量（每人一个账号）中，截至时刻前 30 天内至少签到过一个班次的。',
    en: 'Of the workers on the register, one account each, those who signed in to a shift within the 30 days before.',
  },
});
