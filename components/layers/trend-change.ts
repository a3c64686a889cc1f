import type { FeatureCollection, Point } from 'geojson';
import { metricByKey } from '@/data/metrics';
import type { Answer } from '@/data/model/answer';
import { askedBy } from '@/data/model/view';
import { formatClock } from '../base/format';
import { changesOf, changeWords, largestChanges } from '../chart/change';
import { colourExpression, type Encoding, legendOf, tooltipOf } from '../map/encode';
import { focusOf } from '../map/focus-level';
import { outlineQuery } from '../map/geo-query';
import { defineLayer, type LayerContext, type PlacedLayer } from '../map/layer';
import { choiceOf, classesOff } from '../map/legend-filter';
import { placeLabelLayer } from '../map/place-label';
import { shortName } from '../map/short-name';

const key = 'trend-change';
const metric = 'event.reported';

/** Limits of the change in percent, the same at all times; the class round nought is the midpoint. */
const limits = [-60, -30, -10, 10, 30, 60];
const tokens = ['div-1', 'div-2', 'div-3', 'div-4', 'div-5', 'div-6', 'div-7'];
const encodingOf = (answer: Answer, { text, view, divisions }: LayerContext): Encoding => {
  const { level } = focusOf(view, divisions);
  const of = { layer: key, metric, by: level };
  return {
    of,
    off: classesOff(choiceOf(view.classes, of), tokens.length),
    title: text.t('map.change', { name: metricByKey.get(metric)?.[text.lang] ?? metric }),
    unit: text.t('map.changeUnit'),
    scale: { breaks: limits, tokens },
    values: changesOf(answer, level),
    format: changeWords,
    asOf: text.installation ? formatClock(new Date(answer.asOf), text.installation.timeZone) : null,
    noData: 'none',
    isOpenBelow: true,
  };
};

const labelsOf = (encoding: Encoding, { divisions, text }: LayerContext): FeatureCollection<Point> => {
  return {
    type: 'FeatureCollection',
    features: largestChanges(encoding.values).flatMap(({ code, percent }, sort) => {
      const center = divisions.byCode(code)?.center;
      return center
        ? [
            {
              type: 'Feature' as const,
              properties: {
                name: shortName(divisions.name(code), text.t('map.nameEnding')),
                value: changeWords(percent),
                sort,
              },
              geometry: { type: 'Point' as const, coordinates: center },
            },
          ]
        : [];
    }),
  };
};

/** How events reported changed against the interval before (较上期变化): diverging, nought in the middle, the five largest named. */
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
      areas: outlineQuery(level, size),
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
    const { code, level } = focusOf(context.view, context.divisions);
    const codes = context.divisions.below(code, level).map((node) => node.code);
    return {
      sources: {
        [key]: { type: 'geojson', data: areas, promoteId: 'code', tolerance: 0.2 },
        [`${key}-label`]: { type: 'geojson', data: labelsOf(encoding, context) },
      },
      style: [
        {
          id: key,
          slot: 'area',
          type: 'fill',
          source: key,
          filter: ['in', ['get', 'code'], ['literal', codes]],
          paint: {
            'fill-color': colourExpression(encoding, codes, context),
            'fill-opacity': 0.92,
            'fill-antialias': false,
          },
        } as unknown as PlacedLayer,
        placeLabelLayer(`${key}-label`, context),
      ],
    };
  },
  legend: ({ answer }, context) => {
    const encoding = encodingOf(answer, context);
    return legendOf(encoding, encoding.values.keys(), '');
  },
  pick: ({ layerId, properties }, { answer }, context) => {
    const { code } = properties;
    if (layerId !== key || typeof code !== 'string') return null;
    const noData = context.text.t('common.state.noData');
    return {
      selection: `division:${code}`,
      lines: [context.divisions.name(code), tooltipOf(encodingOf(answer, context), code, noData)],
    };
  },
});
