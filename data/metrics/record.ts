import { divisionDimensions } from './dimensions';
import { defineMetric } from './metric';

export const recordPlacedShare = defineMetric({
  key: 'record.placed_share',
  code: 'K25',
  unit: 'share',
  kind: 'rate',
  fact: 'record',
  numerator: 'is_placed::int',
  denominator: '1',
  where: "kind <> 'event'",
  time: null,
  dimensions: [...divisionDimensions],
  polarity: 'up_good',
  leastN: 10,
  decimals: 1,
  freshSeconds: 86_400,
  zh: '一标三实落格率',
  en: 'Placement rate',
  meaning: {
    zh: '截至时刻的房屋、在住人口、法人记录中，楼栋码在册且落在网格内的 ÷ 全部记录；在住人口不足 10 人的格不显示。',
    en: 'Of the records of dwellings, residents and entities, those with a building on the register inside a grid; cells with under 10 residents are withheld.',
  },
  source: 'GA/T 一标三实',
  revision: 1,
  since: '2026-11-28',
});

export const recordCount = defineMetric({
  key: 'record.count',
  code: null,
  unit: 'record',
  kind: 'count',
  fact: 'record',
  numerator: '1',
  denominator: '1',
  where: null,
  time: null,
  dimensions: [...divisionDimensions, 'recordOrigin'],
  polarity: 'neutral',
  leastN: 10,
  decimals: 0,
  freshSeconds: 86_400,
  zh: '数据池记录数',
  en: 'Records of the data pool',
  meaning: {
    zh: '截至时刻的在住人口、房屋、法人和已上报事件的记录，每条只有一个来源：职能部门、网格员、群众、企事业单位；在住人口不足 10 人的格不显示。',
    en: 'Residents, dwellings, entities and events reported by then, each with one of four origins: departments, grid workers, the public, organisations; cells with under 10 residents are withheld.',
  },
  source: '网格数据池四类来源',
  revision: 1,
  since: '2026-11-30',
});
