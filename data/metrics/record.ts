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
  where: null,
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
