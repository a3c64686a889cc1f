import type { FeatureCollection, Point } from 'geojson';
import { metricByKey } from '@/data/metrics';
import type { Answer } from '@/data/model/answer';
import { changeScale } from '@/data/model/class-scale';
import { askedBy } from '@/data/model/view';
import { formatClock } from '../base/format';
import { changedByChance, changesOf, changeWords, largestChanges, trendLimits, trendWords } from '../chart/change';
import type { AreaWords } from '../map/area-words';
import { colourExpression, type Encoding, legendOf, noDataOpacity, noDataToken, tooltipOf } from '../map/encode';
import { focusOf } from '../map/focus-level';
import { type Areas, outlineQuery } from '../map/geo-query';
import { type Drawing, defineLayer, type LayerContext, type PlacedLayer } from '../map/layer';
import { choiceOf, classesOff } from '../map/legend-filter';
import { hatch, hatchPitch } from '../map/pattern';
import { placeLabelLayer } from '../map/place-label';
import { shortName } from '../map/short-name';

const key = 'trend-change';
const metric = 'event.reported';

const scale = changeScale(trendLimits, metricByKey.get(metric)?.polarity ?? 'neutral');
const encodingOf = (answer: Answer, { text, view, divisions }: LayerContext): Encoding => {
  const { level } = focusOf(view, divisions);
  const of = { layer: key, metric, by: level };
  return {
    of,
    off: classesOff(choiceOf(view.classes, of), scale.tokens.length),
    title: text.t('map.change', { name: metricByKey.get(metric)?.[text.lang] ?? metric }),
    unit: text.t('map.changeUnit'),
    scale,
    values: changesOf(answer, level),
    format: trendWords,
    formatLimit: changeWords,
    asOf: text.installation ? formatClock(new Date(answer.asOf), text.installation.timeZone) : null,
    noData: 'hatch',
    isOpenBelow: true,
    even: { codes: changedByChance(answer, level), words: text.t('map.byChance') },
  };
};

/** Codes of the level shown that lie in the division looked at. */
const codesOf = ({ view, divisions }: Pick<LayerContext, 'view' | 'divisions'>): string[] => {
  const { code, level } = focusOf(view, divisions);
  return divisions.below(code, level).map((node) => node.code);
};

/** Change of the areas named for it, in words. */
const toldOf = ({ values, even }: Encoding): Map<string, string> =>
  new Map(largestChanges(values, even?.codes ?? new Set()).map(({ code, percent }) => [code, trendWords(percent)]));

const nameOf = (code: string, { divisions, text }: LayerContext): string =>
  shortName(divisions.name(code), text.t('map.nameEnding'));

const labelsOf = (told: ReadonlyMap<string, string>, context: LayerContext): FeatureCollection<Point> => ({
  type: 'FeatureCollection',
  features: [...told].flatMap(([code, value], sort) => {
    const center = context.divisions.byCode(code)?.center;
    if (!center) return [];
    const properties = { name: nameOf(code, context), value, sort };
    return [{ type: 'Feature' as const, properties, geometry: { type: 'Point' as const, coordinates: center } }];
  }),
});

/** On a wall all areas are named, or only those told of. */
const wallNames = (told: ReadonlyMap<string, string>, areas: Areas, context: LayerContext): AreaWords[] => {
  const shown = new Set(codesOf(context));
  return areas.features.flatMap(({ properties: { code }, geometry }) => {
    const isTold = told.has(code);
    if (!shown.has(code) || (context.labels !== 'all' && !isTold)) return [];
    return [{ code, name: nameOf(code, context), value: told.get(code) ?? '', area: geometry, isTold }];
  });
};

/** Names beside the areas: placed by the stage on a wall, by the map elsewhere. */
const drawLabels = (encoding: Encoding, areas: Areas, context: LayerContext): Drawing => {
  const told = toldOf(encoding);
  if (context.size === 'wall') return { names: wallNames(told, areas, context) };
  return {
    sources: { [`${key}-label`]: { type: 'geojson', data: labelsOf(told, context) } },
    style: [placeLabelLayer(`${key}-label`, context)],
  };
};

/** How events reported changed against the interval before (较上期变化): diverging, nought in the middle, the five largest told. */
export const trendChange = defineLayer({
  key,
  geometry: 'area',
  minZoom: 0,
  maxZoom: 24,
  budget: 3_000,
  isLive: false,
  filters: 'question',
  selects: [],
  ask: ({ view, api, divisions, size }) => {
    const { level } = focusOf(view, divisions);
    return {
      areas: outlineQuery(level, size, divisions.era),
      answer: api.metric.ask.queryOptions({
        metric,
        dimensions: [level],
        question: { ...askedBy(key, view), period: 'P30D' },
        operators: ['previous'],
        complete: true,
      }),
    };
  },
  draw: ({ areas, answer }, context) => {
    const encoding = encodingOf(answer, context);
    const codes = codesOf(context);
    const lacks = (area: string) => (encoding.values.get(area) ?? null) === null;
    const { palette, theme, captionPx } = context;
    const pattern = `hatch-${theme}-${captionPx}`;
    const labels = drawLabels(encoding, areas, context);
    return {
      ...labels,
      sources: {
        [key]: { type: 'geojson', data: areas, promoteId: 'code', tolerance: 0.2 },
        ...labels.sources,
      },
      images: { [pattern]: hatch(palette('line-2'), palette(noDataToken), hatchPitch(captionPx)) },
      style: [
        {
          id: key,
          slot: 'area',
          type: 'fill',
          source: key,
          filter: ['in', ['get', 'code'], ['literal', codes.filter((code) => !lacks(code))]],
          paint: {
            'fill-color': colourExpression(encoding, codes, context),
            'fill-opacity': 0.92,
            'fill-antialias': false,
          },
        } as unknown as PlacedLayer,
        {
          ...{ id: `${key}-lacking`, slot: 'area', type: 'fill', source: key },
          filter: ['in', ['get', 'code'], ['literal', codes.filter(lacks)]],
          paint: { 'fill-pattern': pattern, 'fill-opacity': noDataOpacity(encoding), 'fill-antialias': false },
        } as unknown as PlacedLayer,
        ...(labels.style ?? []),
      ],
    };
  },
  legend: ({ answer }, context) => {
    const encoding = encodingOf(answer, context);
    return { ...legendOf(encoding, codesOf(context), context.text.t('map.few')), isOverLand: true };
  },
  pick: ({ layerId, properties }, { answer }, context) => {
    const { code } = properties;
    if (!layerId.startsWith(key) || typeof code !== 'string') return null;
    const noData = context.text.t('map.few');
    return {
      selection: `division:${code}`,
      lines: [context.divisions.name(code), tooltipOf(encodingOf(answer, context), code, noData)],
    };
  },
});
