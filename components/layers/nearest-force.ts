import type { FeatureCollection, LineString, Point } from 'geojson';
import { nearestAgainMs, nearestTarget } from '@/data/model/asset';
import type { LngLat } from '@/data/model/geo';
import { startOf } from '@/data/model/road';
import type { Outputs } from '../feed/trpc';
import type { PointWords } from '../map/area-words';
import { fontStack } from '../map/basemap';
import { defineLayer, type LayerContext, type PlacedLayer } from '../map/layer';
import { withOpacity } from '../map/palette';

const key = 'nearest-force';
type Nearest = Outputs['asset']['nearest'];

const metresPerDegree = 111_195;

/** Circle as a closed line. */
const ring = ([lng, lat]: LngLat, metres: number): LngLat[] =>
  Array.from({ length: 97 }, (_, i): LngLat => {
    const angle = (i / 96) * 2 * Math.PI;
    const reach = metres / metresPerDegree;
    return [lng + (reach * Math.cos(angle)) / Math.cos((lat * Math.PI) / 180), lat + reach * Math.sin(angle)];
  });

type Ways = FeatureCollection<LineString, { code: string; isRoad: boolean }>;
type Ends = FeatureCollection<Point, { code: string; value: string; rank: number }>;

/** The stretches of a way, on the roads and off them. */
const waysOf = (rows: Nearest['rows']): Ways => ({
  type: 'FeatureCollection',
  features: rows.flatMap(({ id, line, walks }) =>
    [{ isRoad: true, coordinates: line }, ...walks.map((coordinates) => ({ isRoad: false, coordinates }))]
      .filter(({ coordinates }) => coordinates.length > 1)
      .map(({ isRoad, coordinates }) => ({
        type: 'Feature' as const,
        properties: { code: `asset:${id}`, isRoad },
        geometry: { type: 'LineString' as const, coordinates },
      })),
  ),
});

/** Where each way begins as far as it is told, with its place in the list, which names it, and its minutes. */
const endsOf = (rows: Nearest['rows'], { text }: LayerContext): Ends => ({
  type: 'FeatureCollection',
  features: rows.flatMap(({ id, minutes, ...way }, rank) => {
    const start = startOf(way);
    if (!start) return [];
    const value = text.t('common.duration.minutes', { n: Math.max(1, Math.round(minutes)) });
    const properties = {
      code: `asset:${id}`,
      value,
      rank: rank + 1,
    };
    return [{ type: 'Feature' as const, properties, geometry: { type: 'Point' as const, coordinates: start } }];
  }),
});

/** Radius of the disc where a way begins, and size of the minutes beside it, captions. */
const startEm = 0.68;
const minutesEm = 1.1;

/** Minutes, the soonest first: the stage finds them a place beside their start, off seams and marks. */
const minutesOf = ({ features }: Ends, { captionPx }: LayerContext): PointWords[] =>
  features.map(({ properties: { code, value }, geometry }) => ({
    ...{ code, at: geometry.coordinates as LngLat, words: value, token: 'accent', em: minutesEm, isPlated: false },
    radius: captionPx * startEm,
  }));

