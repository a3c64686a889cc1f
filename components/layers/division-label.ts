import type { FeatureCollection, Point } from 'geojson';
import { askedBy } from '@/data/model/view';
import { fontStack } from '../map/basemap';
import type { Encoding } from '../map/encode';
import { focusOf } from '../map/focus-level';
import { defineLayer, type LayerContext, type PlacedLayer } from '../map/layer';
import { encodeAnswer } from '../map/metric-encoding';
import type { PlaceLabel } from '../map/overlaid';
import { withOpacity } from '../map/palette';
import { classOf } from '../map/scale';
import { shortName } from '../map/short-name';

const key = 'division-label';

type LabelProperties = { code: string; name: string; value: string; sort: number };

/** Whether a value stands in the class to be talked of: the highest, or the lowest where high is good. */
const isExceptional = ({ scale, values }: Encoding, code: string, isUpGood: boolean): boolean => {
  const value = values.get(code) ?? null;
  return value !== null && scale.breaks.length > 0 && classOf(scale, value) === (isUpGood ? 0 : scale.breaks.length);
};

type LabelContext = Pick<LayerContext, 'view' | 'divisions' | 'labels' | 'text'>;

const wordsOf = ({ values, format }: Encoding, { text, divisions }: LabelContext, code: string) => {
  const value = values.get(code) ?? null;
  return {
    name: shortName(divisions.name(code), text.t('map.nameEnding')),
    value: value === null ? '' : format(value),
  };
};

/**
 * Labels in order of priority: selected, exceptional, then by value; lower `sort` is placed first. Where only exceptions
 * have one, that of the selected division lies over the map (`selectedLabel`).
 */
export const labelFeatures = (
  encoding: Encoding,
  context: LabelContext,
  isUpGood = false,
): FeatureCollection<Point, LabelProperties> => {
  const { view, divisions, labels } = context;
  const { code: at, level } = focusOf(view, divisions);
  const nodes = divisions.below(at, level).filter(({ center }) => center !== null);
  const ranked = nodes.toSorted(
    (a, b) => (encoding.values.get(b.code) ?? -1) - (encoding.values.get(a.code) ?? -1) || a.code.localeCompare(b.code),
  );
  const features = ranked.flatMap(({ code, center }, i) => {
    const isSelected = labels === 'all' && view.selection === `division:${code}`;
    const isHigh = isExceptional(encoding, code, isUpGood);
    if (!center || (labels === 'exceptions' && !isHigh)) return [];
    return [
      {
        type: 'Feature' as const,
        properties: {
          code,
          ...wordsOf(encoding, context, code),
          sort: (isSelected ? 0 : isHigh ? 1_000 : 10_000) + i,
        },
        geometry: { type: 'Point' as const, coordinates: center },
      },
    ];
  });
  return { type: 'FeatureCollection', features };
};

/** Label of the selected division where only exceptions have one and it is none; empty otherwise. */
export const selectedLabel = (encoding: Encoding, context: LabelContext, isUpGood: boolean): PlaceLabel[] => {
  const { view, divisions, labels } = context;
  const node = view.selection?.startsWith('division:') ? divisions.byCode(view.selection.slice(9)) : undefined;
  if (labels === 'all' || !node?.center || isExceptional(encoding, node.code, isUpGood)) return [];
  const { name, value } = wordsOf(encoding, context, node.code);
  return [{ at: node.center, lines: [name, ...(value ? [value] : [])] }];
};

/** At its place if it can be, else beside what stands there. */
const atCenter = ['center', [0, 0], 'top', [0, 0.7], 'left', [0.9, 0], 'right', [-0.9, 0]];
/** A wall keeps the place itself for the mark of the division's events. */
const belowMark = ['top', [0, 0.35], 'left', [1.3, -0.6], 'right', [-1.3, -0.6], 'bottom', [0, -1.8]];

const labelLayer = ({ palette, theme, captionPx, size }: LayerContext): PlacedLayer =>
  ({
    id: key,
    slot: 'label',
    type: 'symbol',
    source: key,
    layout: {
      'text-field': [
        'format',
        ['get', 'name'],
        {},
        '\n',
        {},
        ['get', 'value'],
        { 'text-font': ['literal', fontStack.semibold] },
      ],
      'text-font': fontStack.regular,
      'text-size': captionPx,
      'text-line-height': 1.1,
      'text-padding': captionPx * 0.15,
      'symbol-sort-key': ['get', 'sort'],
      'text-max-width': 20,
      'text-variable-anchor-offset': size === 'wall' ? belowMark : atCenter,
      'text-justify': 'center',
    },
    paint: {
      'text-color': palette('text-1'),
      'text-halo-color': withOpacity(palette(theme === 'dark' ? 'bg-0' : 'surface-1'), 0.8),
      'text-halo-width': captionPx * 0.12,
    },
  }) as PlacedLayer;

/** Name and value of the areas shown; what would overlap is dropped, lowest priority first. */
export const divisionLabel = defineLayer({
  key,
  geometry: 'label',
  minZoom: 0,
  maxZoom: 24,
  budget: 3_000,
  isLive: false,
  filters: 'question',
  ask: ({ view, api, divisions, metric }) => ({
    answer: api.metric.ask.queryOptions({
      metric,
      dimensions: [focusOf(view, divisions).level],
      question: askedBy(key, view),
      complete: true,
    }),
  }),
  selects: ['division'],
  draw: ({ answer }, context) => {
    const dimension = focusOf(context.view, context.divisions).level;
    // the limits of the areas below
    const encoding = encodeAnswer(answer, context, { layer: 'division-fill', dimension, noData: 'none' });
    const isUpGood = answer.polarity === 'up_good';
    return {
      sources: { [key]: { type: 'geojson', data: labelFeatures(encoding, context, isUpGood) } },
      style: [labelLayer(context)],
      overlaid: { labels: selectedLabel(encoding, context, isUpGood) },
    };
  },
});
