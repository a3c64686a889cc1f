import { outlineQuery } from '../map/geo-query';
import { metricFill } from '../map/metric-fill';

/** The metric by base grid (按网格), whatever level is looked at. */
export const metricGrid = metricFill({
  key: 'metric-grid',
  dimension: 'grid',
  outlines: (size, era) => outlineQuery('grid', size, era),
  selectionOf: (code) => `division:${code}`,
});
