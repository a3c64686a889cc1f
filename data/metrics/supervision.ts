import { divisionDimensions } from './dimensions';
import { eventDimensions } from './event-count';
import { defineMetric } from './metric';

const base = {
  code: null,
  denominator: '1',
  leastN: 0,
  freshSeconds: 2,
  source: '督办、街道吹哨部门报到的通行做法',
  revision: 1,
  since: '2026-11-29',
} as const;

const ticket = { ...base, fact: 'ticket', dimensions: [...divisionDimensions, 'level', 'department'] } as const;
const isOpen = 'opened_at <= $asOf and (closed_at is null or closed_at > $asOf)';

export const supervisionOpen = defineMetric({
  ...ticket,
  key: 'supervision.open',
  unit: 'event',
  kind: 'count',
  numerator: '1',
  where: isOpen,
  time: null,
  polarity: 'down_good',
  decimals: 0,
  zh: '在办督办单',
  en: 'Open supervision tickets',
  meaning: {
    zh: '截至时刻已开出而未销单的督办单，阶梯自动开出的和人工开出的都计。',
    en: 'Tickets opened and at that instant not closed, whether by the ladder or by hand.',
  },
});

export const supervisionOverdue = defineMetric({
  ...ticket,
  key: 'supervision.overdue',
  unit: 'event',
  kind: 'count',
  numerator: '1',
  where: `${isOpen} and deadline_at < $asOf and (replied_at is null or replied_at > $asOf)`,
  time: null,
  polarity: 'down_good',
  decimals: 0,
  zh: '逾期未答复督办单',
  en: 'Tickets without a reply in time',
  meaning: {
    zh: '在办督办单中答复期限已过而截至时刻仍未答复的。',
    en: 'Open tickets whose deadline has passed and that had no reply at that instant.',
  },
});

export const supervisionAnsweredInTime = defineMetric({
  ...ticket,
  key: 'supervision.answered_in_time',
  unit: 'share',
  kind: 'rate',
  numerator: 'coalesce((replied_at <= deadline_at)::int, 0)',
  where: null,
  time: 'deadline_at',
  polarity: 'up_good',
  decimals: 1,
  zh: '督办按期答复率',
  en: 'Tickets answered in time',
  meaning: {
    zh: '答复期限落在区间内的督办单中，按期答复的；退回重答的以最近一次期限和答复为准。',
    en: 'Of the tickets whose deadline ended in the period, those answered by it; one sent back counts by its newest deadline and reply.',
  },
});

export const supervisionClosedRate = defineMetric({
  ...ticket,
  key: 'supervision.closed_rate',
  code: 'K29',
  unit: 'share',
  kind: 'rate',
  numerator: 'coalesce((closed_at <= $asOf)::int, 0)',
  where: null,
  time: 'opened_at',
  polarity: 'up_good',
  decimals: 1,
  zh: '督办办结率',
  en: 'Tickets closed',
  meaning: {
    zh: '区间内开出的督办单（督办总数）中，截至时刻已销单的（督办办结数）。',
    en: 'Of the tickets opened in the period, those closed at that instant.',
  },
});

export const whistleRate = defineMetric({
  ...base,
  key: 'whistle.rate',
  unit: 'share',
  kind: 'rate',
  fact: 'event',
  numerator: '(n_whistle > 0)::int',
  where: 'is_valid',
  time: 'registered_at',
  dimensions: [...eventDimensions],
  polarity: 'neutral',
  decimals: 1,
  breaks: [0.01, 0.05],
  zh: '吹哨率',
  en: 'Whistle rate',
  meaning: {
    zh: '区间内立案的有效事件中，截至时刻街道吹过哨的；既不宜过低也不宜过高，以 1% 至 5% 为常态带。',
    en: 'Of the valid events registered in the period, those a sub-district had blown a whistle for; neither too few nor too many, 1 to 5 % is the usual band.',
  },
});

const called = {
  ...base,
  fact: 'whistle',
  unit: 'share',
  kind: 'rate',
  dimensions: [...divisionDimensions, 'level', 'department'],
  polarity: 'up_good',
  decimals: 1,
} as const;

/** Departments whose step was due, those left out for which the whistle was over before. */
const inTime = (done: string, due: string) => ({
  numerator: `coalesce((${done} <= ${due})::int, 0)`,
  where: `${done} is not null or ended_at is null or ended_at > ${due}`,
  time: due,
});

export const whistleSignInTime = defineMetric({
  ...called,
  ...inTime('signed_at', 'sign_due_at'),
  key: 'whistle.sign_in_time',
  zh: '吹哨按期签收率',
  en: 'Whistles signed in time',
  meaning: {
    zh: '签收期限落在区间内的被哨部门中，按期签收的；期限前哨已结束而未签收的不计。',
    en: 'Of the departments that had to sign in the period, those that signed by the limit; not those for which the whistle was over before.',
  },
});

export const whistleContactInTime = defineMetric({
  ...called,
  ...inTime('contacted_at', 'contact_due_at'),
  key: 'whistle.contact_in_time',
  zh: '吹哨按期联系率',
  en: 'Contact made in time',
  meaning: {
    zh: '联系期限落在区间内的被哨部门中，按期与街道取得联系的；期限前哨已结束而未联系的不计。',
    en: 'Of the departments that had to make contact in the period, those that did by the limit; not those for which the whistle was over before.',
  },
});

export const whistleArriveInTime = defineMetric({
  ...called,
  ...inTime('arrived_at', 'arrive_due_at'),
  key: 'whistle.arrive_in_time',
  code: 'K30',
  zh: '吹哨按期报到率',
  en: 'Arrived in time',
  meaning: {
    zh: '报到期限落在区间内的被哨部门中，按期到现场报到的；期限前哨已结束而未报到的不计。',
    en: 'Of the departments that had to arrive in the period, those that did by the limit; not those for which the whistle was over before.',
  },
});
