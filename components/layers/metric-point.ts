import type { FeatureCollection, Point } from 'geojson';
import type { Answer } from '@/data/model/answer';
import { colourExpression, type Encoding, legendOf, tooltipOf } from '../map/encode';
import { type Areas, blockQuery } from '../map/geo-query';
import { defineLayer, type LayerContext, type PlacedLayer } from '../map/layer';
import { codesIn, lackWords, metricQuery } from '../map/metric-answer';
import { encodeAnswer } from '../map/metric-encoding';
import { withOpacity } from '../map/palette';

const key = 'metric-point';

const encode = (answer: Answer, context: LayerContext) =>
  encodeAnswer(answer, context, { layer: key, dimension: 'block', noData: 'none' });

/** Radius of the largest circle in captions, and of every circle of a rate. */
const largest = 1.5;
const even = 0.42;

/** Area of a circle stands for its value; a rate is told by colour alone. */
const radiusOf = ({ values }: Encoding, kind: Answer['kind'], captionPx: number) => {
  const most = Math.max(1, ...[...values.values()].map((value) => value ?? 0));
  return (value: number): number =>
    captionPx *
    (kind === 'count' || kind === 'sum' ? Math.max(0.12, largest * Math.sqrt(Math.max(0, value) / most)) : even);
};

const circles = (blocks: Areas, answer: Answer, encoding: Encoding, captionPx: number): FeatureCollection<Point> => {
  const radius = radiusOf(encoding, answer.kind, captionPx);
  const features = blocks.features.flatMap(({ properties: { code, name, nameEn, center } }) => {
    const value = encoding.values.get(code) ?? null;
    if (!center || value === null || value === 0) return [];
    return [
      {
        type: 'Feature' as const,
        properties: { code, name, nameEn, radius: Math.round(radius(value) * 10) / 10, rank: -value },
        geometry: { type: 'Point' as const, coordinates: center },
      },
    ];
  });
  return { type: 'FeatureCollection', features };
};

/** The metric as circles at the middle of blocks (按点): for counts their area is the value, small ones on top. */
export const metricPoint = defineLayer({
  key,
  geometry: 'point',
  minZoom: 0,
  maxZoom: 24,
  budget: 6_000,
  isLive: false,
  filters: 'question',
  ask: (context) => ({
    blocks: blockQuery(context.size),
    answer: metricQuery(context, key, context.metric, ['block']),
  }),
  draw: ({ blocks, answer }, context) => {
    if (!answer) return {};
    const { palette, captionPx, theme } = context;
    const encoding = encode(answer, context);
    const ground = palette(theme === 'dark' ? 'bg-0' : 'surface-1');
    const layer = {
      id: key,
      slot: 'building',
      type: 'circle',
      source: key,
      layout: { 'circle-sort-key': ['get', 'rank'] },
      paint: {
        // growing with the zoom, they stay on their block
        'circle-radius': [
          'interpolate',
          ['exponential', 1.4],
          ['zoom'],
          10,
          ['get', 'radius'],
          16,
          ['*', 3, ['get', 'radius']],
        ],
        'circle-color': colourExpression(encoding, codesIn(answer, 'block').shown, { palette }),
        'circle-opacity': 0.85,
        'circle-stroke-width': Math.max(1, captionPx / 20),
        'circle-stroke-color': withOpacity(ground, 0.8),
      },
    } as unknown as PlacedLayer;
    return {
      sources: { [key]: { type: 'geojson', data: circles(blocks, answer, encoding, captionPx) } },
      style: [layer],
    };
  },
  legend: ({ answer }, context) =>
    answer
      ? legendOf(encode(answer, context), codesIn(answer, 'block').shown, lackWords(answer, context))
      : { title: context.text.t(`map.layer.${key}`), unit: context.text.t('map.notTold'), asOf: null, rows: [] },
  pick: ({ layerId, properties }, { answer }, context) => {
    const { code, name, nameEn } = properties;
    if (layerId !== key || typeof code !== 'string' || !answer) return null;
    const words = String(context.text.lang === 'zh' ? name : nameEn);
    return {
      selection: `block:${code}`,
      lines: [words, tooltipOf(encode(answer, context), code, lackWords(answer, context))],
    };
  },
});
