import limits from '../dictionaries/step-limit.json';
import { timeDimensions } from './dimensions';
import { eventDimensions } from './event-count';
import { defineMetric } from './metric';

/** Steps of an event whose limit follows from its level (环节时限). */
type Step = 'register' | 'dispatch' | 'check';

/** Instant a step should be done by: so many minutes after the one before it. */
const dueAfter = (before: string, step: Step): string => {
  const cases = Object.entries(limits[step]).map(([level, minutes]) => `when '${level}' then ${minutes}`);
  return `${before} + to_minutes(case level ${cases.join(' ')} else 0 end)`;
};

/** Done in time; counted once it is done or its limit is over. */
const inTime = (done: string, before: string, step: Step) => {
  const due = dueAfter(before, step);
  return {
    numerator: `coalesce((${done} <= ${due})::int, 0)`,
    isCounted: `(${done} <= $asOf or ${due} <= $asOf)`,
  };
};

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
  source: 'GB/T 30428.4 绩效评价；环节时限为本编设定',
  revision: 1,
  since: '2026-11-30',
} as const;

const verified = "coalesce(registered_at, case when status = 'S21' then ended_at end)";
const verifying = inTime(verified, 'accepted_at', 'register');
const dispatching = inTime('dispatched_at', 'registered_at', 'dispatch');
const checking = inTime('ended_at', 'handled_at', 'check');

export const eventOnTimeRegisterRate = defineMetric({
  ...base,
  key: 'event.on_time_register_rate',
  code: 'K03',
  numerator: inTime('registered_at', 'accepted_at', 'register').numerator,
  where: 'is_valid',
  time: 'registered_at',
  zh: '按期立案率',
  en: 'On-time registration rate',
  meaning: {
    zh: '区间内立案的事件（立案数）中，受理后在立案时限内立案的（按时立案数）；退回和作废的不计。',
    en: 'Of the events registered in the period, those registered within the limit after acceptance; not refused or voided ones.',
  },
});

export const eventOnTimeVerifyRate = defineMetric({
  ...base,
  key: 'event.on_time_verify_rate',
  code: 'K15',
  numerator: verifying.numerator,
  where: `status <> 'S90' and not is_self_handled and ${verifying.isCounted}`,
  time: 'accepted_at',
  zh: '按期核实率',
  en: 'On-time verification rate',
  meaning: {
    zh: '区间内受理、已核实或时限已过的事件（应核实数）中，在时限内立案或退回的（按期核实数）；就地自行处置和作废的不计。',
    en: 'Of the events accepted in the period and verified or past their limit, those registered or refused within it; not those handled on the spot or voided.',
  },
});

export const eventOnTimeDispatchRate = defineMetric({
  ...base,
  key: 'event.on_time_dispatch_rate',
  code: 'K06',
  numerator: dispatching.numerator,
  where: `is_valid and ${dispatching.isCounted}`,
  time: 'registered_at',
  zh: '按期派遣率',
  en: 'On-time dispatch rate',
  meaning: {
    zh: '区间内立案、已派遣或时限已过的事件（应派遣数）中，在派遣时限内派遣的（按时派遣数）；退回和作废的不计。',
    en: 'Of the events registered in the period and dispatched or past their limit, those dispatched within it; not refused or voided ones.',
  },
});

export const eventOnTimeCheckRate = defineMetric({
  ...base,
  key: 'event.on_time_check_rate',
  code: 'K16',
  numerator: checking.numerator,
  where: `is_valid and not is_self_handled and ${checking.isCounted}`,
  time: 'handled_at',
  zh: '按期核查率',
  en: 'On-time check rate',
  meaning: {
    zh: '区间内处置完成、已结案或核查时限已过的事件（应核查数）中，在核查时限内结案的（按期核查数）；就地自行处置的无须核查，不计。',
    en: 'Of the events handled in the period and closed or past the limit of their check, those closed within it; not those handled on the spot, which need no check.',
  },
});
