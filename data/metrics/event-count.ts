import { mapDimensions, timeDimensions } from './dimensions';
import { defineMetric } from './metric';

export const eventDimensions = [
  ...mapDimensions,
  'category',
  'categoryL1',
  'level',
  'source',
  'stage',
  'status',
  'department',
] as const;
const flow = [...eventDimensions, ...timeDimensions] as const;

const base = {
  unit: 'event',
  kind: 'count',
  fact: 'event',
  numerator: '1',
  denominator: '1',
  code: null,
  where: null,
  leastN: 0,
  decimals: 0,
  freshSeconds: 2,
  source: 'GB/T 30428.8 案卷流程',
  revision: 1,
  since: '2026-11-22',
} as const;

export const eventReported = defineMetric({
  ...base,
  key: 'event.reported',
  code: 'K01',
  time: 'reported_at',
  dimensions: flow,
  polarity: 'neutral',
  zh: '上报数',
  en: 'Events reported',
  meaning: {
    zh: '区间内上报的全部事件，含其后不予立案和作废的。',
    en: 'Every event reported in the period, those refused or voided later included.',
  },
});

const isOpen = 'reported_at <= $asOf and (ended_at is null or ended_at > $asOf)';

export const eventOpen = defineMetric({
  ...base,
  key: 'event.open',
  where: isOpen,
  time: null,
  dimensions: eventDimensions,
  polarity: 'down_good',
  zh: '在办事件',
  en: 'Open events',
  meaning: {
    zh: '截至时刻已上报且未结案、未退回、未作废的事件。',
    en: 'Events reported and at that instant neither closed, refused nor voided.',
  },
});

export const eventGrave = defineMetric({
  ...base,
  key: 'event.grave',
  where: `${isOpen} and level in ('1', '2')`,
  time: null,
  dimensions: eventDimensions,
  polarity: 'down_good',
  breaks: [1, 2],
  zh: '在办Ⅰ、Ⅱ级事件',
  en: 'Open events of level Ⅰ and Ⅱ',
  meaning: {
    zh: '截至时刻在办的特别重大（Ⅰ）和重大（Ⅱ）事件。',
    en: 'Open events of the two gravest levels, Ⅰ and Ⅱ, at that instant.',
  },
});

export const eventOverdue = defineMetric({
  ...base,
  key: 'event.overdue',
  where: `${isOpen} and due_at < $asOf and not is_paused`,
  time: null,
  dimensions: eventDimensions,
  polarity: 'down_good',
  breaks: [1, 2],
  zh: '超期在办',
  en: 'Overdue events',
  meaning: {
    zh: '截至时刻在办且已过时限的事件；停表中的不计，没有时限的不计。',
    en: 'Open events past their limit at that instant; not those whose clock stands still or that have no limit.',
  },
});

export const eventClosed = defineMetric({
  ...base,
  key: 'event.closed',
  where: 'is_valid',
  time: 'ended_at',
  dimensions: flow,
  polarity: 'neutral',
  zh: '结案数',
  en: 'Events closed',
  meaning: {
    zh: '区间内结案的事件（含自行处置结案）；不予立案和作废的不计。',
    en: 'Events closed in the period, those handled on the spot included; refused and voided ones are not.',
  },
});

/** A closed event has passed every stage; a refused or voided one only those that left an instant. */
const reached = `list_slice(['report', 'dispatch', 'handle', 'check', 'closed'], 1, case
  when is_valid and ended_at <= $asOf then 5
  when handled_at <= $asOf then 4
  when signed_at <= $asOf then 3
  when registered_at <= $asOf or dispatched_at <= $asOf then 2
  else 1 end)`;

export const eventReached = defineMetric({
  ...base,
  key: 'event.reached',
  time: 'reported_at',
  dimensions: flow,
  by: { stage: reached },
  polarity: 'neutral',
  zh: '到达环节数',
  en: 'Events that reached a stage',
  meaning: {
    zh: '区间内上报的事件中，截至时刻到达或越过各环节的件数（累计漏斗）；各环节之和不是总数。',
    en: 'Of the events reported in the period, how many had reached or passed each stage; stages do not add up.',
  },
});

export const eventPerTenThousand = defineMetric({
  ...base,
  key: 'event.per_ten_thousand',
  unit: 'perTenThousand',
  kind: 'rate',
  denominator: 'residents',
  time: 'reported_at',
  dimensions: [
    ...mapDimensions.filter((dimension) => dimension !== 'building'),
    'category',
    'categoryL1',
    'level',
    'source',
    ...timeDimensions,
  ],
  polarity: 'down_good',
  leastN: 10,
  decimals: 1,
  zh: '万人事件数',
  en: 'Events per 10,000 residents',
  meaning: {
    zh: '区间内上报的事件 ÷ 该范围截至时刻的实有人口 × 10000。',
    en: 'Events reported in the period ÷ people living there at that instant × 10,000.',
  },
});
