import { metricByKey } from '@/data/metrics';
import type { Metric } from '@/data/metrics/metric';
import type { View } from '@/data/model/view';
import { fillMetric } from '../map/metric-encoding';

/** Metric the explorer stands at: the one that fills the map. */
export const exploredMetric = (view: View): Metric => {
  const metric = metricByKey.get(fillMetric(view, true));
  if (!metric) throw new Error('The map is filled by no metric of the catalogue.');
  return metric;
};
