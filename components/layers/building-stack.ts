import type { ExpressionSpecification } from 'maplibre-gl';
import { metricByKey } from '@/data/metrics';
import { askedBy, type View } from '@/data/model/view';
import type { Divisions } from '../feed/divisions';
import { colourExpression, legendOf, tooltipOf } from '../map/encode';
import { screenOf } from '../map/geo-query';
import { defineLayer, type LayerContext, type PlacedLayer } from '../map/layer';
import { encodeAnswer } from '../map/metric-encoding';
import { mix, withOpacity } from '../map/palette';

const key = 'building-stack';
const storeyMetres = 3;
/** Zoom at which footprints rise to blocks. */
const riseZoom = 14.5;

/** Metric that colours buildings: the map's own where it goes down to buildings, else what was reported there. */
const buildingMetric = (metric: string): string =>
  metricByKey.get(metric)?.dimensions.includes('building') ? metric : 'event.reported';

/** Buildings carry data colour only within a community: there are few enough to ask for. */
const isClose = (view: View, divisions: Divisions): boolean =>
  ['community', 'grid'].includes(divisions.byCode(view.division)?.level ?? '');

const height: ExpressionSpecification = ['*', storeyMetres, ['max', 1, ['get', 'storeys']]];

const risen = ['interpolate', ['linear'], ['zoom'], riseZoom, 0, riseZoom + 0.4, height];

const tint = (context: LayerContext, colour: unknown): Record<string, unknown> => ({
  'fill-extrusion-color': colour,
  'fill-extrusion-height': risen,
  'fill-extrusion-base': 0,
  'fill-extrusion-opacity': context.theme === 'dark' ? 0.96 : 0.92,
  'fill-extrusion-vertical-gradient': true,
});

const layers = (context: LayerContext, colour: unknown): PlacedLayer[] => {
  const { palette, theme, view } = context;
  const selected = view.selection?.startsWith('building:') ? view.selection.slice('building:'.length) : '';
  const edge = theme === 'dark' ? palette('bg-0') : palette('surface-1');
  const base = { source: key, 'source-layer': 'building', slot: 'building' };
  return [
    {
      ...base,
      id: `${key}-plan`,
      type: 'fill',
      minzoom: 13,
      maxzoom: riseZoom,
      paint: { 'fill-color': colour, 'fill-outline-color': withOpacity(edge, 0.6) },
    },
    { ...base, id: key, type: 'fill-extrusion', minzoom: riseZoom, paint: tint(context, colour) },
    {
      ...base,
      id: `${key}-selected`,
      type: 'fill-extrusion',
      minzoom: riseZoom,
      filter: ['==', ['get', 'code'], selected],
      paint: { ...tint(context, palette('select')), 'fill-extrusion-height': ['+', 0.4, height] },
    },
  ] as unknown as PlacedLayer[];
};

/** Plain roof: a step above the ground, calm under any data. */
const plainRoof = ({ palette, theme }: LayerContext): string =>
  theme === 'dark'
    ? mix(palette('map-land'), palette('text-3'), 0.34)
    : mix(palette('map-land'), palette('text-3'), 0.25);

/** Buildings at their true storeys × 3 m (楼栋体块), coloured by a metric once a community is looked at. */
export const buildingStack = defineLayer({
  key,
  geometry: 'building',
  minZoom: 13,
  maxZoom: 24,
  budget: 5_000,
  isLive: false,
  ask: ({ view, api, divisions, metric }) => ({
    answer: {
      ...api.metric.ask.queryOptions({
        metric: buildingMetric(metric),
        dimensions: ['building'],
        question: askedBy('map', view),
        sort: 'value',
        order: 'desc',
        limit: 5_000,
      }),
      enabled: isClose(view, divisions),
    },
  }),
  draw: ({ answer }, context) => {
    const roof = plainRoof(context);
    const { size, palette } = context;
    const encoding = answer ? encodeAnswer(answer, context, { dimension: 'building', noData: 'none' }) : null;
    const colour = encoding ? colourExpression(encoding, [...encoding.values.keys()], palette, roof) : roof;
    const tiles = `${window.location.origin}/api/tiles/building/{z}/{x}/{y}?screen=${screenOf[size]}`;
    return {
      sources: { [key]: { type: 'vector', tiles: [tiles], minzoom: 13, maxzoom: 16, promoteId: 'code' } },
      style: layers(context, colour),
    };
  },
  legend: ({ answer }, context) => {
    if (!answer || answer.cells.length === 0) return null;
    const encoding = encodeAnswer(answer, context, { dimension: 'building', noData: 'none' });
    const model = legendOf(encoding, encoding.values.keys(), '');
    return { ...model, title: context.text.t('map.perBuilding', { metric: model.title }) };
  },
  pick: ({ layerId, properties }, { answer }, context) => {
    if (!layerId.startsWith(key) || typeof properties.code !== 'string') return null;
    const { text } = context;
    const name = text.lang === 'zh' ? properties.name : properties.nameEn;
    const facts = text.t('map.building', {
      type: text.term('house-type', String(properties.houseType)),
      storeys: Number(properties.storeys),
    });
    const encoding = answer ? encodeAnswer(answer, context, { dimension: 'building', noData: 'none' }) : null;
    const hasValue = encoding?.values.has(properties.code) ?? false;
    return {
      selection: `building:${properties.code}`,
      lines: [
        ...(typeof name === 'string' && name ? [name] : []),
        facts,
        ...(encoding && hasValue ? [tooltipOf(encoding, properties.code, '')] : []),
      ],
    };
  },
});
