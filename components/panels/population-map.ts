import { askedBy } from '@/data/model/view';
import { changeInPercent, changeWords } from '../chart/change';
import { mapPanel } from '../panel/map-panel';

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
  scale: () => ({ breaks: [0, 2, 4, 6, 10], tokens: ['vio-1', 'vio-2', 'vio-3', 'vio-4', 'vio-5', 'vio-6'] }),
  format: changeWords,
  isOpenBelow: true,
});
