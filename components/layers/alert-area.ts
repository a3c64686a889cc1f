import { booleanPointInPolygon } from '@turf/turf';
import type { FeatureCollection, Point } from 'geojson';
import type { Alert, AlertArea } from '@/data/model/alert';
import type { BeachNow } from '@/data/model/beach';
import type { EventLevel } from '@/data/model/event';
import type { LngLat } from '@/data/model/geo';
import { momentOf } from '@/data/model/moment';
import { formatStamp } from '../base/format';
import type { PointWords } from '../map/area-words';
import { fontStack } from '../map/basemap';
import { iconPictures } from '../map/icon-atlas';
import { defineLayer, type LayerContext, type PlacedLayer } from '../map/layer';
import { memoLast } from '../map/memo';
import { type Palette, withOpacity } from '../map/palette';
import { openHatch } from '../map/pattern';

const key = 'alert-area';
const levels: (EventLevel | null)[] = [1, 2, 3, 4, null];

/** Hue of a warning; white ones have that of text. */
const tokenOf = (level: EventLevel | null): string => (level ? `alert-${level}` : 'text-1');
const idOf = (level: EventLevel | null): string => `${key}-${level ?? 'white'}`;
const picturesOf = memoLast((palette: Palette) => iconPictures(palette));

type Drawn = { alert: string; level: number; words: string; anchor: 'top' | 'top-left' | 'top-right' };

/** Areas as they are drawn, the mildest first, so that the gravest lies on top. */
const areaFeatures = (areas: readonly AlertArea[]) => ({
  type: 'FeatureCollection' as const,
  features: areas
    .toSorted((a, b) => (b.level ?? 5) - (a.level ?? 5))
    .map(({ alert, level, division, geometry }) => ({
      type: 'Feature' as const,
      properties: { alert, level: level ?? 0, isLand: division !== null },
      geometry,
    })),
});

/** Words of an area at sea run towards the land, so that the edge of the map cuts none off. */
const anchorOf = ({ division, center }: AlertArea, land: LngLat | null): Drawn['anchor'] => {
  if (division !== null || !land) return 'top';
  return center[0] > land[0] ? 'top-right' : 'top-left';
};

/** One label a warning, on the first of its places; those of one place share it under the mark of the gravest. */
const labelFeatures = (
  areas: readonly AlertArea[],
  { text, divisions }: LayerContext,
): FeatureCollection<Point, Drawn> => {
  const places = new Map<string, AlertArea[]>();
  const labelled = areas.filter((area, i) => areas.findIndex(({ alert }) => alert === area.alert) === i);
  for (const area of labelled) {
    const place = area.division ?? area.name;
    places.set(place, [...(places.get(place) ?? []), area]);
  }
  const features = [...places.values()].flatMap((list) => {
    const ranked = list.toSorted((a, b) => (a.level ?? 5) - (b.level ?? 5));
    const [first] = ranked;
    if (!first) return [];
    const words = [...new Set(ranked.map(({ warning }) => text.term('weather-warning', warning)))].join('\n');
    return [
      {
        type: 'Feature' as const,
        properties: {
          alert: first.alert,
          level: first.level ?? 0,
          words,
          anchor: anchorOf(first, divisions.root.center),
        },
        geometry: { type: 'Point' as const, coordinates: first.center },
      },
    ];
  });
  return { type: 'FeatureCollection', features };
};

const px = ({ captionPx }: LayerContext) => Math.max(1, captionPx / 26);

/** Hatch and outline of one level: what lies below stays readable. */
const levelLayers = (level: EventLevel | null, context: LayerContext): PlacedLayer[] => {
  const { palette, theme, captionPx } = context;
  const filter = ['==', ['get', 'level'], level ?? 0];
  const common = { source: key, filter };
  return [
    {
      ...{ ...common, id: `${idOf(level)}-hatch`, slot: 'area', type: 'fill' },
      paint: { 'fill-pattern': `${idOf(level)}-${theme}-${captionPx}` },
    },
    {
      ...{ ...common, id: `${idOf(level)}-casing`, slot: 'line', type: 'line', layout: { 'line-join': 'round' } },
      paint: { 'line-color': withOpacity(palette('bg-0'), 0.7), 'line-width': 5 * px(context) },
    },
    {
      ...{ ...common, id: `${idOf(level)}-line`, slot: 'line', type: 'line', layout: { 'line-join': 'round' } },
      paint: {
        'line-color': palette(tokenOf(level)),
        'line-width': 2.4 * px(context),
        // at sea nobody lives inside: the border of a warning there is no first look
        'line-opacity': ['case', ['get', 'isLand'], 1, 0.5],
      },
    },
  ] as PlacedLayer[];
};

const codeOf = (selection: string | null): string =>
  selection?.startsWith('alert:') ? selection.slice('alert:'.length) : '';

/** The warning selected or pointed at: its areas in a white line. */
const markLayer = (context: LayerContext): PlacedLayer =>
  ({
    ...{ id: `${key}-mark`, slot: 'line', type: 'line', source: key, layout: { 'line-join': 'round' } },
    filter: ['in', ['get', 'alert'], ['literal', [codeOf(context.view.selection), codeOf(context.highlight)]]],
    paint: { 'line-color': context.palette('select'), 'line-width': 3.6 * px(context) },
  }) as PlacedLayer;

/** Height of the mark of a warning, captions. */
const markEm = 2;

