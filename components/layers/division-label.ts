import type { Answer } from '@/data/model/answer';
import { askedBy } from '@/data/model/view';
import { focusOf } from '../map/focus-level';
import { type Areas, outlineQuery } from '../map/geo-query';
import { defineLayer, type LayerContext } from '../map/layer';
import { encodeAnswer } from '../map/metric-encoding';
import { drawPlaceLabels, placeWords } from '../map/place-label';

const key = 'division-label';

/** The limits of the areas below. */
const encode = (answer: Answer, context: LayerContext) =>
  encodeAnswer(answer, context, {
    layer: 'division-fill',
    dimension: focusOf(context.view, context.divisions).level,
    noData: 'none',
  });

/** Name and value of the areas shown. */
export const divisionLabel = defineLayer({
  key,
  geometry: 'label',
  minZoom: 0,
  maxZoom: 24,
  budget: 3_000,
  isLive: false,
  filters: 'question',
  ask: ({ view, api, divisions, metric, period, size }) => ({
    ...(size === 'wall' ? { areas: outlineQuery(focusOf(view, divisions).level, size, divisions.era) } : {}),
    answer: api.metric.ask.queryOptions({
      metric,
      dimensions: [focusOf(view, divisions).level],
      question: { ...askedBy(key, view), period },
      complete: true,
    }),
  }),
  selects: ['division'],
  draw: ({ answer, areas }: { answer: Answer; areas?: Areas }, context) =>
    drawPlaceLabels(key, encode(answer, context), answer, context, areas),
  words: ({ answer }, context) => placeWords(encode(answer, context), context),
});
