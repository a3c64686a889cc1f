import type { Layer as DeckLayer } from '@deck.gl/core';
import type { MapLibreOverlay } from '@deck.gl/maplibre';
import type { GeoJSONSource, Map as MapLibreMap, SourceSpecification, VectorTileSource } from 'maplibre-gl';
import { slotId } from './basemap';
import type { Drawing, PlacedLayer } from './layer';
import type { MapAndOverlay } from './use-map';

/** What the stage has put on a map so far. */
export type Applied = {
  sources: Map<string, SourceSpecification>;
  layers: Map<string, PlacedLayer>;
  hidden: Set<string>;
  deck: DeckLayer[];
  /** The same as they stand on this map. */
  shown: DeckLayer[];
};

export const nothingApplied = (): Applied => ({
  sources: new Map(),
  layers: new Map(),
  hidden: new Set(),
  deck: [],
  shown: [],
});

type Values = Record<string, unknown>;
type Setters = { setPaintProperty: (id: string, name: string, value: unknown) => void } & {
  setLayoutProperty: (id: string, name: string, value: unknown) => void;
};
const isSame = (a: unknown, b: unknown) => a === b || JSON.stringify(a) === JSON.stringify(b);

type GeoData = Extract<SourceSpecification, { type: 'geojson' }>['data'];

/** Features up to which data made anew is compared by its content: labels and marks, not areas. */
const fewFeatures = 300;
const hasFew = (data: GeoData): boolean =>
  typeof data === 'object' && 'features' in data && data.features.length <= fewFeatures;

const isSameData = (a: GeoData, b: GeoData) => a === b || (hasFew(a) && hasFew(b) && isSame(a, b));

/** Whether anything changed. */
const applySource = (map: MapLibreMap, id: string, source: SourceSpecification, applied: Applied): boolean => {
  const before = applied.sources.get(id);
  if (!before) map.addSource(id, source);
  else if (source.type === 'geojson' && before.type === 'geojson' && !isSameData(source.data, before.data))
    map.getSource<GeoJSONSource>(id)?.setData(source.data);
  else if (source.type === 'vector' && before.type === 'vector' && !isSame(source.tiles, before.tiles))
    map.getSource<VectorTileSource>(id)?.setTiles(source.tiles ?? []);
  else return false;
  applied.sources.set(id, source);
  return true;
};

const isSameSource = (a: SourceSpecification | undefined, b: SourceSpecification): boolean => {
  if (a?.type !== 'geojson' || b.type !== 'geojson') return isSame(a, b);
  return isSameData(a.data, b.data) && isSame({ ...a, data: null }, { ...b, data: null });
};

/** Accessors follow from what `updateTriggers` names; rows of few are compared by their content. */
const isSameDeck = (a: DeckLayer | undefined, b: DeckLayer): boolean => {
  if (a === b) return true;
  if (a?.constructor !== b.constructor || a.id !== b.id) return false;
  const [before, after] = [a.props as unknown as Values, b.props as unknown as Values];
  return Object.keys({ ...before, ...after }).every((name) => {
    const [x, y] = [before[name], after[name]];
    if (x === y || (typeof x === 'function' && typeof y === 'function')) return true;
    if (Array.isArray(x) && Array.isArray(y)) return x.length === y.length && x.length <= fewFeatures && isSame(x, y);
    return isPlain(x) && isPlain(y) && isSame(x, y);
  });
};
/** Canvases and the like are the same only when they are one. */
const isPlain = (value: unknown): boolean =>
  typeof value !== 'object' || value === null || Object.getPrototypeOf(value) === Object.prototype;

const isSameList = <T>(a: readonly T[] = [], b: readonly T[] = [], same: (x: T | undefined, y: T) => boolean) =>
  a.length === b.length && b.every((each, i) => same(a[i], each));

