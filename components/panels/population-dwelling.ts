import { sharePanel } from '../panel/share-panel';

/** Dwellings by use (房屋用途): owner-occupied, let, vacant, own business. */
export const populationDwelling = sharePanel({
  key: 'population-dwelling',
  metric: 'dwelling.count',
  dimension: 'houseUse',
  list: 'house-use',
  most: 8,
});
