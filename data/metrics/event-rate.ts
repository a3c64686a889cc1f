import { timeDimensions } from './dimensions';
import { eventDimensions } from './event-count';
import { defineMetric } from './metric';

const base = {
  unit: 'share',
  kind: 'rate',
  fact: 'event',
  denominator: '1',
  dimensions: [...eventDimensions, ...timeDimensions],
  polarity: 'up_good',
  leastN: 0,
  decimals: 1,
  freshSeconds: 2,
  source: 'GB/T 30428.4 绩效评价',
  revision: 1,
  since: '2026-11-22',
} as const;

/** Due to be closed in the period (应结案): the limit ends in it, and the event was neither refused nor voided. */
const due = { time: 'due_at', where: 'is_valid' } as const;

export const eventCloseRate = defineMetric({
  ...base,
  ...due,
  key: 'event.close_rate',
  code: 'K09',
  breaks: [0.85, 0.9, 0.95],
  numerator: '(ended_at <= $asOf)::int',
  zh: '结案率',
  en: 'Closing rate',
  meaning: {
    zh: '时限落在区间内的事件（应结案数）中，截至时刻已结案的（结案数）；退回、作废和没有时限的不计。',
    en: 'Of the events whose limit ended in the period, those closed by that instant; not refused, voided or unlimited ones.',
  },
});

export const eventOnTimeCloseRate = defineMetric({
  ...base,
  ...due,
  key: 'event.on_time_close_rate',
  code: 'K10',
  breaks: [0.85, 0.9, 0.95],
  numerator: '(ended_at <= due_at)::int',
  zh: '按期结案率',
  en: 'On-time closing rate',
  meaning: {
    zh: '时限落在区间内的事件（应结案数）中，在时限内结案的（按期结案数）。',
    en: 'Of the events whose limit ended in the period, those closed within it.',
  },
});

export const eventReworkRate = defineMetric({
  ...base,
  ...due,
  key: 'event.rework_rate',
  code: 'K11',
  numerator: '(n_rework > 0)::int',
  polarity: 'down_good',
  breaks: [0.02, 0.05, 0.1],
  zh: '返工率',
  en: 'Rework rate',
  meaning: {
    zh: '时限落在区间内的事件（应结案数）中，核查不通过返工过的（返工数）。',
    en: 'Of the events whose limit ended in the period, those sent back by a check at least once.',
  },
});

export const eventAutoDispatchRate = defineMetric({
  ...base,
  key: 'event.auto_dispatch_rate',
  code: 'K21',
  numerator: 'is_auto_dispatched::int',
  where: null,
  time: 'dispatched_at',
  zh: '自动分拨率',
  en: 'Automatic dispatch rate',
  meaning: {
    zh: '区间内派遣的事件（派遣数）中，由规则自动分拨的（自动分拨数）。',
    en: 'Of the events dispatched in the period, those dispatched by rule.',
  },
});

export const eventSelfHandledRate = defineMetric({
  ...base,
  key: 'event.self_handled_rate',
  code: 'K22',
  numerator: 'is_self_handled::int',
  where: null,
  time: 'reported_at',
  zh: '自行处置率',
  en: 'Self-handled rate',
  meaning: {
    zh: '区间内上报的事件（上报数）中，网格员就地自行处置的。',
    en: 'Of the events reported in the period, those the grid worker handled on the spot.',
  },
});

export const eventHandleHours = defineMetric({
  ...base,
  key: 'event.handle_hours',
  code: 'K18',
  unit: 'hour',
  kind: 'mean',
  numerator: 'handle_hours',
  where: 'handle_hours is not null',
  time: 'handled_at',
  polarity: 'down_good',
  zh: '平均处置时长',
  en: 'Mean handling time',
  meaning: {
    zh: '区间内处置完成的事件，从签收到处置完成的平均小时数，停表时间除外；先后颠倒的记录不计。',
    en: 'Mean hours from signing to handled, stopped time excluded, of events handled in the period; records out of order are left out.',
  },
});
