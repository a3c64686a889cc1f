import type { Answer } from '@/data/model/answer';
import type { Ramp } from '@/data/model/class-scale';
import type { FillLevel } from '@/data/model/division';
import { askedBy } from '@/data/model/view';
import { periodWords } from '../base/period-words';
import { colourExpression, type Encoding, legendOf, tooltipOf } from './encode';
import { focusOf } from './focus-level';
import { type Areas, blockQuery, outlineQuery } from './geo-query';
import { defineLayer, type Layer, type LayerAsk, type LayerContext, type PlacedLayer } from './layer';
import { memoLast } from './memo';
import { encodeAnswer } from './metric-encoding';
import { drawPlaceLabels } from './place-label';

type Options = {
  key: string;
  metric: string;
  ramp: Ramp;
  maxZoom: number;
  opacity: number;
  /** Words of the unit: densities are per square kilometre, whatever the metric's own unit. */
  unitKey: string;
  /** Limits for divisions: a wall, read from afar, fills and labels those instead of blocks. Absent = blocks there too. */
  wallBreaks?: readonly number[];
};

/** Values per square kilometre of area; an area the answer leaves out counts zero, a withheld one stays unknown. */
export const perSquareKilometre = (answer: Answer, areaOf: (code: string) => number): Answer => {
  const cells = answer.cells.map((cell) => {
    const area = areaOf(cell.at[answer.dimensions[0] ?? ''] ?? '');
    return { ...cell, value: cell.value === null || area <= 0 ? null : Math.round(cell.value / (area / 1e6)) };
  });
  return { ...answer, decimals: 0, cells };
};

type Placed = { areas: Areas; answer: Answer };

/** Blocks carry their area with the outline, divisions with their node. */
const densityIn = (answer: Answer, areas: Areas, divisions: LayerContext['divisions']): Answer => {
  const known = new Map(areas.features.map(({ properties }) => [properties.code, properties.areaSqm]));
  return perSquareKilometre(answer, (code) => known.get(code) ?? divisions.byCode(code)?.areaSqm ?? 0);
};

/** A fill of blocks, or of the divisions a wall is read by, by the density of a metric, under roads and borders. */
export const blockFill = ({ key, metric, ramp, maxZoom, opacity, unitKey, wallBreaks }: Options): Layer => {
  const densityOf = memoLast(densityIn);
  const levelOf = ({ view, divisions, size }: Pick<LayerAsk, 'view' | 'divisions' | 'size'>): FillLevel | 'block' =>
    wallBreaks && size === 'wall' ? focusOf(view, divisions).level : 'block';
  const encode = ({ answer, areas }: Placed, context: LayerContext): Encoding => {
    const dimension = levelOf(context);
    const breaks = dimension === 'block' ? undefined : wallBreaks;
    const density = densityOf(answer, areas, context.divisions);
    const { text, view } = context;
    const name = text.t(`map.layer.${key}`);
    return {
      ...encodeAnswer(density, context, { layer: key, dimension, ramp, noData: 'none', breaks }),
      title: answer.from ? text.t('map.inPeriod', { name, period: periodWords(view.period, text) }) : name,
      unit: text.t(unitKey),
    };
  };
  return defineLayer({
    key,
    geometry: 'area',
    minZoom: 0,
    maxZoom,
    budget: 6_000,
    isLive: false,
    filters: 'question',
    covers: 'ground',
    ask: (context) => {
      const level = levelOf(context);
      return {
        areas: level === 'block' ? blockQuery(context.size) : outlineQuery(level, context.size, context.divisions.era),
        answer: context.api.metric.ask.queryOptions({
          metric,
          dimensions: [level],
          question: askedBy(key, context.view),
          limit: 5_000,
        }),
      };
    },
    draw: ({ areas, answer }, context) => {
      const encoding = encode({ areas, answer }, context);
      const colour = colourExpression(encoding, encoding.values.keys(), {
        palette: context.palette,
        rest: 'rgba(0,0,0,0)',
      });
      const style = {
        ...{ id: key, slot: 'area', source: key, type: 'fill', maxzoom: maxZoom },
        paint: { 'fill-color': colour, 'fill-opacity': opacity, 'fill-antialias': false },
      } as unknown as PlacedLayer;
      const labels =
        levelOf(context) === 'block' ? {} : drawPlaceLabels(`${key}-label`, encoding, answer, context, areas);
      return {
        ...labels,
        sources: { [key]: { type: 'geojson', data: areas, tolerance: 0.2 }, ...labels.sources },
        style: [style, ...(labels.style ?? [])],
      };
    },
    legend: ({ areas, answer }, context) => {
      const encoding = encode({ areas, answer }, context);
      return legendOf(encoding, encoding.values.keys(), '');
    },
    pick: ({ layerId, properties }, { areas, answer }, context) => {
      if (layerId !== key) return null;
      const { code, name, nameEn } = properties as Areas['features'][number]['properties'];
      const noData = context.text.t('common.state.noData');
      const words = tooltipOf(encode({ areas, answer }, context), code, noData);
      const kind = levelOf(context) === 'block' ? 'block' : 'division';
      return { selection: `${kind}:${code}`, lines: [context.text.lang === 'zh' ? name : nameEn, words] };
    },
  });
};
