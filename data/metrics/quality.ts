import { divisionDimensions } from './dimensions';
import { defineMetric, type Metric } from './metric';

const base = {
  unit: 'share',
  kind: 'rate',
  fact: 'quality',
  numerator: 'n_seen - n_open',
  denominator: 'n_seen',
  time: null,
  dimensions: [...divisionDimensions],
  polarity: 'up_good',
  leastN: 10,
  decimals: 2,
  freshSeconds: 3_600,
  source: 'GA/T 一标三实',
  revision: 1,
  since: '2026-11-29',
} as const;

export const recordQuality = defineMetric({
  ...base,
  key: 'record.quality',
  code: null,
  where: null,
  zh: '基础数据质量',
  en: 'Quality of base data',
  meaning: {
    zh: '身份、居住、房屋、单位、落址五个字段的记录中，没有待核疑点的 ÷ 全部；规则查出后未核完的记为疑点，在住人口不足 10 人的格不显示。',
    en: 'Of the records at five fields (identity, residence, dwellings, entities, place), those without a doubt that nobody has settled; cells under 10 residents are withheld.',
  },
});

type Told = Pick<Metric, 'key' | 'code' | 'zh' | 'en' | 'meaning'>;
const ofField = (field: string, told: Told): Metric => defineMetric({ ...base, ...told, where: `field = '${field}'` });

export const qualityPerson = ofField('person', {
  key: 'quality.person',
  code: null,
  zh: '身份信息质量',
  en: 'Quality of identities',
  meaning: {
    zh: '在住人口中，身份信息（姓名、证件号码、性别、出生日期）没有待核疑点的 ÷ 在住人口。',
    en: 'Of the residents, those whose name, ID number, sex and date of birth hold no doubt that nobody has settled.',
  },
});

export const qualityHome = ofField('home', {
  key: 'quality.home',
  code: 'K32',
  zh: '人户一致率',
  en: 'People found at their dwelling',
  meaning: {
    zh: '在住人口中，登记住址没有待核疑点（迁出未注销、房屋不在册、住在经营用房、日期不可能）的 ÷ 在住人口。',
    en: 'Of the residents, those whose registered dwelling holds no doubt that nobody has settled: moved out, not on the register, business rooms, impossible dates.',
  },
});

export const qualityUse = ofField('use', {
  key: 'quality.use',
  code: null,
  zh: '房屋使用质量',
  en: 'Quality of dwellings',
  meaning: {
    zh: '未注销楼栋的房屋中，用途、楼栋、楼层没有待核疑点的 ÷ 全部房屋。',
    en: 'Of the dwellings in buildings not struck off, those whose use, building and floor hold no doubt that nobody has settled.',
  },
});

export const qualityEntity = ofField('entity', {
  key: 'quality.entity',
  code: null,
  zh: '单位状态质量',
  en: 'Quality of entities',
  meaning: {
    zh: '未注销的法人和个体中，信用代码、登记状态没有待核疑点的 ÷ 全部。',
    en: 'Of the entities not dissolved, those whose credit code and state hold no doubt that nobody has settled.',
  },
});

export const qualityPlace = ofField('place', {
  key: 'quality.place',
  code: null,
  zh: '落格落址质量',
  en: 'Quality of places',
  meaning: {
    zh: '未注销的楼栋、法人和个体中，楼栋码、网格、坐标没有待核疑点的 ÷ 全部。',
    en: 'Of the buildings and entities not struck off, those whose building code, grid and position hold no doubt that nobody has settled.',
  },
});
