import type { ExpressionSpecification, SourceSpecification } from 'maplibre-gl';
import { metricByKey } from '@/data/metrics';
import { askedBy, type View } from '@/data/model/view';
import type { Divisions } from '../feed/divisions';
import { colourExpression, legendOf, tooltipOf } from '../map/encode';
import { screenOf } from '../map/geo-query';
import { type Drawing, defineLayer, type LayerContext, type PlacedLayer } from '../map/layer';
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

const blocks = (id: string, source: string, rest: Record<string, unknown>, paint: Record<string, unknown>) =>
  ({
    id,
    slot: 'building',
    source,
    'source-layer': 'building',
    type: 'fill-extrusion',
    ...rest,
    paint: { 'fill-extrusion-height': height, 'fill-extrusion-vertical-gradient': true, ...paint },
  }) as unknown as PlacedLayer;

/** Buildings around: plain, flat from afar, risen close to. */
const around = (context: LayerContext, roof: string, focus: string | null): PlacedLayer[] => {
  const { palette, theme, divisions } = context;
  const level = divisions.byCode(focus)?.level === 'grid' ? 'grid' : 'community';
  const others = ['!=', ['coalesce', ['get', level], ''], focus ?? ' '];
  const edge = palette(theme === 'dark' ? 'bg-0' : 'surface-1');
  const risen = ['interpolate', ['linear'], ['zoom'], riseZoom, 0, riseZoom + 0.4, height];
  const plan = {
    id: `${key}-plan`,
    slot: 'building',
    source: key,
    'source-layer': 'building',
    type: 'fill',
    minzoom: 13,
    maxzoom: riseZoom,
    filter: others,
    paint: { 'fill-color': roof, 'fill-outline-color': withOpacity(edge, 0.6) },
  } as unknown as PlacedLayer;
  const rest = { minzoom: riseZoom, filter: others };
  return [plan, blocks(key, key, rest, { 'fill-extrusion-color': roof, 'fill-extrusion-height': risen })];
};

/** The selected building: white, and a hand higher than its own block, which would else shine through. */
const selectedBlock = ({ view, palette }: LayerContext, source: string): PlacedLayer => {
  const selected = view.selection?.startsWith('building:') ? view.selection.slice('building:'.length) : '';
  return blocks(
    `${source}-selected`,
    source,
    { filter: ['==', ['get', 'code'], selected], ...(source === key ? { minzoom: riseZoom } : {}) },
    { 'fill-extrusion-color': palette('select'), 'fill-extrusion-height': ['+', 0.4, height] },
  );
};

/** Tiles of everything, and from afar those of the one division looked at. */
const tilesOf = ({ size }: LayerContext, within: string | null): SourceSpecification => {
  const query = new URLSearchParams({ screen: screenOf[size], ...(within === null ? {} : { within }) });
  const url = `${window.location.origin}/api/tiles/building/{z}/{x}/{y}?${query}`;
  return { type: 'vector', tiles: [url], minzoom: within === null ? 13 : 11, maxzoom: 16, promoteId: 'code' };
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
        question: askedBy(key, view),
        sort: 'value',
        order: 'desc',
        limit: 5_000,
      }),
      enabled: isClose(view, divisions),
    },
  }),
  draw: ({ answer }, context): Drawing => {
    const { view, divisions, palette } = context;
    const roof = plainRoof(context);
    const focus = isClose(view, divisions) ? view.division : null;
    const all = tilesOf(context, null);
    if (focus === null)
      return { sources: { [key]: all }, style: [...around(context, roof, null), selectedBlock(context, key)] };
    const encoding = answer ? encodeAnswer(answer, context, { dimension: 'building', noData: 'none' }) : null;
    const colour = encoding ? colourExpression(encoding, [...encoding.values.keys()], palette, roof) : roof;
    const source = `${key}-focus`;
    return {
      sources: { [key]: all, [source]: tilesOf(context, focus) },
      style: [
        ...around(context, roof, focus),
        blocks(source, source, {}, { 'fill-extrusion-color': colour }),
        selectedBlock(context, source),
      ],
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
