import type { FeatureCollection, Point } from 'geojson';
import { metricByKey } from '@/data/metrics';
import type { Answer } from '@/data/model/answer';
import type { AreaWords } from './area-words';
import { fontStack } from './basemap';
import { classOfCode, type Encoding } from './encode';
import { focusOf } from './focus-level';
import type { Areas } from './geo-query';
import type { Drawing, LayerContext, PlacedLayer, PlaceWords } from './layer';
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
  const classed = [...values.keys()].flatMap((code) => {
    const own = few?.has(code) ? null : classOfCode(encoding, code);
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

/** Name and value of every area shown. */
export const placeWords = (encoding: Encoding, context: LabelContext): PlaceWords[] => {
  const { code, level } = focusOf(context.view, context.divisions);
  return context.divisions.below(code, level).flatMap((node) => {
    const { name, value } = wordsOf(encoding, context, node.code);
    return node.center ? [{ code: node.code, at: node.center, lines: [name, value] }] : [];
  });
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
const besidePlace = ['center', [0, 0], 'top', [0, 0.7], 'left', [0.9, 0], 'right', [-0.9, 0]];

/** What names of places look like; widths and heights in captions. */
export const wordLook = {
  lineHeight: 1.1,
  haloWidth: 0.18,
  colour: (palette: LayerContext['palette']): string => palette('text-1'),
  halo: (palette: LayerContext['palette'], theme: LayerContext['theme']): string =>
    withOpacity(palette(theme === 'dark' ? 'bg-0' : 'surface-1'), 0.8),
};

/** Name and value of places, `name`, `value` and `sort` of a source of its own name. */
export const placeLabelLayer = (id: string, { palette, theme, captionPx }: LayerContext): PlacedLayer =>
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
      'text-line-height': wordLook.lineHeight,
      'text-padding': captionPx * 0.15,
      'symbol-sort-key': ['get', 'sort'],
      'text-max-width': 20,
      'text-variable-anchor-offset': besidePlace,
      'text-justify': 'center',
    },
    paint: {
      'text-color': wordLook.colour(palette),
      'text-halo-color': wordLook.halo(palette, theme),
      'text-halo-width': captionPx * wordLook.haloWidth,
    },
  }) as unknown as PlacedLayer;

/** Names on a wall: of all areas, or of the exceptional ones. */
const wallWords = (
  encoding: Encoding,
  areas: Areas,
  context: LayerContext,
  polarity: Answer['polarity'],
): AreaWords[] => {
  const isUpGood = polarity === 'up_good';
  const nSteps = encoding.scale.breaks.length;
  const needOf = (code: string): number | undefined => {
    const at = classOfCode(encoding, code);
    if (polarity === 'neutral' || at === null) return undefined;
    return (isUpGood ? nSteps - at : at) / Math.max(1, nSteps);
  };
  const { code: at, level } = focusOf(context.view, context.divisions);
  const told = exceptions(encoding, isUpGood);
  const shown = new Set(context.divisions.below(at, level).map(({ code }) => code));
  return areas.features.flatMap(({ properties: { code }, geometry }) => {
    const isTold = told.has(code);
    const isNamed = shown.has(code) && (context.labels === 'all' || isTold);
    if (!isNamed) return [];
    return [{ code, ...wordsOf(encoding, context, code), area: geometry, isTold, need: needOf(code) }];
  });
};

/**
 * Name and value of the areas shown. A wall names them all, or all that are exceptional; elsewhere, as source and layer
 * `id` and one for those that go before the others, what would overlap is dropped, lowest priority first.
 */
export const drawPlaceLabels = (
  id: string,
  encoding: Encoding,
  { polarity }: Pick<Answer, 'polarity'>,
  context: LayerContext,
  areas: Areas | undefined,
): Drawing => {
  const isUpGood = polarity === 'up_good';
  const overlaid = { labels: selectedLabel(encoding, context, isUpGood) };
  if (context.size === 'wall') return { names: areas ? wallWords(encoding, areas, context, polarity) : [], overlaid };
  const told = placeLabelLayer(`${id}-told`, context);
  return {
    sources: { [id]: { type: 'geojson', data: labelFeatures(encoding, context, isUpGood) } },
    // the map orders what it names tile by tile: what is exceptional goes before all others only in a layer above
    style: [
      { ...placeLabelLayer(id, context), filter: ['>=', ['get', 'sort'], otherSort] },
      { ...told, source: id, filter: ['<', ['get', 'sort'], otherSort] },
    ] as PlacedLayer[],
    overlaid,
  };
};
