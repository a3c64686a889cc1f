import { divisionDimensions } from './dimensions';
import { defineMetric } from './metric';

export const careRegistered = defineMetric({
  key: 'care.registered',
  code: null,
  unit: 'person',
  kind: 'count',
  fact: 'care',
  numerator: '1',
  denominator: '1',
  where: 'from_on <= $asOfDay and (to_on is null or to_on > $asOfDay)',
  time: null,
  dimensions: [...divisionDimensions, 'careGroup'],
  polarity: 'neutral',
  countsPersons: true,
  leastN: 10,
  decimals: 0,
  freshSeconds: 2,
  zh: '关爱与服务对象',
  en: 'Persons in care',
  meaning: {
    zh: '截至时刻在册的关爱与服务对象，按登记计（一人在两类中计两次）；少于 10 人的格不显示。',
    en: 'Persons on the register of care and service, one a registration; cells of fewer than 10 are withheld.',
  },
  source: '关爱服务登记',
  revision: 1,
  since: '2026-11-29',
});

const visits = {
  fact: 'visit',
  dimensions: [...divisionDimensions],
  leastN: 10,
  freshSeconds: 2,
  source: '走访记录',
  revision: 1,
  since: '2026-11-29',
} as const;

export const careVisitOnTime = defineMetric({
  ...visits,
  key: 'care.visit_on_time',
  code: 'K26',
  unit: 'share',
  kind: 'rate',
  numerator: 'coalesce((visited_at <= due_at)::int, 0)',
  denominator: '1',
  where: 'voided_at is null or voided_at > due_at',
  time: 'due_at',
  polarity: 'up_good',
  decimals: 1,
  breaks: [0.8, 0.9, 0.95],
  zh: '走访完成率',
  en: 'Visit completion rate',
  meaning: {
    zh: '期内到期的走访中，到期日（含）前完成的 ÷ 应走访；未见到人不算完成，离册后的不计；居民不足 10 人的格不显示。',
    en: 'Of the visits due in the period, those done by the end of their day; meeting nobody is not done; cells with under 10 residents are withheld.',
  },
});

export const careVisitOverdue = defineMetric({
  ...visits,
  key: 'care.visit_overdue',
  code: null,
  unit: 'visit',
  kind: 'count',
  numerator: '1',
  denominator: '1',
  where: 'due_at < $asOf and (visited_at is null or visited_at > $asOf) and (voided_at is null or voided_at > $asOf)',
  time: null,
  polarity: 'down_good',
  decimals: 0,
  zh: '逾期未走访',
  en: 'Visits overdue',
  meaning: {
    zh: '截至时刻已过到期日仍未完成的走访；居民不足 10 人的格不显示。',
    en: 'Visits past their day and not done at that instant; cells with under 10 residents are withheld.',
  },
});

export const careCallInTime = defineMetric({
  ...visits,
  key: 'care.call_in_time',
  fact: 'call',
  code: 'K28',
  unit: 'share',
  kind: 'rate',
  numerator: 'coalesce((confirmed_at <= due_at)::int, 0)',
  denominator: '1',
  where: null,
  time: 'due_at',
  polarity: 'up_good',
  decimals: 1,
  breaks: [0.8, 0.9, 0.95],
  source: '预警叫应记录',
  zh: '预警叫应率',
  en: 'Warning confirmation rate',
  meaning: {
    zh: '期内时限到期的叫应中，时限内确认的户 ÷ 预警覆盖区内有在册对象的户；居民不足 10 人的格不显示。',
    en: 'Of the homes called for a warning whose limit ended in the period, those that answered within it; cells with under 10 residents are withheld.',
  },
});
