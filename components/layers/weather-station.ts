import type { FeatureCollection, Point } from 'geojson';
import type { Alert } from '@/data/model/alert';
import type { LngLat } from '@/data/model/geo';
import { momentOf } from '@/data/model/moment';
import { galeGustMps, galeLevel, gustSteps, type StationNow, type WeatherLead } from '@/data/model/weather';
import { formatClock } from '../base/format';
import { gustLevel, rainLevel } from '../chart/weather';
import type { PointWords } from '../map/area-words';
import { fontStack } from '../map/basemap';
import type { LegendRow } from '../map/encode';
import { defineLayer, type LayerContext, type PlacedLayer } from '../map/layer';
import { plate, plateSide } from '../map/pattern';

const key = 'weather-station';

/** `hue` = colour of the station's dot: that of the level whose limit was passed, else grey; `step` = how strong the gust is. */
type Drawn = { id: string; words: string; hue: string; step: number; isDry: boolean; sort: number };

type Led = { stations: readonly StationNow[]; lead: WeatherLead };

const unitOf = (lead: WeatherLead, { text }: Pick<LayerContext, 'text'>): string =>
  text.t(lead === 'wind' ? 'common.unit.metrePerSecond' : 'common.unit.millimetre');

/** Step of a gust, 0 below the gale line. */
const stepOf = (gust: number): number => gustSteps.filter((limit) => gust >= limit).length;

/** Radius of a dot by its step, em. */
const dotEm = [0.22, 0.3, 0.42];

const features = ({ stations, lead }: Led, context: LayerContext): FeatureCollection<Point, Drawn> => ({
  type: 'FeatureCollection',
  features: stations.flatMap(({ id, position, rain1, gust1 }) => {
    const value = lead === 'wind' ? gust1 : rain1;
    if (!position || value === null) return [];
    const level = lead === 'wind' ? gustLevel(value) : rainLevel(value);
    const hue = context.palette(level ? `alert-${level}` : 'text-3');
    const step = lead === 'wind' ? stepOf(value) : 0;
    const properties = { id, words: value.toFixed(1), hue, step, isDry: value === 0, sort: -value };
    return [{ type: 'Feature' as const, properties, geometry: { type: 'Point' as const, coordinates: position } }];
  }),
});

/** Values on a wall, the strongest first: the stage finds each a place beside its own station. */
const valuesOf = ({ features: stations }: FeatureCollection<Point, Drawn>, { captionPx }: LayerContext): PointWords[] =>
  stations
    .toSorted((a, b) => a.properties.sort - b.properties.sort)
    .map(({ properties: { id, words, step, isDry }, geometry }) => ({
      ...{ code: `${key}:${id}`, at: geometry.coordinates as LngLat, words, em: 1, isPlated: true },
      radius: captionPx * (dotEm[step] ?? 0),
      token: isDry ? 'text-3' : 'text-1',
    }));

/** Places all round a station at a distance in em, those beside it first. */
const around = (em: number) => [
  ...['left', [em, 0], 'right', [-em, 0], 'top', [0, em], 'bottom', [0, -em]],
  ...['top-left', [em, em], 'top-right', [-em, em], 'bottom-left', [em, -em], 'bottom-right', [-em, -em]],
];

const styleOf = ({ palette, theme, captionPx }: LayerContext): PlacedLayer =>
  ({
    ...{ id: key, slot: 'label', type: 'symbol', source: key },
    layout: {
      'icon-image': `${key}-${theme}`,
      'icon-text-fit': 'both',
      'icon-text-fit-padding': [0.12, 0.35, 0.12, 0.35].map((em) => em * captionPx),
      'text-field': ['get', 'words'],
      'text-font': fontStack.semibold,
      'text-size': captionPx,
      'text-variable-anchor-offset': [...around(0.7), ...around(1.5)],
      'symbol-sort-key': ['get', 'sort'],
    },
    paint: { 'text-color': ['case', ['get', 'isDry'], palette('text-3'), palette('text-1')] },
  }) as unknown as PlacedLayer;

