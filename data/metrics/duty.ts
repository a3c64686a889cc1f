import { divisionDimensions } from './dimensions';
import { defineMetric } from './metric';

const base = {
  code: null,
  unit: 'worker',
  kind: 'count',
  fact: 'duty',
  numerator: '1',
  denominator: '1',
  time: null,
  dimensions: [...divisionDimensions, 'workerType', 'department'],
  polarity: 'up_good',
  leastN: 0,
  decimals: 0,
  freshSeconds: 2,
  source: '值班排班',
  revision: 1,
  since: '2026-11-22',
} as const;

const isRostered = 'starts_at <= $asOf and ends_at > $asOf';
const isOnDuty = 'signed_in_at <= $asOf and (signed_out_at is null or signed_out_at > $asOf)';

export const dutyRostered = defineMetric({
  ...base,
  key: 'duty.rostered',
  where: isRostered,
  polarity: 'neutral',
  zh: '当班应到',
  en: 'Rostered now',
  meaning: { zh: '截至时刻班次正在进行的网格员和处置员。', en: 'Workers whose shift is running at that instant.' },
});

export const dutyOnDuty = defineMetric({
  ...base,
  key: 'duty.on_duty',
  where: `${isRostered} and ${isOnDuty}`,
  zh: '在岗人数',
  en: 'On duty now',
  meaning: {
    zh: '班次正在进行、已签到且未签退的人员。',
    en: 'Workers whose shift is running, who have signed in and not signed out.',
  },
});

export const dutyOnDutyShare = defineMetric({
  ...base,
  key: 'duty.on_duty_share',
  unit: 'share',
  kind: 'rate',
  numerator: `coalesce((${isOnDuty})::int, 0)`,
  where: isRostered,
  decimals: 1,
  zh: '到岗率',
  en: 'On-duty share',
  meaning: { zh: '在岗人数 ÷ 当班应到人数。', en: 'Workers signed in ÷ workers whose shift is running.' },
});
