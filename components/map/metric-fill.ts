import type { DimensionKey } from '@/data/metrics/dimensions';
import type { Answer } from '@/data/model/answer';
import { colourExpression, type LegendModel, legendOf, noDataOpacity, noDataToken, tooltipOf } from './encode';
import type { Areas } from './geo-query';
import {
  type Drawing,
  defineLayer,
  type Layer,
  type LayerContext,
  type LayerQuery,
  type MapSize,
  type PlacedLayer,
} from './layer';
import { memoLast } from './memo';
import { codesIn, lackWords, metricQuery } from './metric-answer';
import { encodeAnswer } from './metric-encoding';
import { hatch, hatchPitch } from './pattern';

type Options = {
  key: string;
  /** The one metric of the layer; absent = that of the View. */
  metric?: string;
  /** Zoom from which it is hidden, where an area is too few homes; absent = none. */
  maxZoom?: number;
  dimension: DimensionKey;
  /** Outlines from the server; absent = they follow from the codes of the answer. */
  outlines?: (size: MapSize, era: string | null) => LayerQuery & { queryFn: (context: never) => Promise<Areas> };
  outlineOf?: (codes: string[]) => Areas;
  /** Selection an area stands for; null = none. */
  selectionOf: (code: string) => string | null;
};

const noAreas: Areas = { type: 'FeatureCollection', features: [] };

/** Full at a distance; close to, where buildings carry colour of their own, it steps back. */
const opacity = (of: number) => ['interpolate', ['linear'], ['zoom'], 13, 0.9 * of, 14.5, 0.42 * of, 16, 0.24 * of];

const encode = (answer: Answer, context: LayerContext, { key, dimension }: Options) =>
  encodeAnswer(answer, context, { layer: key, dimension, noData: 'hatch' });

const fill = (id: string, source: string, rest: Record<string, unknown>): PlacedLayer =>
  ({ id, slot: 'area', source, type: 'fill', ...rest }) as unknown as PlacedLayer;

const line = (id: string, source: string, code: string, paint: Record<string, unknown>): PlacedLayer =>
  ({ id, slot: 'line', source, type: 'line', filter: ['==', ['get', 'code'], code], paint }) as unknown as PlacedLayer;

const drawFill = (options: Options, areas: Areas, answer: Answer, context: LayerContext): Drawing => {
  const { key, dimension, maxZoom: maxzoom = 24 } = options;
  const { palette, captionPx, theme, view } = context;
  const encoding = encode(answer, context, options);
  const { shown, withheld } = codesIn(answer, dimension);
  const pattern = `hatch-${theme}-${captionPx}`;
  const colour = colourExpression(encoding, shown, { palette, rest: 'rgba(0,0,0,0)' });
  const selected = view.selection?.startsWith(`${dimension}:`) ? view.selection.slice(dimension.length + 1) : '';
  const px = Math.max(1, captionPx / 26);
  return {
    sources: { [key]: { type: 'geojson', data: areas, tolerance: 0.2 } },
    images: { [pattern]: hatch(palette('line-2'), palette(noDataToken), hatchPitch(captionPx)) },
    style: [
      fill(key, key, { maxzoom, paint: { 'fill-color': colour, 'fill-opacity': opacity(1), 'fill-antialias': false } }),
      fill(`${key}-withheld`, key, {
        maxzoom,
        filter: ['in', ['get', 'code'], ['literal', withheld]],
        paint: { 'fill-pattern': pattern, 'fill-opacity': opacity(noDataOpacity(encoding)) },
      }),
      line(`${key}-selected`, key, selected, { 'line-color': palette('select'), 'line-width': 3 * px }),
    ],
  };
};

/** The View's metric over one geometry of place, whichever metric it is (指标 × 几何); withheld areas are hatched. */
export const metricFill = (options: Options): Layer => {
  const { key, metric, maxZoom = 24, dimension, outlines, outlineOf, selectionOf } = options;
  const derived = memoLast(
    (answer: Answer) =>
      outlineOf?.([...codesIn(answer, dimension).shown, ...codesIn(answer, dimension).withheld]) ?? noAreas,
  );
  return defineLayer({
    key,
    geometry: 'area',
    minZoom: 0,
    maxZoom,
    budget: 6_000,
    isLive: false,
    filters: 'question',
    covers: 'ground',
    ask: (context) => ({
      answer: metricQuery(context, key, metric ?? context.metric, [dimension]),
      ...(outlines ? { areas: outlines(context.size, context.divisions.era) } : {}),
    }),
    draw: (data: { answer?: Answer; areas?: Areas }, context) =>
      data.answer ? drawFill(options, data.areas ?? derived(data.answer), data.answer, context) : {},
    legend: ({ answer }: { answer?: Answer }, context): LegendModel => {
      if (!answer)
        return { title: context.text.t(`map.layer.${key}`), unit: context.text.t('map.notTold'), asOf: null, rows: [] };
      const { shown, withheld } = codesIn(answer, dimension);
      const encoding = encode(answer, context, options);
      return { ...legendOf(encoding, [...shown, ...withheld], lackWords(answer, context)), isOverLand: true };
    },
    pick: ({ layerId, properties }, { answer }: { answer?: Answer }, context) => {
      const { code, name, nameEn } = properties;
      if (!layerId.startsWith(key) || typeof code !== 'string' || !answer) return null;
      const { shown, withheld } = codesIn(answer, dimension);
      if (!shown.includes(code) && !withheld.includes(code)) return null;
      const words = context.text.lang === 'zh' ? name : nameEn;
      return {
        selection: selectionOf(code),
        lines: [
          ...(typeof words === 'string' && words ? [words] : []),
          tooltipOf(encode(answer, context, options), code, lackWords(answer, context)),
        ],
      };
    },
  });
};
