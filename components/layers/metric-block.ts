import { blockQuery } from '../map/geo-query';
import { metricFill } from '../map/metric-fill';

/** The metric by block (按块). */
export const metricBlock = metricFill({
  key: 'metric-block',
  dimension: 'block',
  outlines: blockQuery,
  selectionOf: (code) => `block:${code}`,
});
