import { divisionDimensions, timeDimensions } from './dimensions';
import { defineMetric } from './metric';

const base = {
  code: null,
  kind: 'mean',
  fact: 'weather_hour',
  denominator: '1',
  where: 'starts_at + interval 1 hour <= $asOf',
  time: 'starts_at',
  dimensions: [...divisionDimensions, ...timeDimensions],
  polarity: 'neutral',
  leastN: 0,
  decimals: 1,
  freshSeconds: 3_600,
  source: 'QX/T 自动气象站逐时数据',
  revision: 1,
  since: '2026-11-22',
} as const;

export const weatherRain = defineMetric({
  ...base,
  key: 'weather.rain',
  unit: 'millimetre',
  numerator: 'rain_mm',
  zh: '小时雨量',
  en: 'Rain in an hour',
  meaning: {
    zh: '区间内已结束的整时，各气象站雨量的平均（毫米/站时）；没有气象站的地方没有数。',
    en: 'Mean rain of the whole hours in the period over the stations, mm a station and hour; none where no station stands.',
  },
});

export const weatherGust = defineMetric({
  ...base,
  key: 'weather.gust',
  unit: 'metrePerSecond',
  numerator: 'gust_mps',
  zh: '小时阵风',
  en: 'Gust of an hour',
  meaning: {
    zh: '区间内已结束的整时，各气象站当时最大阵风的平均（米/秒），不是区间的最大值。',
    en: 'Mean over the stations of the strongest gust of each whole hour in the period, m/s; not the strongest of the period.',
  },
});