const styleOf = (context: LayerContext): PlacedLayer[] => {
  const { palette, theme, captionPx, highlight } = context;
  const px = Math.max(1, captionPx / 26);
  const [ice, ground] = [palette('accent'), palette(theme === 'dark' ? 'bg-0' : 'surface-1')];
  const inkOn = palette('accent-ink');
  const line = (id: string, paint: Record<string, unknown>, filter: unknown = true): PlacedLayer =>
    ({
      id: `${key}-${id}`,
      slot: 'top',
      type: 'line',
      source: `${key}-way`,
      filter: filter === true ? ['boolean', true] : filter,
      layout: { 'line-join': 'round' },
      paint,
    }) as unknown as PlacedLayer;
  const ringPaint = { 'line-color': withOpacity(ice, 0.45), 'line-width': 1.2 * px, 'line-dasharray': [2, 4] };
  return [
    { ...line('ring', ringPaint), source: `${key}-ring` } as PlacedLayer,
    line('casing', { 'line-color': withOpacity(ground, 0.75), 'line-width': 8 * px }, ['get', 'isRoad']),
    line('way', { 'line-color': ice, 'line-width': 4 * px }, ['get', 'isRoad']),
    line('walk', { 'line-color': ice, 'line-width': 2 * px, 'line-dasharray': [1, 2.2] }, ['!', ['get', 'isRoad']]),
    line('pointed', { 'line-color': palette('select'), 'line-width': 5 * px }, [
      '==',
      ['get', 'code'],
      highlight ?? '',
    ]),
    {
      id: `${key}-start`,
      slot: 'top',
      type: 'circle',
      source: `${key}-end`,
      paint: {
        'circle-radius': captionPx * startEm,
        'circle-color': ice,
        'circle-stroke-color': ground,
        'circle-stroke-width': 2 * px,
      },
    },
    {
      id: `${key}-rank`,
      slot: 'top',
      type: 'symbol',
      source: `${key}-end`,
      layout: {
        'text-field': ['to-string', ['get', 'rank']],
        'text-font': fontStack.semibold,
        'text-size': captionPx,
        'text-allow-overlap': true,
      },
      paint: { 'text-color': inkOn },
    },
  ];
};

/**
 * Ways of the forces soonest at the incident (最近力量路线) that the list shows, numbered as there, minutes at their start, the
 * radius: an ice line along the roads, thin dots off them, which are no road and do not look like one.
 */
export const nearestForce = defineLayer({
  key,
  geometry: 'line',
  minZoom: 0,
  maxZoom: 24,
  budget: 20,
  isLive: false,
  filters: { none: 'who is soonest at one incident, whatever else is shown' },
  selects: [],
  follows: ['highlight', 'listed'],
  ask: ({ view, api }) => ({
    nearest: api.asset.nearest.queryOptions(
      { selection: nearestTarget(view.selection), at: view.at },
      { refetchInterval: nearestAgainMs },
    ),
  }),
  draw: ({ nearest }, context) => {
    const circle = nearest.target ? [ring(nearest.target.position, nearest.radiusMetres)] : [];
    const rows = nearest.rows.slice(0, context.listed);
    const [ways, ends] = [waysOf(rows), endsOf(rows, context)];
    return {
      sources: {
        [`${key}-ring`]: {
          type: 'geojson',
          data: { type: 'Feature', properties: {}, geometry: { type: 'MultiLineString', coordinates: circle } },
        },
        [`${key}-way`]: { type: 'geojson', data: ways, tolerance: 0.2 },
        [`${key}-end`]: { type: 'geojson', data: ends },
      },
      style: styleOf(context),
      pointWords: minutesOf(ends, context),
      ways: ways.features.map(({ geometry }) => geometry.coordinates),
    };
  },
  legend: ({ nearest }, { text, size }) =>
    size === 'wall' && nearest.target
      ? {
          title: text.t(`map.layer.${key}`),
          unit: text.t('map.forceWithin', { km: nearest.radiusMetres / 1000 }),
          asOf: null,
          rows: [
            { token: 'accent', label: text.t('map.forceStart'), isNoData: false, shape: { kind: 'disc' } },
            { token: 'select', label: text.t('map.forceTarget'), isNoData: false, shape: { kind: 'ring' } },
            { token: 'accent', label: text.t('map.forceWay'), isNoData: false, shape: { kind: 'line' } },
            { token: 'accent', label: text.t('map.forceWalk'), isNoData: false, shape: { kind: 'dots' } },
          ],
          note: text.t('map.forceReckoned'),
        }
      : null,
  pick: ({ layerId, properties }, { nearest }, { text }) => {
    const row = layerId.startsWith(key) ? nearest.rows.find(({ id }) => properties.code === `asset:${id}`) : undefined;
    if (!row) return null;
    const words = text.t('common.duration.minutes', { n: Math.max(1, Math.round(row.minutes)) });
    const name = text.lang === 'zh' ? row.name : row.nameEn;
    return { selection: null, lines: [name ?? text.term('resource-type', row.type), words] };
  },
});
