import { metricByKey } from '@/data/metrics';
import { buildingCode, buildingWords, codeOfBuilding, drawBuildings, isClose, plainRoof } from '../map/building-blocks';
import { colourExpression, legendOf, tooltipOf } from '../map/encode';
import { defineLayer, type MapSize } from '../map/layer';
import { lackWords, metricQuery } from '../map/metric-answer';
import { encodeAnswer } from '../map/metric-encoding';

const key = 'building-stack';

/** Metric that colours buildings: the map's own where it goes down to buildings, else what was reported there. */
const buildingMetric = (metric: string): string =>
  metricByKey.get(metric)?.dimensions.includes('building') ? metric : 'event.reported';

/** A wall is not told of people and events at an exact address. */
const isToldHere = (metric: string, size: MapSize): boolean =>
  size !== 'wall' || !['person', 'event'].includes(metricByKey.get(metric)?.fact ?? '');

/** Buildings at their true storeys × 3 m (楼栋体块), coloured by a metric once a community is looked at. */
export const buildingStack = defineLayer({
  key,
  geometry: 'building',
  minZoom: 13,
  maxZoom: 24,
  budget: 5_000,
  isLive: false,
  selects: ['building'],
  covers: 'building',
  ask: (context) => ({
    answer: {
      ...metricQuery(context, key, buildingMetric(context.metric), ['building']),
      enabled: isClose(context.view, context.divisions) && isToldHere(buildingMetric(context.metric), context.size),
    },
  }),
  draw: ({ answer }, context) => {
    const roof = plainRoof(context);
    const encoding = answer ? encodeAnswer(answer, context, { dimension: 'building', noData: 'none' }) : null;
    const colour = encoding
      ? colourExpression(encoding, [...encoding.values.keys()], context.palette, roof, buildingCode)
      : roof;
    return drawBuildings(key, context, colour);
  },
  legend: ({ answer }, context) => {
    if (!answer || answer.cells.length === 0) return null;
    const encoding = encodeAnswer(answer, context, { dimension: 'building', noData: 'none' });
    const model = legendOf(encoding, encoding.values.keys(), '');
    return { ...model, title: context.text.t('map.perBuilding', { metric: model.title }) };
  },
  pick: ({ layerId, properties }, { answer }, context) => {
    const code = codeOfBuilding(properties);
    if (!layerId.startsWith(key) || code === null) return null;
    const encoding = answer ? encodeAnswer(answer, context, { dimension: 'building', noData: 'none' }) : null;
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
