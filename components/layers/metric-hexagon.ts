import { hexagonCenter, hexagonRing } from '@/data/model/hexagon';
import type { Areas } from '../map/geo-query';
import { metricFill } from '../map/metric-fill';

const hexagons = (codes: string[]): Areas => ({
  type: 'FeatureCollection',
  features: codes.map((code) => ({
    type: 'Feature',
    properties: { code, name: '', nameEn: '', center: hexagonCenter(code), bbox: null, areaSqm: null },
    geometry: { type: 'Polygon', coordinates: [hexagonRing(code)] },
  })),
});

/** The metric by hexagons of about 500 m (按六边形), binned on the server. */
export const metricHexagon = metricFill({
  key: 'metric-hexagon',
  dimension: 'hexagon',
  outlineOf: hexagons,
  selectionOf: () => null,
});
