import { timeDimensions } from './dimensions';
import { eventDimensions } from './event-count';
import { defineMetric } from './metric';

const base = {
  unit: 'share',
  kind: 'rate',
  fact: 'event',
  denominator: '1',
  where: 'is_valid',
  dimensions: [...eventDimensions, ...timeDimensions],
  polarity: 'up_good',
  leastN: 0,
  decimals: 1,
  freshSeconds: 2,
  source: 'GB/T 30428.4 绩效评价',
  revision: 1,
  since: '2026-11-28',
} as const;

export const eventValidRate = defineMetric({
  ...base,
  key: 'event.valid_rate',
  code: 'K14',
  numerator: 'is_valid::int',
  where: null,
  time: 'reported_at',
  zh: '有效上报率',
  en: 'Valid report rate',
  meaning: {
    zh: '区间内上报的事件（上报数）中，截至时刻未被退回或作废的（有效上报数）；尚在核实的计入。',
    en: 'Of the events reported in the period, those neither refused nor voided by that instant; ones still being verified are in.',
  },
});

export const eventOnTimeAcceptRate = defineMetric({
  ...base,
  key: 'event.on_time_accept_rate',
  code: null,
  numerator: '(accepted_at <= accept_due_at)::int',
  where: "status <> 'S90'",
  time: 'accept_due_at',
  zh: '按期受理率',
  en: 'On-time acceptance rate',
  meaning: {
    zh: '受理时限落在区间内的事件中，在时限内受理的；作废和没有受理时限的不计。',
    en: 'Of the events whose limit for acceptance ended in the period, those accepted within it; not voided or unlimited ones.',
  },
});

export const eventRegisterRate = defineMetric({
  ...base,
  key: 'event.register_rate',
  code: 'K02',
  numerator: '(registered_at <= $asOf)::int',
  where: 'not is_self_handled',
  time: 'accepted_at',
  zh: '立案率',
  en: 'Registration rate',
  meaning: {
    zh: '区间内受理的事件（受理数）中，截至时刻已立案的（立案数）；就地自行处置的无须立案，不计。',
    en: 'Of the events accepted in the period, those registered by that instant; not those handled on the spot, which need no registering.',
  },
});

/** Due to be dispatched (应派遣): registered in the period, and neither refused nor voided. */
const toDispatch = { time: 'registered_at' } as const;

export const eventDispatchRate = defineMetric({
  ...base,
  ...toDispatch,
  key: 'event.dispatch_rate',
  code: 'K04',
  numerator: '(dispatched_at <= $asOf)::int',
  zh: '派遣率',
  en: 'Dispatch rate',
  meaning: {
    zh: '区间内立案的事件（应派遣数）中，截至时刻已派遣到部门的（派遣数）；退回和作废的不计。',
    en: 'Of the events registered in the period, those sent to a department by that instant; not refused or voided ones.',
  },
});

export const eventCorrectDispatchRate = defineMetric({
  ...base,
  ...toDispatch,
  key: 'event.correct_dispatch_rate',
  code: 'K05',
  numerator: '(dispatched_at <= $asOf and n_return = 0)::int',
  zh: '准确派遣率',
  en: 'Correct dispatch rate',
  meaning: {
    zh: '区间内立案的事件（应派遣数）中，截至时刻已派遣且从未被部门退回重派的（准确派遣数）。',
    en: 'Of the events registered in the period, those dispatched by that instant and never sent back by a department as not its own.',
  },
});

/** Due to be handled (应处置): the limit for handling, moved on by pauses, ends in the period. */
const toHandle = { time: 'due_at' } as const;
const isHandled = "stage in ('check', 'closed')";

export const eventHandleRate = defineMetric({
  ...base,
  ...toHandle,
  key: 'event.handle_rate',
  code: 'K07',
  numerator: `(${isHandled})::int`,
  zh: '处置率',
  en: 'Handling rate',
  meaning: {
    zh: '时限落在区间内的事件（应处置数）中，截至时刻已处置完成的（处置数）；核查不通过正在返工的算未处置。',
    en: 'Of the events whose limit ended in the period, those handled by that instant; one being redone after a check is not.',
  },
});

