import { mapDimensions } from './dimensions';
import { defineMetric } from './metric';

const base = {
  code: null,
  kind: 'count',
  numerator: '1',
  denominator: '1',
  where: null,
  time: null,
  polarity: 'neutral',
  leastN: 0,
  decimals: 0,
  freshSeconds: 86_400,
  revision: 1,
  since: '2026-11-22',
} as const;

export const personResident = defineMetric({
  ...base,
  key: 'person.resident',
  unit: 'person',
  fact: 'person',
  where: '$asOfDay >= from_on and (until_on is null or $asOfDay < until_on)',
  dimensions: [
    ...mapDimensions,
    'sex',
    'ageBand',
    'ageGroup',
    'populationType',
    'origin',
    'houseType',
    'houseUse',
    'recordOrigin',
  ],
  leastN: 10,
  zh: '实有人口',
  en: 'Residents',
  meaning: {
    zh: '截至当日有在住登记的人，每人只计在最新一处住所；不足 10 人的格不显示。',
    en: 'People with a running residence that day, each counted once, at the newest one; cells under 10 are withheld.',
  },
  source: 'GA/T 一标三实',
});

export const householdCount = defineMetric({
  ...base,
  key: 'household.count',
  unit: 'household',
  fact: 'household',
  where: personResident.where,
  dimensions: [...mapDimensions, 'houseType', 'houseUse'],
  leastN: 10,
  zh: '实有住户数',
  en: 'Households',
  meaning: {
    zh: '截至当日有人在住的房屋（户），一套房屋计一户；在住人口不足 10 人的格不显示。',
    en: 'Dwellings somebody lives in that day, one household each; cells with under 10 residents are withheld.',
  },
  source: 'GA/T 一标三实',
});

const ageShare = {
  ...base,
  unit: 'share',
  kind: 'rate',
  fact: 'person',
  where: personResident.where,
  dimensions: [...mapDimensions, 'sex', 'populationType'],
  tells: 'ageGroup',
  leastN: 10,
  decimals: 1,
  source: 'GA/T 一标三实',
} as const;

const years = "datesub('year', birth_on, $asOfDay)";

export const personElderlyShare = defineMetric({
  ...ageShare,
  key: 'person.elderly_share',
  numerator: `(${years} >= 60)::int`,
  zh: '60 岁及以上占比',
  en: 'Aged 60 and over',
  meaning: {
    zh: '在住人口中满 60 周岁者 ÷ 在住人口；任一年龄段不足 10 人的格不显示。',
    en: 'Residents aged 60 and over ÷ residents; cells with under 10 people of an age group are withheld.',
  },
});

export const personChildShare = defineMetric({
  ...ageShare,
  key: 'person.child_share',
  numerator: `(${years} < 15)::int`,
  zh: '0—14 岁占比',
  en: 'Aged 0 to 14',
  meaning: {
    zh: '在住人口中未满 15 周岁者 ÷ 在住人口；任一年龄段不足 10 人的格不显示。',
    en: 'Residents under 15 ÷ residents; cells with under 10 people of an age group are withheld.',
  },
});

/** Of buildings and of dwellings in them; of a dwelling without a building nothing is known. */
const standing = '(valid_from is null or valid_from <= $asOf) and (valid_to is null or valid_to > $asOf)';

export const buildingCount = defineMetric({
  ...base,
  key: 'building.count',
  unit: 'building',
  fact: 'building',
  where: standing,
  dimensions: [...mapDimensions, 'houseType'],
  zh: '楼栋数',
  en: 'Buildings',
  meaning: {
    zh: '截至时刻已登记、未注销的楼栋。',
    en: 'Buildings on the register at that instant: entered and not struck off.',
  },
  source: '地址编码 19 位楼栋码',
});

export const buildingStoreys = defineMetric({
  ...base,
  key: 'building.storeys',
  unit: 'storey',
  kind: 'mean',
  fact: 'building',
  numerator: 'storeys',
  where: buildingCount.where,
  dimensions: buildingCount.dimensions,
  decimals: 1,
  zh: '平均层数',
  en: 'Mean storeys',
  meaning: {
    zh: '未注销楼栋的地上层数之和 ÷ 楼栋数。',
    en: 'Storeys above ground of buildings not struck off ÷ their number.',
  },
  source: '地址编码 19 位楼栋码',
});

const dwelling = {
  ...base,
  fact: 'dwelling',
  where: standing,
  dimensions: [...mapDimensions, 'houseType', 'houseUse', 'recordOrigin'],
  source: '地址编码 25 位房屋码',
} as const;

export const dwellingCount = defineMetric({
  ...dwelling,
  key: 'dwelling.count',
  unit: 'dwelling',
  zh: '房屋数',
  en: 'Dwellings',
  meaning: { zh: '未注销楼栋内的房屋（户）。', en: 'Dwellings in buildings not struck off at that instant.' },
});

export const dwellingRentedShare = defineMetric({
  ...dwelling,
  key: 'dwelling.rented_share',
  unit: 'share',
  kind: 'rate',
  numerator: "(house_use = '2')::int",
  decimals: 1,
  zh: '出租屋占比',
  en: 'Rented share',
  meaning: {
    zh: '房屋用途为出租（居住）的房屋 ÷ 全部房屋；经营性出租不计入分子。',
    en: 'Dwellings let for living ÷ all dwellings; those let for business are in the denominator alone.',
  },
});

export const dwellingVacantShare = defineMetric({
  ...dwelling,
  key: 'dwelling.vacant_share',
  unit: 'share',
  kind: 'rate',
  numerator: "(house_use = '4')::int",
  decimals: 1,
  zh: '空置房占比',
  en: 'Vacant share',
  meaning: {
    zh: '房屋用途登记为空置的房屋 ÷ 全部房屋；登记之外的实际空置不计。',
    en: 'Dwellings registered as vacant ÷ all dwellings; those that merely stand empty are not known.',
  },
});

export const assetCount = defineMetric({
  ...base,
  key: 'asset.count',
  unit: 'asset',
  fact: 'asset',
  dimensions: [...mapDimensions.filter((dimension) => dimension !== 'building'), 'assetGroup', 'assetType'],
  zh: '力量和部件数',
  en: 'Forces, bases, key parts and areas',
  meaning: {
    zh: '在册的平安队伍、平安阵地、重点部件和重点区域。',
    en: 'Forces, bases, key parts and key areas on the register.',
  },
  source: 'GB/T 31000 综治基础数据',
});
