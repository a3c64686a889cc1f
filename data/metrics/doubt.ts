import { bucketDimensions, divisionDimensions } from './dimensions';
import { defineMetric } from './metric';

const base = {
  code: null,
  denominator: '1',
  leastN: 0,
  decimals: 0,
  freshSeconds: 2,
  source: '存疑数据分批下派核查的通行做法',
  revision: 1,
  since: '2026-11-29',
} as const;

const buckets = bucketDimensions.filter((key) => key !== 'hour');
const doubt = { ...base, fact: 'doubt', dimensions: [...divisionDimensions, ...buckets] } as const;

export const doubtSent = defineMetric({
  ...doubt,
  key: 'doubt.sent',
  unit: 'record',
  kind: 'count',
  numerator: '1',
  where: null,
  time: 'sent_at',
  polarity: 'neutral',
  zh: '下派核查数',
  en: 'Records sent out',
  meaning: {
    zh: '区间内下派到网格核查的存疑数据，一条数据因几条规则存疑的各计一条。',
    en: 'Doubtful records sent to their grids in the period; one that several rules doubt counts once for each.',
  },
});

export const doubtOpen = defineMetric({
  ...doubt,
  dimensions: [...divisionDimensions],
  key: 'doubt.open',
  unit: 'record',
  kind: 'count',
  numerator: '1',
  where: 'sent_at <= $asOf and (done_at is null or done_at > $asOf)',
  time: null,
  polarity: 'down_good',
  zh: '待核查数',
  en: 'Records still to be seen',
  meaning: {
    zh: '截至时刻已下派而未核完的存疑数据，上门未遇的也在内。',
    en: 'Doubtful records sent out and at that instant not settled, those nobody was met at included.',
  },
});

export const doubtVerifiedRate = defineMetric({
  ...doubt,
  key: 'doubt.verified_rate',
  code: 'K24',
  unit: 'share',
  kind: 'rate',
  numerator: 'coalesce((done_at <= $asOf)::int, 0)',
  where: null,
  time: 'sent_at',
  polarity: 'up_good',
  decimals: 1,
  zh: '存疑数据核查完成率',
  en: 'Doubtful records checked',
  meaning: {
    zh: '区间内下派的存疑数据中，截至时刻已核查（属实、更正、查无）的 ÷ 下派；上门未遇的不算核查。',
    en: 'Of the doubtful records sent out in the period, those confirmed, changed or found gone; not those nobody was met at.',
  },
});

export const doubtWrongRate = defineMetric({
  ...doubt,
  key: 'doubt.wrong_rate',
  unit: 'share',
  kind: 'rate',
  numerator: "(state in ('changed', 'gone'))::int",
  where: null,
  time: 'done_at',
  polarity: 'neutral',
  decimals: 1,
  zh: '疑点属实率',
  en: 'Doubts that proved right',
  meaning: {
    zh: '区间内核查完的存疑数据中，确有问题而更正或查无的 ÷ 已核查；其余为属实无误。',
    en: 'Of the doubtful records settled in the period, those that were wrong and were changed or found gone; the rest was right.',
  },
});

const linked = {
  ...base,
  unit: 'share',
  kind: 'rate',
  fact: 'link',
  numerator: 'case when linked_at <= $asOf then n else 0 end',
  denominator: 'n',
  time: 'handed_in_at',
  dimensions: [...divisionDimensions, ...buckets],
  polarity: 'up_good',
  decimals: 1,
  source: 'DB 一标三实关联核录',
} as const;

export const recordLinkedRate = defineMetric({
  ...linked,
  key: 'record.linked_rate',
  code: 'K23',
  where: "via = 'list'",
  zh: '基础数据关联核录率',
  en: 'Linked record rate',
  meaning: {
    zh: '区间内交来的名单记录中，由地址库自动关联到楼栋、房屋或网格的 ÷ 全部应核录记录；人工判定的不算自动。',
    en: 'Of the records of lists handed in in the period, those the address library linked by itself; not those a person decided.',
  },
});

export const recordDoorLinkedRate = defineMetric({
  ...linked,
  key: 'record.door_linked_rate',
  where: "via = 'visit'",
  since: '2026-11-30',
  zh: '上门采集自动关联率',
  en: 'Records linked at the door',
  meaning: {
    zh: '区间内上门采集的房屋、人口、单位记录中，与底册自动关联的（底册预填后核对、证件或信用代码相同、同名同址、按地址落楼）÷ 全部采集记录；新登记的和留待人工判定的不算。',
    en: 'Of the dwellings, people and entities collected at the door in the period, those linked to the register by themselves: shown and told of, by the same number, by name at the address, by a written address; not those newly entered or left to a person.',
  },
});
