import type { Feature, FeatureCollection, LineString, Point } from 'geojson';
import { formatClock } from '../base/format';
import { fontStack } from '../map/basemap';
import { defineLayer, type LayerContext, type PlacedLayer } from '../map/layer';
import { withOpacity } from '../map/palette';
import { selectedWorker, type Track, trackQuery } from '../map/track';

const key = 'worker-track';

const wayOf = (track: Track | null): Feature<LineString> => ({
  type: 'Feature',
  properties: {},
  geometry: { type: 'LineString', coordinates: track?.points.map(({ position }) => position) ?? [] },
});

/** The stops with their times; the first and the last matter most where labels collide. */
const stopsOf = (track: Track | null, { text }: LayerContext): FeatureCollection<Point> => {
  const points = track?.points ?? [];
  const timeZone = text.installation?.timeZone ?? 'UTC';
  return {
    type: 'FeatureCollection',
    features: points.map(({ at, position }, i) => ({
      type: 'Feature',
      properties: {
        value: formatClock(new Date(at), timeZone),
        rank: i === 0 || i === points.length - 1 ? 0 : 1 + (i % 6),
      },
      geometry: { type: 'Point', coordinates: position },
    })),
  };
};

const styleOf = ({ palette, theme, captionPx }: LayerContext): PlacedLayer[] => {
  const [ice, ground] = [palette('accent'), palette(theme === 'dark' ? 'bg-0' : 'surface-1')];
  return [
    {
      id: `${key}-casing`,
      slot: 'top',
      type: 'line',
      source: key,
      layout: { 'line-join': 'round' },
      paint: { 'line-color': withOpacity(ground, 0.7), 'line-width': 6 },
    },
    {
      id: key,
      slot: 'top',
      type: 'line',
      source: key,
      layout: { 'line-join': 'round' },
      paint: { 'line-color': ice, 'line-width': 3, 'line-dasharray': [2.4, 1.6] },
    },
    {
      id: `${key}-stop`,
      slot: 'top',
      type: 'circle',
      source: `${key}-stop`,
      paint: {
        'circle-radius': captionPx * 0.24,
        'circle-color': ice,
        'circle-stroke-color': ground,
        'circle-stroke-width': 1.5,
      },
    },
    {
      id: `${key}-time`,
      slot: 'top',
      type: 'symbol',
      source: `${key}-stop`,
      layout: {
        'text-field': ['get', 'value'],
        'text-font': fontStack.regular,
        'text-size': captionPx,
        'text-variable-anchor': ['top', 'bottom', 'left', 'right'],
        'text-radial-offset': 0.6,
        'symbol-sort-key': ['get', 'rank'],
      },
      paint: {
        'text-color': palette('text-1'),
        'text-halo-color': withOpacity(ground, 0.85),
        'text-halo-width': captionPx * 0.16,
      },
    },
  ];
};

/** The way of one worker (人员轨迹), drawn once its card has read it for a reason: dashed, with times. */
export const workerTrack = defineLayer({
  key,
  geometry: 'line',
  minZoom: 0,
  maxZoom: 24,
  budget: 200,
  isLive: false,
  filters: { none: 'the way of the one worker selected' },
  selects: ['worker'],
  ask: ({ view, size }) => {
    const worker = selectedWorker(view.selection);
    return { track: { ...trackQuery(worker ?? ''), enabled: worker !== null && size !== 'wall' } };
  },
  draw: ({ track }, context) => ({
    sources: {
      [key]: { type: 'geojson', data: wayOf(track ?? null), tolerance: 0.2 },
      [`${key}-stop`]: { type: 'geojson', data: stopsOf(track ?? null, context) },
    },
    style: styleOf(context),
  }),
});
