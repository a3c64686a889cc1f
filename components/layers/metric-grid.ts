import { outlineQuery } from '../map/geo-query';
import { metricFill } from '../map/metric-fill';

/** The metric by base grid (按网格), whatever level is looked at. */
export const metricGrid = metricFill({
  key: 'metric-grid',
  dimension: 'grid',
  outlines: (size) => outlineQuery('grid', size),
  selectionOf: (code) => `division:${code}`,
});
