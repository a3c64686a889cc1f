import { outlineQuery } from '../map/geo-query';
import { metricFill } from '../map/metric-fill';

/** Share of residents aged 60 and over by base grid (人口结构); grids with few of them are withheld, all are hidden close to. */
export const populationElderly = metricFill({
  key: 'population-elderly',
  metric: 'person.elderly_share',
  maxZoom: 16,
  dimension: 'grid',
  outlines: (size, era) => outlineQuery('grid', size, era),
  selectionOf: (code) => `division:${code}`,
});
