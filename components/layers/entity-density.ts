import { blockFill } from '../map/block-fill';

/** Legal entities and traders per square kilometre of block (法人密度). */
export const entityDensity = blockFill({
  key: 'entity-density',
  metric: 'entity.count',
  ramp: 'seq',
  maxZoom: 24,
  opacity: 0.8,
  unitKey: 'map.entitiesPerSquareKilometre',
});
