import { defineMetric } from './metric';

const base = {
  code: null,
  denominator: '1',
  dimensions: ['district', 'subdistrict', 'community'],
  polarity: 'up_good',
  freshSeconds: 2,
  source: '志愿服务条例',
  revision: 1,
  since: '2026-11-29',
} as const;

export const volunteerCount = defineMetric({
  ...base,
  key: 'volunteer.count',
  unit: 'person',
  kind: 'count',
  fact: 'volunteer',
  numerator: '1',
  where: 'joined_at <= $asOf and (left_at is null or left_at > $asOf)',
  time: null,
  leastN: 10,
  decimals: 0,
  zh: '注册志愿者',
  en: 'Volunteers on the register',
  meaning: {
    zh: '截至时刻在册的志愿者，按所在服务队的属地计；不计入网格力量，不足 10 人的格不显示。',
    en: 'Volunteers on the register at that instant, where their team is; they are no staff. Cells of fewer than 10 are withheld.',
  },
});

export const volunteerHours = defineMetric({
  ...base,
  key: 'volunteer.hours',
  unit: 'hour',
  kind: 'sum',
  fact: 'volunteer_turn',
  numerator: 'epoch(went_at - came_at) / 3600',
  where: 'came_at is not null',
  time: 'went_at',
  leastN: 0,
  decimals: 1,
  zh: '志愿服务时长',
  en: 'Hours of volunteer service',
  meaning: {
    zh: '期间内签退的志愿服务，从签到到签退的小时数，按服务地点计。',
    en: 'Hours from coming to going of the turns that ended in the period, where the service was given.',
  },
});