/** Whether two drawings put the same on a map: answers asked anew mostly say what they said before. */
export const isSameDrawing = (a: Drawing, b: Drawing): boolean =>
  isSame(Object.keys(a.sources ?? {}), Object.keys(b.sources ?? {})) &&
  Object.entries(b.sources ?? {}).every(([id, source]) => isSameSource(a.sources?.[id], source)) &&
  isSame(a.style, b.style) &&
  isSame(Object.keys(a.images ?? {}), Object.keys(b.images ?? {})) &&
  isSameList(a.deck, b.deck, isSameDeck) &&
  isSame(a.marks, b.marks) &&
  isSame(a.names, b.names) &&
  isSame(a.overlaid, b.overlaid);

const changed = (before: Values, after: Values) =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => !isSame(before[name], after[name]));

const part = (layer: PlacedLayer, name: 'paint' | 'layout'): Values =>
  (layer as unknown as Record<string, Values | undefined>)[name] ?? {};

const filterOf = (layer: PlacedLayer) => ('filter' in layer ? layer.filter : undefined);

const updateLayer = (map: MapLibreMap, before: PlacedLayer, after: PlacedLayer): boolean => {
  const setters = map as unknown as Setters;
  const paint = changed(part(before, 'paint'), part(after, 'paint'));
  const layout = changed(part(before, 'layout'), part(after, 'layout'));
  const isSameFilter = isSame(filterOf(before), filterOf(after));
  for (const name of paint) setters.setPaintProperty(after.id, name, part(after, 'paint')[name]);
  for (const name of layout) setters.setLayoutProperty(after.id, name, part(after, 'layout')[name]);
  if (!isSameFilter) map.setFilter(after.id, filterOf(after) ?? null);
  return paint.length > 0 || layout.length > 0 || !isSameFilter;
};

const applyVisibility = (map: MapLibreMap, wanted: ReadonlySet<string>, applied: Applied): boolean => {
  const turned = [...applied.layers.keys()].filter((id) => applied.hidden.has(id) === wanted.has(id));
  for (const id of turned) {
    map.setLayoutProperty(id, 'visibility', wanted.has(id) ? 'visible' : 'none');
    if (wanted.has(id)) applied.hidden.delete(id);
    else applied.hidden.add(id);
  }
  return turned.length > 0;
};

const applyLayers = (map: MapLibreMap, layers: PlacedLayer[], applied: Applied): boolean => {
  let hasChanged = applyVisibility(map, new Set(layers.map(({ id }) => id)), applied);
  for (const [i, layer] of layers.entries()) {
    const before = applied.layers.get(layer.id);
    const { slot, ...specification } = layer;
    if (before) hasChanged = updateLayer(map, before, layer) || hasChanged;
    else {
      const above = layers.slice(i + 1).find((other) => other.slot === slot && applied.layers.has(other.id));
      map.addLayer(specification, above?.id ?? slotId(slot));
      hasChanged = true;
    }
    applied.layers.set(layer.id, layer);
  }
  return hasChanged;
};

const applyDeck = (overlay: MapLibreOverlay, deck: DeckLayer[], applied: Applied): boolean => {
  if (deck.length === applied.deck.length && deck.every((layer, i) => layer === applied.deck[i])) return false;
  // a drawing may stand on several maps, a layer of deck.gl on one
  applied.shown = deck.map((layer) => layer.clone({}));
  overlay.setProps({ layers: applied.shown });
  applied.deck = deck;
  return true;
};

/**
 * Brings a map to what the layers now draw, touching only what differs, and tells whether anything did. Style layers are
 * hidden, never removed: showing one again costs nothing.
 */
export const applyDrawings = ({ map, overlay }: MapAndOverlay, drawings: Drawing[], applied: Applied): boolean => {
  for (const { images } of drawings)
    for (const [name, image] of Object.entries(images ?? {})) if (!map.hasImage(name)) map.addImage(name, image);
  const sources = drawings.flatMap((drawing) => Object.entries(drawing.sources ?? {}));
  const style = drawings.flatMap((drawing) => drawing.style ?? []);
  const deck = drawings.flatMap((drawing) => drawing.deck ?? []);
  const hasNewData = sources.map(([id, source]) => applySource(map, id, source, applied)).some(Boolean);
  const hasNewStyle = applyLayers(map, style, applied);
  return applyDeck(overlay, deck, applied) || hasNewData || hasNewStyle;
};
