import { blockFill } from '../map/block-fill';

/** Buildings per square kilometre of block (楼栋密度). */
export const buildingDensity = blockFill({
  key: 'building-density',
  metric: 'building.count',
  ramp: 'seq',
  maxZoom: 24,
  opacity: 0.8,
  unitKey: 'map.buildingsPerSquareKilometre',
});
