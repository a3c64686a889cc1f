import { metricByKey, metrics } from '@/data/metrics';
import type { Metric } from '@/data/metrics/metric';
import type { View } from '@/data/model/view';

const usual = metricByKey.get('event.reported') ?? metrics[0];

/** Metric the explorer stands at: the View's, else events reported. */
export const exploredMetric = (view: Pick<View, 'metric'>): Metric => {
  const metric = metricByKey.get(view.metric ?? '') ?? usual;
  if (!metric) throw new Error('The catalogue is empty.');
  return metric;
};
