import { divisionDimensions } from './dimensions';
import { defineMetric } from './metric';

export const vehicleCount = defineMetric({
  key: 'vehicle.count',
  code: null,
  unit: 'vehicle',
  kind: 'count',
  fact: 'vehicle',
  numerator: '1',
  denominator: '1',
  where: 'from_on <= $asOfDay and (until_on is null or until_on > $asOfDay)',
  time: null,
  dimensions: [...divisionDimensions, 'plateKind', 'holderKind'],
  polarity: 'neutral',
  countsPersons: true,
  leastN: 10,
  decimals: 0,
  freshSeconds: 86_400,
  zh: '机动车数',
  en: 'Motor vehicles',
  meaning: {
    zh: '截至当日有人持有的登记机动车，按停放楼栋所在地计，一车一计；过户当日归新的持有人；少于 10 辆的格不显示。',
    en: 'Registered vehicles that somebody holds that day, each once, where it is kept; from the day of a sale the buyer holds it; cells of fewer than 10 are withheld.',
  },
  source: '机动车登记与持有记录',
  revision: 1,
  since: '2026-11-30',
});
