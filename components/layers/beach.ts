import type { FeatureCollection, Point } from 'geojson';
import { type BeachNow, loadLimits } from '@/data/model/beach';
import { classOf } from '@/data/model/class-scale';
import { formatCount } from '@/data/model/format';
import { momentOf } from '@/data/model/moment';
import { formatClock } from '../base/format';
import type { Outputs } from '../feed/trpc';
import { fontStack } from '../map/basemap';
import { dimmedOpacity, type Encoding, legendOf } from '../map/encode';
import { defineLayer, type LayerContext, type PlacedLayer } from '../map/layer';
import { choiceOf, classesOff } from '../map/legend-filter';
import { withOpacity } from '../map/palette';

const key = 'beach';

type Shore = Outputs['beach']['list'];

/** Lower limits of the classes of load; from the first limit of a beach on it has that level's hue. */
const classes = [
  { share: 0, token: 'seq-2' },
  { share: 0.2, token: 'seq-4' },
  { share: 0.4, token: 'seq-5' },
  { share: 0.6, token: 'seq-7' },
  ...loadLimits.map(({ level, share }) => ({ share, token: `alert-${level}` })),
];

const scale = { breaks: classes.slice(1).map(({ share }) => share), tokens: classes.map(({ token }) => token) };

const of = { layer: key, metric: 'beach.load', by: key };

const encodingOf = ({ beaches, countedAt }: Shore, { text, view }: LayerContext): Encoding => ({
  of,
  off: classesOff(choiceOf(view.classes, of), scale.tokens.length),
  title: text.t('map.beachLoad'),
  unit: '',
  scale,
  values: new Map(beaches.map(({ id, load }) => [id, load])),
  format: (value) => `${(value * 100).toFixed(0)}%`,
  asOf: text.installation && countedAt ? formatClock(new Date(countedAt), text.installation.timeZone) : null,
  noData: 'none',
});

/** Colour of a beach; clear through where its class is switched off. */
const colourOf = ({ off, values }: Encoding, id: string, palette: LayerContext['palette']): string => {
  const at = classOf(scale, values.get(id) ?? null);
  const colour = palette(at === null ? 'surface-3' : (scale.tokens[at] ?? 'surface-3'));
  return withOpacity(colour, at !== null && off.has(at) ? dimmedOpacity : 1);
};

type Drawn = { id: string; colour: string; visitors: string; sort: number };

const features = (shore: Shore, context: LayerContext): FeatureCollection<Point, Drawn> => {
  const encoding = encodingOf(shore, context);
  return {
    type: 'FeatureCollection',
    features: shore.beaches.flatMap(({ id, position, visitors }) => {
      if (!position) return [];
      const count = visitors === null ? null : formatCount(visitors, context.text.lang);
      const properties = {
        ...{ id, colour: colourOf(encoding, id, context.palette), sort: -(visitors ?? 0) },
        visitors: count ? `${count.digits}${count.scale}` : '',
      };
      return [{ type: 'Feature' as const, properties, geometry: { type: 'Point' as const, coordinates: position } }];
    }),
  };
};

const codeOf = (selection: string | null): string =>
  selection?.startsWith(`${key}:`) ? selection.slice(key.length + 1) : '';

const circle = (id: string, paint: Record<string, unknown>, filter?: unknown): PlacedLayer =>
  ({
    ...{ id: `${key}-${id}`, slot: 'building', type: 'circle', source: key, paint },
    ...(filter ? { filter } : {}),
  }) as PlacedLayer;

const styleOf = (context: LayerContext): PlacedLayer[] => {
  const { palette, theme, captionPx, view, highlight } = context;
  const ground = palette(theme === 'dark' ? 'bg-0' : 'surface-1');
  const radius = Math.max(5, captionPx * 0.36);
  const marked = ['in', ['get', 'id'], ['literal', [codeOf(view.selection), codeOf(highlight)]]];
  return [
    circle('point', {
      'circle-radius': radius,
      'circle-color': ['get', 'colour'],
      'circle-stroke-color': ground,
      'circle-stroke-width': Math.max(1.5, captionPx * 0.07),
    }),
    circle(
      'ring',
      {
        'circle-radius': radius * 1.5,
        'circle-opacity': 0,
        'circle-stroke-color': palette('select'),
        'circle-stroke-width': Math.max(2, captionPx * 0.1),
      },
      marked,
    ),
    {
      ...{ id: `${key}-label`, slot: 'label', type: 'symbol', source: key },
      layout: {
        'text-field': ['get', 'visitors'],
        'text-font': fontStack.semibold,
        'text-size': captionPx,
        'text-variable-anchor': ['left', 'right', 'top', 'bottom'],
        'text-radial-offset': 0.6,
        'symbol-sort-key': ['get', 'sort'],
      },
      paint: {
        'text-color': palette('text-1'),
        'text-halo-color': withOpacity(ground, 0.8),
        'text-halo-width': captionPx * 0.12,
      },
    } as unknown as PlacedLayer,
  ];
};

const linesOf = (found: BeachNow, { text }: LayerContext): string[] => {
  const name = text.lang === 'zh' ? found.name : found.nameEn;
  if (found.visitors === null) return [name, text.t('common.state.noData')];
  const [visitors, capacity] = [found.visitors, found.capacity].map((n) => {
    const { digits, scale } = formatCount(n, text.lang);
    return `${digits}${scale}`;
  });
  const share = `${((found.load ?? 0) * 100).toFixed(1)}%`;
  return [name, text.t('map.beachOf', { visitors: visitors ?? '', capacity: capacity ?? '', share })];
};

/** Beaches by how full they are, with their visitors at the last full hour (沙滩客流). */
export const beachPoints = defineLayer({
  key,
  geometry: 'point',
  minZoom: 0,
  maxZoom: 24,
  budget: 1_000,
  isLive: true,
  filters: { none: 'visitors carry none of the fields' },
  selects: ['beach'],
  follows: ['highlight'],
  ask: ({ view, api }) => ({ shore: api.beach.list.queryOptions({ ...momentOf(view), division: view.division }) }),
  draw: ({ shore }, context) => ({
    sources: { [key]: { type: 'geojson', data: features(shore, context) } },
    style: styleOf(context),
  }),
  legend: ({ shore }, context) => ({
    ...legendOf(encodingOf(shore, context), [], ''),
    unit: context.text.t('map.beachLabel'),
  }),
  pick: ({ layerId, properties }, { shore }, context) => {
    if (!layerId.startsWith(`${key}-`)) return null;
    const found = shore.beaches.find(({ id }) => id === properties.id);
    return found ? { selection: `${key}:${found.id}`, lines: linesOf(found, context) } : null;
  },
});
