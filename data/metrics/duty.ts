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
  breaks: [0.8, 0.9, 0.95],
  zh: '到岗率',
  en: 'On-duty share',
  meaning: { zh: '在岗人数 ÷ 当班应到人数。', en: 'Workers signed in ÷ workers whose shift is running.' },
});

export const dutyAbsent = defineMetric({
  ...base,
  key: 'duty.absent',
  where: `${isRostered} and not coalesce(${isOnDuty}, false)`,
  polarity: 'down_good',
  breaks: [1, 2],
  zh: '未到岗人数',
  en: 'Absent now',
  meaning: {
    zh: '班次正在进行而未签到或已签退的人员：应到减在岗。',
    en: 'Workers whose shift is running and who have not signed in, or out already: rostered less on duty.',
  },
});

export const dutyPerTenThousand = defineMetric({
  ...base,
  key: 'duty.per_ten_thousand',
  unit: 'workerPerTenThousand',
  kind: 'rate',
  denominator: 'residents',
  where: `${isRostered} and ${isOnDuty}`,
  leastN: 10,
  decimals: 1,
  zh: '万人在岗人数',
  en: 'On duty per 10,000 residents',
  meaning: {
    zh: '在岗人数 ÷ 该范围截至时刻的实有人口 × 10000。',
    en: 'Workers on duty ÷ people living there at that instant × 10,000.',
  },
});

/** Full hours, as the buckets of `hour`, from one instant up to, not including, another. */
const fullHours = (from: string, to: string): string =>
  `list_transform(generate_series(date_trunc('hour', ${from} + interval '3599 seconds 999999 microseconds'), ` +
  `${to} - interval '1 microsecond', interval '1 hour'), lambda h: strftime(h, '%Y-%m-%dT%H:00'))`;

const dayStarts = "date_trunc('day', $asOf)";
const dayEnds = `(${dayStarts} + interval '1 day')`;

export const dutyRosteredAt = defineMetric({
  ...base,
  key: 'duty.rostered_at',
  where: `starts_at < ${dayEnds} and ends_at > ${dayStarts}`,
  dimensions: [...base.dimensions, 'hour'],
  by: { hour: fullHours(`greatest(starts_at, ${dayStarts})`, `least(ends_at, ${dayEnds})`) },
  polarity: 'neutral',
  zh: '当日各整点应到',
  en: 'Rostered by hour of the day',
  meaning: {
    zh: '当日每个整点班次正在进行的人数，含当日以后的整点；一个班次计入其间每个整点，各整点之和不是总数。',
    en: 'Workers whose shift runs at each full hour of the local day, later hours included; hours do not add up.',
  },
});

export const dutyOnDutyAt = defineMetric({
  ...base,
  key: 'duty.on_duty_at',
  where: `signed_in_at <= $asOf and coalesce(signed_out_at, ends_at) > ${dayStarts} and ends_at > ${dayStarts}`,
  dimensions: [...base.dimensions, 'hour'],
  by: {
    hour: fullHours(
      `greatest(starts_at, signed_in_at, ${dayStarts})`,
      "least(ends_at, coalesce(signed_out_at, ends_at), $asOf + interval '1 microsecond')",
    ),
  },
  zh: '当日各整点在岗',
  en: 'On duty by hour of the day',
  meaning: {
    zh: '当日截至时刻以前每个整点已签到且未签退的人数；各整点之和不是总数。',
    en: 'Workers signed in at each full hour of the local day up to that instant; hours do not add up.',
  },
});