/** Room of the dots in the plates' own engine: the plate of one station keeps off the dot of another. */
const room = ({ theme, captionPx }: LayerContext): PlacedLayer =>
  ({
    ...{ id: `${key}-room`, slot: 'label', type: 'symbol', source: key },
    layout: {
      'icon-image': `${key}-${theme}`,
      'icon-size': (captionPx * 2 * (dotEm.at(-1) ?? 0)) / plateSide,
      'icon-allow-overlap': true,
      'icon-padding': 0,
    },
    paint: { 'icon-opacity': 0 },
  }) as unknown as PlacedLayer;

/** Where the stations stand: their plates step aside, the dots do not. */
const spots = ({ palette, captionPx }: LayerContext): PlacedLayer =>
  ({
    ...{ id: `${key}-spot`, slot: 'label', type: 'circle', source: key },
    paint: {
      'circle-radius': [
        'match',
        ['get', 'step'],
        2,
        captionPx * (dotEm[2] ?? 0),
        1,
        captionPx * (dotEm[1] ?? 0),
        captionPx * (dotEm[0] ?? 0),
      ],
      'circle-color': ['get', 'hue'],
      'circle-stroke-color': palette('bg-0'),
      'circle-stroke-width': captionPx * 0.08,
    },
  }) as unknown as PlacedLayer;

const gustRows = ({ t }: LayerContext['text']): LegendRow[] =>
  dotEm.map((radius, step) => ({
    token: step === 0 ? 'text-3' : `alert-${galeLevel}`,
    label: t(`map.stationGust${step + 1}`, { limit: step === 0 ? galeGustMps : (gustSteps[step - 1] ?? 0) }),
    isNoData: false,
    shape: { kind: 'disc', em: radius * 2 },
  }));

/** Stations at the gale line that lie in no sub-district or community a warning holds for. */
const outsideWords = (stations: readonly StationNow[], alerts: readonly Alert[], { t }: LayerContext['text']) => {
  const warned = new Set(alerts.flatMap(({ areas }) => areas.map(({ division }) => division)));
  const isOutside = ({ community, subdistrict }: StationNow) => !warned.has(community) && !warned.has(subdistrict);
  const n = stations.filter((station) => (station.gust1 ?? 0) >= galeGustMps && isOutside(station)).length;
  return n > 0 ? t('map.stationOutside', { n }) : null;
};

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
 * a dot where it stands, in the hue of the level whose limit it has passed, the larger the stronger the gust.
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
  ask: ({ view, api }) => ({
    weather: api.weather.stations.queryOptions(momentOf(view)),
    standing: api.alert.inForce.queryOptions(momentOf(view)),
  }),
  draw: ({ weather }, context) => {
    const data = features(weather, context);
    const sources = { [key]: { type: 'geojson' as const, data } };
    if (context.size === 'wall') return { sources, style: [spots(context)], pointWords: valuesOf(data, context) };
    return {
      sources,
      images: { [`${key}-${context.theme}`]: plate(context.palette('surface-2')) },
      style: [styleOf(context), spots(context), room(context)],
    };
  },
  legend: ({ weather, standing }, { text }) => {
    const isWind = weather.lead === 'wind';
    const outside = isWind ? outsideWords(weather.stations, standing.alerts, text) : null;
    return {
      title: text.t(isWind ? 'map.stationWind' : 'map.stationTitle'),
      unit: unitOf(weather.lead, { text }),
      asOf: text.installation ? formatClock(new Date(weather.measuredTo), text.installation.timeZone) : null,
      rows: isWind ? gustRows(text) : [],
      ...(outside ? { note: outside } : {}),
    };
  },
  pick: ({ layerId, properties }, { weather }, context) => {
    const station = layerId.startsWith(key) ? weather.stations.find(({ id }) => id === properties.id) : undefined;
    return station ? { selection: null, lines: linesOf(station, context) } : null;
  },
});
