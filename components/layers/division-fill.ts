import { noCode } from '@/data/metrics/dimensions';
import type { Answer } from '@/data/model/answer';
import { askedBy } from '@/data/model/view';
import {
  classOfCode,
  colourExpression,
  type Encoding,
  legendOf,
  noDataOpacity,
  noDataToken,
  tooltipOf,
} from '../map/encode';
import { focusOf } from '../map/focus-level';
import { outlineQuery } from '../map/geo-query';
import { defineLayer, type LayerContext, type PlacedLayer } from '../map/layer';
import { encodeAnswer } from '../map/metric-encoding';
import { hatch, hatchPitch } from '../map/pattern';

const key = 'division-fill';

/** Codes of the level shown that lie in the division looked at. */
const shownCodes = ({ view, divisions }: Pick<LayerContext, 'view' | 'divisions'>): string[] => {
  const { code, level } = focusOf(view, divisions);
  return divisions.below(code, level).map((node) => node.code);
};

const encode = (answer: Answer, context: LayerContext) =>
  encodeAnswer(answer, context, {
    layer: key,
    dimension: focusOf(context.view, context.divisions).level,
    noData: 'hatch',
  });

/** What a count holds outside all areas, so that the map and the total agree. */
const elsewhereWords = (
  { values, format, unit }: Encoding,
  { kind }: Answer,
  { text }: LayerContext,
): string | null => {
  const n = kind === 'count' ? (values.get(noCode) ?? 0) : 0;
  return n > 0 ? text.t('map.elsewhere', { n: format(n), unit }) : null;
};

/** Full at a distance; close to, where buildings carry colour of their own, it steps back. */
const opacity = (of: number) => ['interpolate', ['linear'], ['zoom'], 13, 0.92 * of, 14.5, 0.32 * of, 16, 0.16 * of];

const fillOf = (id: string, codes: string[], paint: Record<string, unknown>): PlacedLayer =>
  ({
    id,
    slot: 'area',
    type: 'fill',
    source: key,
    filter: ['in', ['get', 'code'], ['literal', codes]],
    paint: { 'fill-opacity': opacity(1), 'fill-antialias': false, ...paint },
  }) as unknown as PlacedLayer;

/** Areas of the level looked at, filled by a metric (分级设色); areas without data are hatched. */
export const divisionFill = defineLayer({
  key,
  geometry: 'area',
  minZoom: 0,
  maxZoom: 24,
  budget: 3_000,
  isLive: false,
  filters: 'question',
  selects: [],
  covers: 'ground',
  ask: ({ view, api, divisions, size, metric, period }) => {
    const { level } = focusOf(view, divisions);
    return {
      areas: outlineQuery(level, size, divisions.era),
      answer: api.metric.ask.queryOptions({
        metric,
        dimensions: [level],
        question: { ...askedBy(key, view), period },
        complete: true,
      }),
    };
  },
  draw: ({ areas, answer }, context) => {
    const { palette, captionPx, theme } = context;
    const codes = shownCodes(context);
    const encoding = encode(answer, context);
    const lacks = (code: string) => (encoding.values.get(code) ?? null) === null;
    const pattern = `hatch-${theme}-${captionPx}`;
    return {
      sources: { [key]: { type: 'geojson', data: areas, promoteId: 'code', tolerance: 0.2 } },
      images: { [pattern]: hatch(palette('line-2'), palette(noDataToken), hatchPitch(captionPx)) },
      style: [
        fillOf(
          key,
          codes.filter((code) => !lacks(code)),
          { 'fill-color': colourExpression(encoding, codes, { palette }) },
        ),
        fillOf(`${key}-lacking`, codes.filter(lacks), {
          'fill-pattern': pattern,
          'fill-opacity': opacity(noDataOpacity(encoding)),
        }),
      ],
    };
  },
  tints: ({ areas, answer }, context) => {
    const encoding = encode(answer, context);
    if (encoding.off.size > 0) return null;
    const colours = shownCodes(context).flatMap((code): [string, string][] => {
      const token = encoding.scale.tokens[classOfCode(encoding, code) ?? -1];
      return token ? [[code, context.palette(token)]] : [];
    });
    return { fill: key, areas, colours: new Map(colours) };
  },
  legend: ({ answer }, context) => {
    const noData = context.text.t('common.state.noData');
    const encoding = encode(answer, context);
    const note = elsewhereWords(encoding, answer, context);
    const model = legendOf(encoding, shownCodes(context), noData);
    return { ...model, isOverLand: true, ...(note ? { note } : {}) };
  },
  pick: ({ layerId, properties }, { answer }, context) => {
    const { code } = properties;
    if (!layerId.startsWith(key) || typeof code !== 'string') return null;
    const noData = context.text.t('common.state.noData');
    return {
      selection: `division:${code}`,
      lines: [context.divisions.name(code), tooltipOf(encode(answer, context), code, noData)],
    };
  },
});
