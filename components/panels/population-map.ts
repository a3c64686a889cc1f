import { changeScale } from '@/data/model/class-scale';
import { askedBy } from '@/data/model/view';
import { changeInPercent, changeWords } from '../chart/change';
import { mapPanel } from '../panel/map-panel';

const limits = [-10, -5, -1, 1, 5, 10];

/** Where the residents have become more or fewer within a year (一年变化), in percent. */
export const populationMap = mapPanel({
  key: 'population-map',
  ask: (view, api, level) =>
    api.metric.ask.queryOptions({
      metric: 'person.resident',
      dimensions: [level],
      question: { ...askedBy('population', view), period: 'P365D' },
      operators: ['previous'],
    }),
  read: changeInPercent,
  scale: () => changeScale(limits, 'neutral'),
  format: changeWords,
  isOpenBelow: true,
  isChange: true,
});
