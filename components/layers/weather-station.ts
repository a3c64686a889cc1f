import type { FeatureCollection, Point } from 'geojson';
import type { EventLevel } from '@/data/model/event';
import { momentOf } from '@/data/model/moment';
import { galeGustMps, type StationNow, type WeatherLead } from '@/data/model/weather';
import { formatClock } from '../base/format';
import { gustLevel, rainLevel } from '../chart/weather';
import { fontStack } from '../map/basemap';
import { defineLayer, type LayerContext, type PlacedLayer } from '../map/layer';
import { rgbaOf } from '../map/palette';
import { disc } from '../map/pattern';

const key = 'weather-station';

const levels: readonly EventLevel[] = [1, 2, 3, 4];

/** `mark` = picture of a dot in the hue of the level whose limit was passed, empty for none. */
type Drawn = { id: string; words: string; mark: string; isDry: boolean; sort: number };

const markOf = (level: EventLevel | null, { theme, captionPx }: Pick<LayerContext, 'theme' | 'captionPx'>): string =>
  level ? `${key}-${theme}-${captionPx}-${level}` : '';
type Led = { stations: readonly StationNow[]; lead: WeatherLead };

const unitOf = (lead: WeatherLead, { text }: Pick<LayerContext, 'text'>): string =>
  text.t(lead === 'wind' ? 'common.unit.metrePerSecond' : 'common.unit.millimetre');

const features = ({ stations, lead }: Led, context: LayerContext): FeatureCollection<Point, Drawn> => ({
  type: 'FeatureCollection',
  features: stations.flatMap(({ id, position, rain1, gust1 }) => {
    const value = lead === 'wind' ? gust1 : rain1;
    if (!position || value === null) return [];
    const mark = markOf(lead === 'wind' ? gustLevel(value) : rainLevel(value), context);
    const properties = { id, words: value.toFixed(1), mark, isDry: value === 0, sort: -value };
    return [{ type: 'Feature' as const, properties, geometry: { type: 'Point' as const, coordinates: position } }];
  }),
});

/** A plate of one colour: the text's own size stretches it. */
const plate = (colour: string) => {
  const side = 8;
  const data = new Uint8ClampedArray(side * side * 4);
  for (let i = 0; i < side * side; i++) data.set(rgbaOf(colour, 0.9), i * 4);
  return { width: side, height: side, data };
};

/** Places all round a station at a distance in em. */
const around = (em: number) => [
  ...['top', [0, em], 'bottom', [0, -em], 'left', [em, 0], 'right', [-em, 0]],
  ...['top-left', [em, em], 'top-right', [-em, em], 'bottom-left', [em, -em], 'bottom-right', [-em, -em]],
];

const styleOf = ({ palette, theme, captionPx }: LayerContext): PlacedLayer =>
  ({
    ...{ id: key, slot: 'label', type: 'symbol', source: key },
    layout: {
      'icon-image': `${key}-${theme}`,
      'icon-text-fit': 'both',
      'icon-text-fit-padding': [0.12, 0.35, 0.12, 0.35].map((em) => em * captionPx),
      'text-field': [
        'case',
        ['==', ['get', 'mark'], ''],
        ['get', 'words'],
        [
          'format',
          ...[['image', ['get', 'mark']], { 'vertical-align': 'center' }],
          ...[['concat', ' ', ['get', 'words']], { 'vertical-align': 'center' }],
        ],
      ],
      'text-font': fontStack.semibold,
      'text-size': captionPx,
      'text-variable-anchor-offset': ['center', [0, 0], ...around(0.8), ...around(1.6)],
      'symbol-sort-key': ['get', 'sort'],
    },
    paint: { 'text-color': ['case', ['get', 'isDry'], palette('text-3'), palette('text-1')] },
  }) as unknown as PlacedLayer;

const millimetres = (value: number | null): string => (value === null ? '—' : value.toFixed(1));

const linesOf = (station: StationNow, { text }: LayerContext): string[] => [
  text.lang === 'zh' ? station.name : station.nameEn,
  text.t('map.stationRain', {
    hour: millimetres(station.rain1),
    half: millimetres(station.rain12),
    day: millimetres(station.rain24),
  }),
  text.t('map.stationGust', { gust: millimetres(station.gust1), most: millimetres(station.gust24) }),
];

/**
 * Rain of the last whole hour on a plate at each weather station (自动站实况), or the strongest gust where wind leads; with
 * a dot in the hue of the level whose limit it has passed.
 */
export const weatherStation = defineLayer({
  key,
  geometry: 'label',
  minZoom: 0,
  maxZoom: 24,
  budget: 500,
  isLive: true,
  filters: { none: 'a measurement carries none of the fields' },
  selects: [],
  ask: ({ view, api }) => ({ weather: api.weather.stations.queryOptions(momentOf(view)) }),
  draw: ({ weather }, context) => ({
    sources: { [key]: { type: 'geojson', data: features(weather, context) } },
    images: {
      [`${key}-${context.theme}`]: plate(context.palette('surface-2')),
      ...Object.fromEntries(
        levels.map((level) => [
          markOf(level, context),
          disc(context.palette(`alert-${level}`), Math.max(2, Math.round(context.captionPx * 0.6))),
        ]),
      ),
    },
    style: [styleOf(context)],
  }),
  legend: ({ weather }, { text }) => ({
    title: text.t(weather.lead === 'wind' ? 'map.stationWind' : 'map.stationTitle'),
    unit: unitOf(weather.lead, { text }),
    asOf: text.installation ? formatClock(new Date(weather.measuredTo), text.installation.timeZone) : null,
    rows: [],
    ...(weather.lead === 'wind' ? { note: text.t('map.stationGale', { limit: galeGustMps }) } : {}),
  }),
  pick: ({ layerId, properties }, { weather }, context) => {
    const station = layerId === key ? weather.stations.find(({ id }) => id === properties.id) : undefined;
    return station ? { selection: null, lines: linesOf(station, context) } : null;
  },
});
