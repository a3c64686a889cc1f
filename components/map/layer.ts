import type { Layer as DeckLayer } from '@deck.gl/core';
import type { QueryFunction, QueryKey } from '@tanstack/react-query';
import type { LayerSpecification, SourceSpecification } from 'maplibre-gl';
import type { View } from '@/data/model/view';
import type { Divisions } from '../feed/divisions';
import type { Text } from '../feed/text';
import type { Api } from '../feed/trpc';
import type { Slot } from './basemap';
import type { LegendModel } from './encode';
import type { Palette } from './palette';
import type { Picture } from './pattern';

/** Where a map stands; sizes of marks and text follow it. */
export type MapSize = 'wall' | 'desk' | 'hand';

// biome-ignore lint/suspicious/noExplicitAny: the shape is fixed by the router; LayerData recovers the exact type
export type LayerQuery = { queryKey: QueryKey; queryFn?: QueryFunction<any, any, any> | undefined };
export type LayerQueries = Record<string, LayerQuery>;
export type LayerData<Q extends LayerQueries> = {
  // biome-ignore lint/suspicious/noExplicitAny: inference position
  [K in keyof Q]: Q[K] extends { queryFn?: QueryFunction<infer T, any, any> | undefined } ? T : never;
};

export type LayerAsk = {
  view: View;
  api: Api;
  divisions: Divisions;
  size: MapSize;
  /** Metric that areas are filled by. */
  metric: string;
};

/** What a layer draws with. Lengths in px. */
export type LayerContext = LayerAsk & {
  text: Text;
  palette: Palette;
  theme: 'dark' | 'light';
  /** Height of caption text; marks are sized in it. */
  captionPx: number;
  /** Zoom in steps of a half: layers that cluster follow it. */
  zoom: number;
  /** Label every division, or only the exceptional ones (tier L). */
  labels: 'all' | 'exceptions';
  /** Selection pointed at by a panel or the pointer; null = none. */
  highlight: string | null;
  /** Instant of the shared tick, epoch ms. */
  now: number;
};

/** A style layer and where in the drawing order it stands. */
export type PlacedLayer = LayerSpecification & { slot: Slot };

/** What a layer puts on the map: values, compared and applied by the stage. A source is replaced when its data is. */
export type Drawing = {
  sources?: Record<string, SourceSpecification>;
  style?: PlacedLayer[];
  /** Pictures for `icon-image` and `fill-pattern`. */
  images?: Record<string, Picture>;
  deck?: DeckLayer[];
};

/** What a pointer found: the selection it stands for and its words, first line in bold. */
export type Picked = { selection: string; lines: string[] };

/** A map layer: what it asks, how it draws, what it means. Legend, tooltip and triggers come from its encoding. */
export type Layer<Q extends LayerQueries = LayerQueries> = {
  /** Also its text key: `map.layer.<key>`. */
  key: string;
  geometry: 'area' | 'line' | 'point' | 'label' | 'building';
  ask: (context: LayerAsk) => Q;
  draw: (data: LayerData<Q>, context: LayerContext) => Drawing;
  legend?: (data: LayerData<Q>, context: LayerContext) => LegendModel | null;
  /** Turns what lies under the pointer into a selection; null when it is none of this layer's. */
  pick?: (feature: PickedFeature, data: LayerData<Q>, context: LayerContext) => Picked | null;
  /** Zooms between which it is drawn. */
  minZoom: number;
  maxZoom: number;
  /** Rows it is made for; above them the server aggregates or tiles. */
  budget: number;
  /** Fed by the live feed. */
  isLive: boolean;
};

/** Something under the pointer: a style feature's properties, or the object of a deck layer. */
export type PickedFeature = { layerId: string; properties: Record<string, unknown> };

/** Declares a layer with its data types inferred, and hides them from the stage. */
export const defineLayer = <Q extends LayerQueries>(layer: Layer<Q>): Layer => layer as unknown as Layer;
