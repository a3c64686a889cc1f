import { blockFill } from '../map/block-fill';

/** Residents per square kilometre (人口密度), of block or, on a wall, of division; hidden close to, where a block is a few homes. */
export const populationDensity = blockFill({
  key: 'population-density',
  metric: 'person.resident',
  ramp: 'vio',
  maxZoom: 16,
  opacity: 0.75,
  unitKey: 'map.peoplePerSquareKilometre',
  wallBreaks: [200, 500, 1_000, 2_000, 5_000],
});
