import type { Answer } from '@/data/model/answer';
import { askedBy } from '@/data/model/view';
import { colourExpression, type Encoding, legendOf, tooltipOf } from './encode';
import { type Areas, blockQuery } from './geo-query';
import { defineLayer, type Layer, type LayerContext, type PlacedLayer } from './layer';
import { memoLast } from './memo';
import { encodeAnswer } from './metric-encoding';
import type { Ramp } from './scale';

type Options = {
  key: string;
  metric: string;
  ramp: Ramp;
  maxZoom: number;
  opacity: number;
  /** Words of the unit: densities are per square kilometre, whatever the metric's own unit. */
  unitKey: string;
};

/** Values per square kilometre of block; a block the answer leaves out counts zero, a withheld one stays unknown. */
export const perSquareKilometre = (answer: Answer, blocks: Areas): Answer => {
  const areas = new Map(blocks.features.map(({ properties }) => [properties.code, properties.areaSqm ?? 0]));
  const cells = answer.cells.map((cell) => {
    const area = areas.get(cell.at.block ?? '') ?? 0;
    return { ...cell, value: cell.value === null || area <= 0 ? null : cell.value / (area / 1e6) };
  });
  return { ...answer, decimals: 0, cells };
};

/** A fill of blocks by the density of a metric, under roads and borders. */
export const blockFill = ({ key, metric, ramp, maxZoom, opacity, unitKey }: Options): Layer => {
  const densityOf = memoLast(perSquareKilometre);
  const encode = (answer: Answer, blocks: Areas, context: LayerContext): Encoding => ({
    ...encodeAnswer(densityOf(answer, blocks), context, { layer: key, dimension: 'block', ramp, noData: 'none' }),
    unit: context.text.t(unitKey),
  });
  return defineLayer({
    key,
    geometry: 'area',
    minZoom: 0,
    maxZoom,
    budget: 6_000,
    isLive: false,
    filters: 'question',
    covers: 'ground',
    ask: ({ view, api, size }) => ({
      blocks: blockQuery(size),
      answer: api.metric.ask.queryOptions({
        metric,
        dimensions: ['block'],
        question: askedBy(key, view),
        limit: 5_000,
      }),
    }),
    draw: ({ blocks, answer }, context) => {
      const encoding = encode(answer, blocks, context);
      const colour = colourExpression(encoding, encoding.values.keys(), {
        palette: context.palette,
        rest: 'rgba(0,0,0,0)',
      });
      const style = {
        ...{ id: key, slot: 'area', source: key, type: 'fill', maxzoom: maxZoom },
        paint: { 'fill-color': colour, 'fill-opacity': opacity, 'fill-antialias': false },
      } as unknown as PlacedLayer;
      return { sources: { [key]: { type: 'geojson', data: blocks, tolerance: 0.2 } }, style: [style] };
    },
    legend: ({ blocks, answer }, context) => {
      const encoding = encode(answer, blocks, context);
      return legendOf(encoding, encoding.values.keys(), '');
    },
    pick: ({ layerId, properties }, { blocks, answer }, context) => {
      if (layerId !== key) return null;
      const { code, name, nameEn } = properties as Areas['features'][number]['properties'];
      const noData = context.text.t('common.state.noData');
      const words = tooltipOf(encode(answer, blocks, context), code, noData);
      return { selection: `block:${code}`, lines: [context.text.lang === 'zh' ? name : nameEn, words] };
    },
  });
};
