import { metricByKey } from '@/data/metrics';
import type { Answer } from '@/data/model/answer';
import { buildingCode, buildingWords, codeOfBuilding, drawBuildings, isClose, plainRoof } from '../map/building-blocks';
import { colourExpression, dimmedOpacity, legendOf, tooltipOf } from '../map/encode';
import { defineLayer, type LayerContext, type MapSize } from '../map/layer';
import { lackWords, metricQuery } from '../map/metric-answer';
import { encodeAnswer } from '../map/metric-encoding';
import { mix } from '../map/palette';

const key = 'building-stack';

/** Metric that colours buildings: the map's own where it goes down to buildings, else what was reported there. */
const buildingMetric = (metric: string): string =>
  metricByKey.get(metric)?.dimensions.includes('building') ? metric : 'event.reported';

/** A wall is not told of people and events at an exact address. */
const isToldHere = (metric: string, size: MapSize): boolean =>
  size !== 'wall' || !['person', 'event'].includes(metricByKey.get(metric)?.fact ?? '');

const encode = (answer: Answer, context: LayerContext) =>
  encodeAnswer(answer, context, { layer: key, dimension: 'building', noData: 'none' });

/** Colour of the roofs; a block cannot be seen through, so one switched off is mixed with the plain roof. */
const roofs = (answer: Answer | undefined, context: LayerContext) => {
  const { palette } = context;
  const rest = plainRoof(context);
  if (!answer) return rest;
  const encoding = encode(answer, context);
  const dim = (colour: string) => mix(rest, colour, dimmedOpacity);
  return colourExpression(encoding, encoding.values.keys(), { palette, rest, dim, by: buildingCode });
};

/** Buildings at their true storeys × 3 m (楼栋体块), coloured by a metric once a community is looked at. */
export const buildingStack = defineLayer({
  key,
  geometry: 'building',
  minZoom: 13,
  maxZoom: 24,
  budget: 5_000,
  isLive: false,
  filters: 'question',
  selects: ['building'],
  covers: 'building',
  ask: (context) => ({
    answer: {
      ...metricQuery(context, key, buildingMetric(context.metric), ['building']),
      enabled: isClose(context.view, context.divisions) && isToldHere(buildingMetric(context.metric), context.size),
    },
  }),
  draw: ({ answer }, context) => drawBuildings(key, context, roofs(answer, context)),
  legend: ({ answer }, context) => {
    if (!answer || answer.cells.length === 0) return null;
    const encoding = encode(answer, context);
    const model = legendOf(encoding, encoding.values.keys(), '');
    return { ...model, title: context.text.t('map.perBuilding', { metric: model.title }) };
  },
  pick: ({ layerId, properties }, { answer }, context) => {
    const code = codeOfBuilding(properties);
    if (!layerId.startsWith(key) || code === null) return null;
    const encoding = answer ? encode(answer, context) : null;
    const hasValue = encoding?.values.has(code) ?? false;
    return {
      selection: `building:${code}`,
      lines: [
        ...buildingWords(properties, context),
        ...(answer && encoding && hasValue ? [tooltipOf(encoding, code, lackWords(answer, context))] : []),
      ],
    };
  },
});
