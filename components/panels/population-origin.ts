import { sharePanel } from '../panel/share-panel';

/** Residents by kind of registration (户籍结构): registered here, migrant, from abroad. */
export const populationOrigin = sharePanel({
  key: 'population-origin',
  metric: 'person.resident',
  dimension: 'populationType',
  list: 'population-type',
  most: 5,
});
