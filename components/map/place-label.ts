import type { FeatureCollection, Point } from 'geojson';
import { metricByKey } from '@/data/metrics';
import type { Answer } from '@/data/model/answer';
import { classOf } from '@/data/model/class-scale';
import { fontStack } from './basemap';
import type { Encoding } from './encode';
import { focusOf } from './focus-level';
import type { Drawing, LayerContext, PlacedLayer } from './layer';
import { hasSeams } from './map-seams';
import type { PlaceLabel } from './overlaid';
import { withOpacity } from './palette';
import { shortName } from './short-name';

type LabelProperties = { code: string; name: string; value: string; sort: number };

/**
 * Codes to be talked of: those in the worst class that any area with enough cases stands in, the highest or, where high
 * is good, the lowest; of counts with classes of their own all that are not in the best one. Nothing in the best is.
 */
export const exceptions = (encoding: Encoding, isUpGood: boolean): ReadonlySet<string> => {
  const { scale, values, few, isEachTold } = encoding;
  const best = isUpGood ? scale.breaks.length : 0;
  const classed = [...values].flatMap(([code, value]) => {
    const own = few?.has(code) ? null : classOf(scale, value);
    return own === null || own === best ? [] : [{ code, own }];
  });
  const worst = isUpGood ? Math.min(...classed.map(({ own }) => own)) : Math.max(...classed.map(({ own }) => own));
  return new Set(classed.flatMap(({ code, own }) => (isEachTold || own === worst ? [code] : [])));
};

type LabelContext = Pick<LayerContext, 'view' | 'divisions' | 'labels' | 'text'>;

/** Where the order of labels begins that are exceptional, that tell a count where others have none, and of all others. */
const toldSort = 1_000;
const countedSort = 5_000;
const otherSort = 10_000;

/** Name and value; a count of nought is a normal state and left out. */
const wordsOf = ({ of, values, format }: Encoding, { text, divisions }: LabelContext, code: string) => {
  const value = values.get(code) ?? null;
  const isNothing = value === null || (value === 0 && metricByKey.get(of.metric)?.kind === 'count');
  return {
    name: shortName(divisions.name(code), text.t('map.nameEnding')),
    value: isNothing ? '' : format(value),
  };
};

/**
 * Labels in order of priority: selected, exceptional, then the worst by value; lower `sort` is placed first. Where only exceptions
 * have one, that of the selected division lies over the map (`selectedLabel`).
 */
const labelFeatures = (
  encoding: Encoding,
  context: LabelContext,
  isUpGood: boolean,
): FeatureCollection<Point, LabelProperties> => {
  const { view, divisions, labels } = context;
  const { code: at, level } = focusOf(view, divisions);
  const nodes = divisions.below(at, level).filter(({ center }) => center !== null);
  const told = exceptions(encoding, isUpGood);
  const rank = (node: { code: string }) => {
    const value = encoding.values.get(node.code) ?? null;
    return value === null ? -Number.MAX_VALUE : isUpGood ? -value : value;
  };
  const ranked = nodes.toSorted((a, b) => rank(b) - rank(a) || a.code.localeCompare(b.code));
  const worded = ranked.map((node) => ({ ...node, words: wordsOf(encoding, context, node.code) }));
  const isSparse = worded.some(({ words }) => words.value === '');
  const features = worded.flatMap(({ code, center, words }, i) => {
    const isSelected = labels === 'all' && view.selection === `division:${code}`;
    const isTold = told.has(code);
    if (!center || (labels === 'exceptions' && !isTold)) return [];
    return [
      {
        type: 'Feature' as const,
        properties: {
          code,
          ...words,
          sort: (isSelected ? 0 : isTold ? toldSort : isSparse && words.value ? countedSort : otherSort) + i,
        },
        geometry: { type: 'Point' as const, coordinates: center },
      },
    ];
  });
  return { type: 'FeatureCollection', features };
};