export const eventOnTimeHandleRate = defineMetric({
  ...base,
  ...toHandle,
  key: 'event.on_time_handle_rate',
  code: 'K08',
  numerator: `(${isHandled} and handled_at <= due_at)::int`,
  zh: '按期处置率',
  en: 'On-time handling rate',
  meaning: {
    zh: '时限落在区间内的事件（应处置数）中，最后一次处置完成不晚于时限的（按期处置数）。',
    en: 'Of the events whose limit ended in the period, those whose last handling was done within it.',
  },
});

export const eventOverdueOpenRate = defineMetric({
  ...base,
  ...toHandle,
  key: 'event.overdue_open_rate',
  code: 'K13',
  numerator: `(not (${isHandled}) and not is_paused)::int`,
  polarity: 'down_good',
  zh: '超期待处置率',
  en: 'Overdue open rate',
  meaning: {
    zh: '时限落在区间内的事件（应处置数）中，截至时刻仍未处置完成的（超期待处置数）；停表中的不计入分子。',
    en: 'Of the events whose limit ended in the period, those still not handled at that instant; one whose clock stands still is in the denominator alone.',
  },
});

export const eventExtensionRate = defineMetric({
  ...base,
  ...toHandle,
  key: 'event.extension_rate',
  code: 'K12',
  numerator: '(n_extension > 0)::int',
  polarity: 'down_good',
  zh: '延期率',
  en: 'Extension rate',
  meaning: {
    zh: '时限落在区间内的事件（应处置数）中，申请过延期的（延期数）；多次申请只计一件。',
    en: 'Of the events whose limit ended in the period, those for which a longer limit was asked for, once or more.',
  },
});

export const eventSatisfiedRate = defineMetric({
  ...base,
  key: 'event.satisfied_rate',
  code: 'K17',
  numerator: '(satisfaction >= 4)::int',
  where: 'satisfaction is not null',
  time: 'evaluated_at',
  zh: '群众满意率',
  en: 'Satisfaction rate',
  meaning: {
    zh: '区间内回访并有评分的事件（回访数）中，评分为 4（满意）或 5（非常满意）的；没有评分的不计。',
    en: 'Of the events called back about in the period with a mark, those marked 4 or 5 of 5; ones without an answer are left out.',
  },
});

/** Departments that are the community's own: what they are sent has not left it. */
const communityDepartments = "'SQZ'";

export const eventTransferRate = defineMetric({
  ...base,
  key: 'event.transfer_rate',
  code: 'K20',
  numerator: `coalesce(dispatched_at <= $asOf and department not in (${communityDepartments}), false)::int`,
  where: null,
  time: 'reported_at',
  zh: '工单流转率',
  en: 'Transfer rate',
  meaning: {
    zh: '区间内上报的事件（工单总数）中，截至时刻已派遣到社区以外部门或层级的；本产品的口径，各地可另定。',
    en: 'Of the events reported in the period, those sent to a department beyond the community by that instant; our own reading of an open definition.',
  },
});

export const eventRecurrenceRate = defineMetric({
  ...base,
  key: 'event.recurrence_rate',
  code: 'K31',
  numerator: `(exists (select 1 from $events again where again.id <> fact.id and again.building = fact.building
    and again.category = fact.category and again.is_valid and again.reported_at > fact.ended_at
    and again.reported_at <= fact.ended_at + interval 30 day and again.reported_at <= $asOf))::int`,
  where: 'is_valid and building is not null',
  time: 'ended_at',
  polarity: 'down_good',
  zh: '重复发生率',
  en: 'Recurrence rate',
  meaning: {
    zh: '区间内结案且有楼栋码的事件中，结案后 30 日内同一楼栋又上报同一类型有效事件的；结案未满 30 日的只看到截至时刻。',
    en: 'Of the events with a building closed in the period, those after which the same kind was validly reported at that building within 30 days; of recent ones, so far.',
  },
});
