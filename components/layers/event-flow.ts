import type { FeatureCollection, LineString, Point } from 'geojson';
import type { LngLat } from '@/data/model/geo';
import { askedBy } from '@/data/model/view';
import { formatClock } from '../base/format';
import { periodWords } from '../base/period-words';
import type { Divisions } from '../feed/divisions';
import { fontStack } from '../map/basemap';
import { defineLayer, type LayerContext, type PlacedLayer } from '../map/layer';
import { withOpacity } from '../map/palette';

const key = 'event-flow';

/** How far a flow swings out to its left, as a share of its length, and of how many pieces it is made. */
const swing = 0.18;
const nPieces = 24;

type Flow = { origin: string; home: string; n: number };

/** A flow as a bow to the left of its way: there and back lie apart. */
export const bowOf = ([fromLng, fromLat]: LngLat, [toLng, toLat]: LngLat): LngLat[] => {
  const [dx, dy] = [toLng - fromLng, toLat - fromLat];
  const [midLng, midLat] = [(fromLng + toLng) / 2 - dy * swing, (fromLat + toLat) / 2 + dx * swing];
  return Array.from({ length: nPieces + 1 }, (_, i): LngLat => {
    const t = i / nPieces;
    const [a, b, c] = [(1 - t) ** 2, 2 * t * (1 - t), t ** 2];
    return [a * fromLng + b * midLng + c * toLng, a * fromLat + b * midLat + c * toLat];
  });
};

const centerOf = (divisions: Divisions, code: string): LngLat | null => divisions.byCode(code)?.center ?? null;

/** Lines of flows, each as wide as its share of the largest, and the end where they arrive. */
const features = (flows: readonly Flow[], { divisions, captionPx }: LayerContext) => {
  const most = Math.max(1, ...flows.map(({ n }) => n));
  const drawn = flows.flatMap(({ origin, home, n }) => {
    const [from, to] = [centerOf(divisions, origin), centerOf(divisions, home)];
    if (!from || !to) return [];
    const properties = { origin, home, n, width: Math.max(1.2, (captionPx * 0.5 * n) / most) };
    return [{ properties, bow: bowOf(from, to), to }];
  });
  const lines: FeatureCollection<LineString> = {
    type: 'FeatureCollection',
    features: drawn.map(({ properties, bow }) => ({
      type: 'Feature',
      properties,
      geometry: { type: 'LineString', coordinates: bow },
    })),
  };
  const ends: FeatureCollection<Point> = {
    type: 'FeatureCollection',
    features: drawn.flatMap(({ properties, bow, to }) => [
      {
        type: 'Feature',
        properties: { ...properties, kind: 'end' },
        geometry: { type: 'Point', coordinates: bow[nPieces - 2] ?? to },
      },
      {
        type: 'Feature',
        properties: { ...properties, kind: 'count' },
        geometry: { type: 'Point', coordinates: bow[nPieces / 2] ?? to },
      },
    ]),
  };
  return { lines, ends };
};

const placed = (id: string, source: string, rest: Record<string, unknown>): PlacedLayer =>
  ({ id: `${key}-${id}`, slot: 'building', source, ...rest }) as unknown as PlacedLayer;

const style = ({ palette, theme, captionPx }: LayerContext): PlacedLayer[] => {
  const ground = palette(theme === 'dark' ? 'bg-0' : 'surface-1');
  const round = { 'line-cap': 'round', 'line-join': 'round' };
  const casing = { 'line-color': withOpacity(ground, 0.7), 'line-width': ['+', 2.5, ['get', 'width']] };
  return [
    placed('casing', key, { type: 'line', layout: round, paint: casing }),
    placed('line', key, {
      type: 'line',
      layout: round,
      paint: { 'line-color': palette('accent'), 'line-width': ['get', 'width'], 'line-opacity': 0.8 },
    }),
    placed('end', `${key}-end`, {
      type: 'circle',
      filter: ['==', ['get', 'kind'], 'end'],
      paint: {
        'circle-radius': captionPx * 0.32,
        'circle-color': palette('accent'),
        'circle-stroke-color': ground,
        'circle-stroke-width': 2,
      },
    }),
    placed('count', `${key}-end`, {
      type: 'symbol',
      slot: 'label',
      filter: ['==', ['get', 'kind'], 'count'],
      layout: {
        'text-field': ['to-string', ['get', 'n']],
        'text-font': fontStack.semibold,
        'text-size': captionPx,
        'symbol-sort-key': ['-', 0, ['get', 'n']],
      },
      paint: {
        'text-color': palette('accent'),
        'text-halo-color': withOpacity(ground, 0.85),
        'text-halo-width': captionPx * 0.12,
      },
    }),
  ];
};

/** Where events lie and where their handlers come from (事件流向): the twelve largest, by the hour while the clock is replayed. */
export const eventFlow = defineLayer({
  key,
  geometry: 'line',
  minZoom: 0,
  maxZoom: 24,
  budget: 12,
  isLive: false,
  filters: 'question',
  selects: [],
  ask: ({ view, api }) => ({
    answer: api.event.flows.queryOptions({ question: askedBy(key, view), isByHour: view.at !== null }),
  }),
  draw: ({ answer }, context) => {
    const { lines, ends } = features(answer.flows, context);
    return {
      sources: { [key]: { type: 'geojson', data: lines }, [`${key}-end`]: { type: 'geojson', data: ends } },
      style: style(context),
    };
  },
  legend: ({ answer }, { text, view }) => {
    const period = periodWords(view.period, text);
    const { hour, asOf } = answer;
    return {
      title: hour === null ? text.t('map.flowsAll', { period }) : text.t('map.flowsHour', { period, hour }),
      unit: text.t('map.flowsHint'),
      asOf: text.installation ? formatClock(new Date(asOf), text.installation.timeZone) : null,
      rows: [],
    };
  },
  pick: ({ layerId, properties }, _data, { text, divisions }) => {
    const { origin, home, n } = properties;
    if (!layerId.startsWith(key) || typeof origin !== 'string' || typeof home !== 'string') return null;
    const words = { origin: divisions.name(origin), home: divisions.name(home), count: Number(n) };
    return { selection: `division:${origin}`, lines: [text.t('map.flowsOf', words)] };
  },
});