/** Label of the selected division where only exceptions have one and it is none; empty otherwise. */
const selectedLabel = (encoding: Encoding, context: LabelContext, isUpGood: boolean): PlaceLabel[] => {
  const { view, divisions, labels } = context;
  const node = view.selection?.startsWith('division:') ? divisions.byCode(view.selection.slice(9)) : undefined;
  if (labels === 'all' || !node?.center || exceptions(encoding, isUpGood).has(node.code)) return [];
  const { name, value } = wordsOf(encoding, context, node.code);
  return [{ at: node.center, lines: [name, ...(value ? [value] : [])] }];
};

/** At its place if it can be, else beside what stands there. */
const atCenter = ['center', [0, 0], 'top', [0, 0.7], 'left', [0.9, 0], 'right', [-0.9, 0]];
/** On a wall a label beside its place would lie in a neighbour: it steps up or down by less than a line. */
const nearCenter = ['center', [0, 0], 'top', [0, -0.5], 'bottom', [0, 0.5]];
/**
 * A wall keeps the place itself for the mark of the division's events, where there are any. Edges of a label nearest to
 * its place, em down from it, and the way it runs from there: 1 down, −1 up.
 */
export const besideMark = [
  { edge: 0.35, way: 1 },
  { edge: -1.8, way: -1 },
  { edge: 1.6, way: 1 },
  { edge: -3.2, way: -1 },
] as const;
const belowMark = besideMark.flatMap(({ edge, way }) => [way > 0 ? 'top' : 'bottom', [0, edge]]);
/** Height of a line of a label, em. */
export const labelLine = 1.1;

/** Beside marks that have made way for a seam too, what stands out is named farther off. */
const pastMark = ['bottom', [0, -3.6], 'top', [0, 2.2], 'left', [1.2, 0], 'right', [-1.2, 0]];

/** Where beside its place a label may stand. */
export const anchorsOf = ({ size, hasEvents }: LayerContext): readonly unknown[] => {
  if (size !== 'wall') return atCenter;
  return hasEvents ? belowMark : nearCenter;
};

/**
 * Name and value of places, `name`, `value` and `sort` of a source of its own name. `anchors` = where beside its place a
 * label may stand; none = at it alone.
 */
export const placeLabelLayer = (
  id: string,
  { palette, theme, captionPx }: LayerContext,
  anchors: readonly unknown[] = [],
): PlacedLayer =>
  ({
    id,
    slot: 'label',
    type: 'symbol',
    source: id,
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
      'text-line-height': labelLine,
      'text-padding': captionPx * 0.15,
      'symbol-sort-key': ['get', 'sort'],
      'text-max-width': 20,
      ...(anchors.length > 0 ? { 'text-variable-anchor-offset': anchors } : {}),
      'text-justify': 'center',
    },
    paint: {
      'text-color': palette('text-1'),
      'text-halo-color': withOpacity(palette(theme === 'dark' ? 'bg-0' : 'surface-1'), 0.8),
      'text-halo-width': captionPx * 0.18,
    },
  }) as unknown as PlacedLayer;

/** Layer of the labels of `id` that go before the others: exceptional, selected, or the few that tell a count. */
export const toldLayer = (id: string): string => `${id}-told`;

/** Name and value of the areas shown, as source and layer `id` and its `toldLayer`; what would overlap is dropped, lowest priority first. */
export const drawPlaceLabels = (
  id: string,
  encoding: Encoding,
  { polarity }: Pick<Answer, 'polarity'>,
  context: LayerContext,
): Drawing => {
  const isUpGood = polarity === 'up_good';
  const anchors = anchorsOf(context);
  const farther = context.hasEvents && hasSeams(context.seams) ? pastMark : [];
  const told = placeLabelLayer(toldLayer(id), context, [...anchors, ...farther]);
  return {
    sources: { [id]: { type: 'geojson', data: labelFeatures(encoding, context, isUpGood) } },
    // the map orders what it names tile by tile: what is exceptional goes before all others only in a layer above
    style: [
      { ...placeLabelLayer(id, context, anchors), filter: ['>=', ['get', 'sort'], otherSort] },
      { ...told, source: id, filter: ['<', ['get', 'sort'], otherSort] },
    ] as PlacedLayer[],
    overlaid: { labels: selectedLabel(encoding, context, isUpGood) },
  };
};
