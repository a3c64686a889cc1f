import type { Layer as DeckLayer } from '@deck.gl/core';
import type { QueryKey } from '@tanstack/react-query';
import type { FeatureCollection, MultiPolygon, Polygon, Position } from 'geojson';
import type { LayerSpecification, SourceSpecification } from 'maplibre-gl';
import type { Bbox, LngLat } from '@/data/model/geo';
import type { Period, View } from '@/data/model/view';
import type { Divisions } from '../feed/divisions';
import type { Text } from '../feed/text';
import type { Api } from '../feed/trpc';
import type { AreaWords, PointWords } from './area-words';
import type { Slot } from './basemap';
import type { LegendModel } from './encode';
import type { DrawnMark } from './event-mark';
import type { MapSeams } from './map-seams';
import type { OverlaidMarks } from './overlaid';
import type { Palette } from './palette';
import type { Picture } from './pattern';

/** Where a map stands; sizes of marks and text follow it. */
export type MapSize = 'wall' | 'desk' | 'hand';

/** Anything `api.….queryOptions()` returns, or a query of the same form over plain HTTP. */
export type LayerQuery = { queryKey: QueryKey; queryFn?: ((context: never) => unknown) | undefined };
export type LayerQueries = Record<string, LayerQuery>;
export type LayerData<Q extends LayerQueries> = {
  [K in keyof Q]: Q[K] extends { queryFn?: ((context: never) => infer T) | undefined } ? Awaited<T> : never;
};

export type LayerAsk = {
  view: View;
  api: Api;
  divisions: Divisions;
  size: MapSize;
  /** Metric that areas are filled by. */
  metric: string;
  /** Period it is told over. */
  period: Period;
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
  /** What is seen and a good way around it: layers of very many points draw only these. */
  frame: Bbox;
  /** Label every division, or only the exceptional ones (tier L). */
  labels: 'all' | 'exceptions';
  /** Mark every open event, or only those of the two gravest levels and the overdue (tier S). */
  marks: 'all' | 'exceptions';
  /** Where cabinets of the wall meet. */
  seams: MapSeams;
  /** Legends, panels and buttons over the map: marks step out from under them. */
  covers: readonly Bbox[];
  /** Selection pointed at by a panel or the pointer; null = none. */
  highlight: string | null;
  /** Rows seen of the numbered list beside the map. */
  listed: number;
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
  /** Marks as they stand, for what a screen lays over the map. */
  marks?: DrawnMark[];
  /** Names of areas on a wall: the stage places them, clear of marks and of what stands on the map. */
  names?: readonly AreaWords[];
  /** Words beside points on a wall, placed with the names; what has no room beside its point is left out, the last first. */
  pointWords?: readonly PointWords[];
  /** Lines that words beside points keep off where they can. */
  ways?: readonly (readonly Position[])[];
  /** What lies over the map in the page: a change of it does not draw the map anew. */
  overlaid?: OverlaidMarks;
};

/** What a pointer found: the selection it stands for, its words with the first line in bold, and where a click leads. */
export type Picked = {
  /** Null = nothing to select: a cluster. */
  selection: string | null;
  lines: string[];
  camera?: { center: LngLat; zoom: number };
};

/** A map layer: what it asks, how it draws, what it means. Legend, tooltip and triggers come from its encoding. */
export type Layer<Q extends LayerQueries = LayerQueries> = {
  /** Also its text key: `map.layer.<key>`. */
  key: string;
  geometry: 'area' | 'line' | 'point' | 'label' | 'building';
  ask: (context: LayerAsk) => Q;
  draw: (data: LayerData<Q>, context: LayerContext) => Drawing;
  legend?: (data: LayerData<Q>, context: LayerContext) => LegendModel | null;
  /** Areas it fills, each in one colour, as a picture of them follows a hand; null where its fill is no such thing. */
  tints?: (data: LayerData<Q>, context: LayerContext) => Tints | null;
  /** Words it writes at places, as they follow a hand. */
  words?: (data: LayerData<Q>, context: LayerContext) => PlaceWords[];
  /** Turns what lies under the pointer into a selection; null when it is none of this layer's. */
  pick?: (feature: PickedFeature, data: LayerData<Q>, context: LayerContext) => Picked | null;
  /** Zooms between which it is drawn. */
  minZoom: number;
  maxZoom: number;
  /** Rows it is made for; above them the server aggregates or tiles. */
  budget: number;
  /** What it colours all over: of those that cover the same, one is shown at a time. */
  covers?: 'ground' | 'building';
  /** Fed by the live feed. */
  isLive: boolean;
  /**
   * How the filters in force reach it: as part of its question, held against its rows in the browser, or why they say
   * nothing about it.
   */
  filters: 'question' | 'rows' | { none: string };
  /** What changes often and moves this layer; it is drawn anew for nothing else of these. */
  follows?: readonly ('zoom' | 'frame' | 'seams' | 'covers' | 'highlight' | 'listed' | 'page')[];
  /** What the shared tick changes in it: it is drawn anew when this differs. Absent = the tick moves nothing. */
  clockPart?: (data: LayerData<Q>, context: LayerContext) => unknown;
  /** Kinds of selection it shows; another one does not draw it anew. Absent = any. */
  selects?: readonly string[];
};

/** A fill of areas: the style layer that draws it, their outlines, and the colour of each by its code, `#rrggbb`. */
export type Tints = {
  fill: string;
  areas: FeatureCollection<Polygon | MultiPolygon, { code: string }>;
  colours: ReadonlyMap<string, string>;
};
export type PlaceWords = { code: string; at: LngLat; lines: readonly [name: string, value: string] };

/** Something under the pointer: a style feature's properties, or the object of a deck layer. */
export type PickedFeature = { layerId: string; properties: Record<string, unknown> };

/** Declares a layer with its data types inferred, and hides them from the stage. */
export const defineLayer = <Q extends LayerQueries>(layer: Layer<Q>): Layer => layer as unknown as Layer;
