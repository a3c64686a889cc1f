import { blockFill } from '../map/block-fill';

/** Residents per square kilometre of block (人口密度); hidden close to, where a block is a few homes. */
export const populationDensity = blockFill({
  key: 'population-density',
  metric: 'person.resident',
  ramp: 'vio',
  maxZoom: 16,
  opacity: 0.75,
  unitKey: 'map.peoplePerSquareKilometre',
});