/** Words on a wall, of the gravest first: the stage finds them a place beside their mark, clear of all others. */
const wordsOf = ({ features }: FeatureCollection<Point, Drawn>, { captionPx }: LayerContext): PointWords[] =>
  features
    .toSorted((a, b) => (a.properties.level || 5) - (b.properties.level || 5))
    .map(({ properties: { alert, level, words }, geometry }) => ({
      ...{ code: `${key}:${alert}`, at: geometry.coordinates as LngLat, words, em: 1, isPlated: false },
      ...{ token: 'text-1', radius: level > 0 ? (captionPx * markEm) / 2 : 0 },
    }));

/** The marks alone, where the stage places the words. */
const markOnWall = ({ theme, captionPx }: LayerContext): PlacedLayer =>
  ({
    ...{ id: `${key}-level`, slot: 'label', type: 'symbol', source: `${key}-label` },
    layout: { ...iconLayout(theme, captionPx), 'icon-anchor': 'center' },
  }) as unknown as PlacedLayer;

const iconLayout = (theme: LayerContext['theme'], captionPx: number) => ({
  'icon-image': ['case', ['>', ['get', 'level'], 0], ['concat', `level-${theme}-`, ['get', 'level']], ''],
  'icon-size': (captionPx * markEm) / 128,
  'icon-allow-overlap': true,
});

const labelLayer = ({ palette, theme, captionPx }: LayerContext): PlacedLayer =>
  ({
    ...{ id: `${key}-label`, slot: 'label', type: 'symbol', source: `${key}-label` },
    layout: {
      ...iconLayout(theme, captionPx),
      'icon-anchor': 'bottom',
      'text-field': ['get', 'words'],
      'text-font': fontStack.semibold,
      'text-size': captionPx,
      'text-anchor': ['get', 'anchor'],
      'text-offset': [
        'match',
        ['get', 'anchor'],
        ...['top-right', ['literal', [1, 0]], 'top-left', ['literal', [-1, 0]], ['literal', [0, 0]]],
      ],
      'text-optional': true,
      'text-max-width': 20,
      'symbol-sort-key': ['get', 'level'],
    },
    paint: {
      'text-color': palette('text-1'),
      'text-halo-color': withOpacity(palette(theme === 'dark' ? 'bg-0' : 'surface-1'), 0.8),
      'text-halo-width': captionPx * 0.12,
    },
  }) as unknown as PlacedLayer;

const imagesOf = ({ palette, theme, captionPx }: LayerContext) => ({
  ...Object.fromEntries(
    levels.map((level, i) => [
      `${idOf(level)}-${theme}-${captionPx}`,
      openHatch(palette(tokenOf(level)), Math.round(captionPx * 1.1), 0.4, i / levels.length),
    ]),
  ),
  ...Object.fromEntries([...picturesOf(palette)].map(([level, picture]) => [`level-${theme}-${level}`, picture])),
});

const linesOf = (alert: Alert, { text }: LayerContext): string[] => {
  const { lang, installation } = text;
  const places = alert.areas.map(({ name, nameEn }) => (lang === 'zh' ? name : nameEn));
  const until = installation ? formatStamp(new Date(alert.expiresAt), installation.timeZone, lang) : '';
  return [
    text.term('weather-warning', alert.warning),
    `${places.join(text.t('common.and'))} · ${text.t('panel.alert-list.until', { time: until })}`,
  ];
};

/** How many beaches lie in the area of a warning, of how many; null without any. */
const beachWords = (beaches: readonly BeachNow[], areas: readonly AlertArea[], { t }: LayerContext['text']) => {
  const n = beaches.filter(
    ({ position }) => position && areas.some(({ geometry }) => booleanPointInPolygon(position, geometry)),
  ).length;
  return n > 0 ? t('map.alertBeaches', { n, all: beaches.length }) : null;
};

/** Areas of the warnings in force (预警范围): outline and open hatch in the hue of the level, mark and words on it. */
export const alertArea = defineLayer({
  key,
  geometry: 'area',
  minZoom: 0,
  maxZoom: 24,
  budget: 500,
  isLive: true,
  filters: { none: 'a warning holds for all that lies in its areas' },
  selects: ['alert'],
  follows: ['highlight'],
  ask: ({ view, api }) => ({
    outlines: api.alert.areas.queryOptions(momentOf(view)),
    standing: api.alert.inForce.queryOptions(momentOf(view)),
    shore: api.beach.list.queryOptions({ ...momentOf(view), division: view.division }),
  }),
  draw: ({ outlines }, context) => {
    const labels = labelFeatures(outlines.areas, context);
    const isWall = context.size === 'wall';
    return {
      sources: {
        [key]: { type: 'geojson', data: areaFeatures(outlines.areas), tolerance: 0.2 },
        [`${key}-label`]: { type: 'geojson', data: labels },
      },
      images: imagesOf(context),
      style: [
        ...levels.toReversed().flatMap((level) => levelLayers(level, context)),
        markLayer(context),
        isWall ? markOnWall(context) : labelLayer(context),
      ],
      ...(isWall ? { pointWords: wordsOf(labels, context) } : {}),
    };
  },
  legend: ({ outlines, standing, shore }, { text }) => {
    const beaches = beachWords(shore.beaches, outlines.areas, text);
    return {
      title: text.t('map.layer.alert-area'),
      unit: '',
      asOf: null,
      rows: standing.alerts.map(({ level, warning }) => ({
        token: tokenOf(level),
        label: text.term('weather-warning', warning),
        isNoData: false,
        isHatched: true,
      })),
      ...(beaches ? { note: beaches } : {}),
    };
  },
  pick: ({ layerId, properties }, { standing }, context) => {
    const alert = layerId.startsWith(key) ? standing.alerts.find(({ id }) => id === properties.alert) : undefined;
    return alert ? { selection: `alert:${alert.id}`, lines: linesOf(alert, context) } : null;
  },
});
