import type { GeoJSONSource, Map as MapLibreMap, SourceSpecification, VectorTileSource } from 'maplibre-gl';
import { slotId } from './basemap';
import type { Drawing, PlacedLayer } from './layer';

/** What the stage has put on a map so far. */
export type Applied = { sources: Map<string, SourceSpecification>; layers: Map<string, PlacedLayer> };

export const nothingApplied = (): Applied => ({ sources: new Map(), layers: new Map() });

type Values = Record<string, unknown>;
type Setters = { setPaintProperty: (id: string, name: string, value: unknown) => void } & {
  setLayoutProperty: (id: string, name: string, value: unknown) => void;
};
const isSame = (a: unknown, b: unknown) => a === b || JSON.stringify(a) === JSON.stringify(b);

const applySources = (map: MapLibreMap, sources: Record<string, SourceSpecification>, applied: Applied) => {
  for (const [id, source] of Object.entries(sources)) {
    const before = applied.sources.get(id);
    if (!before) map.addSource(id, source);
    else if (source.type === 'geojson' && before.type === 'geojson' && source.data !== before.data)
      map.getSource<GeoJSONSource>(id)?.setData(source.data);
    else if (source.type === 'vector' && before.type === 'vector' && !isSame(source.tiles, before.tiles))
      map.getSource<VectorTileSource>(id)?.setTiles(source.tiles ?? []);
    applied.sources.set(id, source);
  }
};

const changed = (before: Values, after: Values) =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => !isSame(before[name], after[name]));

const part = (layer: PlacedLayer, name: 'paint' | 'layout'): Values =>
  (layer as unknown as Record<string, Values | undefined>)[name] ?? {};

const filterOf = (layer: PlacedLayer) => ('filter' in layer ? layer.filter : undefined);

const updateLayer = (map: MapLibreMap, before: PlacedLayer, after: PlacedLayer) => {
  const setters = map as unknown as Setters;
  for (const name of changed(part(before, 'paint'), part(after, 'paint')))
    setters.setPaintProperty(after.id, name, part(after, 'paint')[name]);
  for (const name of changed(part(before, 'layout'), part(after, 'layout')))
    setters.setLayoutProperty(after.id, name, part(after, 'layout')[name]);
  if (!isSame(filterOf(before), filterOf(after))) map.setFilter(after.id, filterOf(after) ?? null);
};

const applyLayers = (map: MapLibreMap, layers: PlacedLayer[], applied: Applied) => {
  const wanted = new Set(layers.map(({ id }) => id));
  for (const id of applied.layers.keys()) {
    if (wanted.has(id)) continue;
    map.setLayoutProperty(id, 'visibility', 'none');
  }
  for (const [i, layer] of layers.entries()) {
    const before = applied.layers.get(layer.id);
    const { slot, ...specification } = layer;
    if (before) updateLayer(map, before, layer);
    else {
      const above = layers.slice(i + 1).find((other) => other.slot === slot && applied.layers.has(other.id));
      map.addLayer(specification, above?.id ?? slotId(slot));
    }
    if (before) map.setLayoutProperty(layer.id, 'visibility', 'visible');
    applied.layers.set(layer.id, layer);
  }
};

/**
 * Brings a map to what the layers now draw, touching only what differs. Style layers are hidden, never removed: showing
 * one again costs nothing.
 */
export const applyDrawings = (map: MapLibreMap, drawings: Drawing[], applied: Applied) => {
  for (const { images } of drawings)
    for (const [name, image] of Object.entries(images ?? {})) if (!map.hasImage(name)) map.addImage(name, image);
  for (const { sources } of drawings) applySources(map, sources ?? {}, applied);
  applyLayers(
    map,
    drawings.flatMap(({ style }) => style ?? []),
    applied,
  );
};
