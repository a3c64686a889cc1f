/** Headings of the layer list, in order; words `map.group.<key>`. */
export const layerGroups = ['base', 'people', 'building', 'entity', 'event', 'force', 'sky'] as const;
export type LayerGroup = (typeof layerGroups)[number];

/** A layer's key begins with the word of what it shows. */
const groupByWord: Record<string, LayerGroup> = {
  population: 'people',
  person: 'people',
  building: 'building',
  dwelling: 'building',
  entity: 'entity',
  event: 'event',
  asset: 'force',
  worker: 'force',
  nearest: 'force',
  specialised: 'force',
  alert: 'sky',
  weather: 'sky',
  beach: 'sky',
};

/** Heading a layer stands under; areas and metrics are the base. */
export const groupOf = (key: string): LayerGroup => groupByWord[key.split('-')[0] ?? ''] ?? 'base';
