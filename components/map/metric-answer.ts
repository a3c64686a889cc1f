import { metricByKey } from '@/data/metrics';
import { type DimensionKey, noCode } from '@/data/metrics/dimensions';
import type { Answer } from '@/data/model/answer';
import { askedBy } from '@/data/model/view';
import type { LayerAsk, LayerContext } from './layer';

/** Cells a map of one metric may have; the server answers no more at once. */
const maxCells = 5_000;

/** Whether a metric can be told by a dimension at all. */
export const isToldBy = (metric: string, dimension: DimensionKey): boolean =>
  metricByKey.get(metric)?.dimensions.includes(dimension) ?? false;

/** Asks for a metric by one dimension of place; off where the metric has no such dimension. */
export const metricQuery = (
  { api, view, period }: LayerAsk,
  layer: string,
  metric: string,
  dimensions: [DimensionKey, ...DimensionKey[]],
) => ({
  ...api.metric.ask.queryOptions({
    metric,
    dimensions,
    question: { ...askedBy(layer, view), period },
    sort: 'value',
    order: 'desc',
    limit: maxCells,
  }),
  enabled: dimensions.every((dimension) => isToldBy(metric, dimension)),
});

/** Codes of an answer that stand for a place, and those of them that are withheld. */
export const codesIn = ({ cells }: Answer, dimension: DimensionKey): { shown: string[]; withheld: string[] } => {
  const placed = cells.filter(({ at }) => at[dimension] !== undefined && at[dimension] !== noCode);
  const codes = (isWithheld: boolean) =>
    placed.flatMap(({ at, withheld }) => (Boolean(withheld) === isWithheld ? [at[dimension] ?? noCode] : []));
  return { shown: codes(false), withheld: codes(true) };
};

/** Words of a hatched area: too few people to tell, or nothing known. */
export const lackWords = (answer: Answer, { text }: Pick<LayerContext, 'text'>): string =>
  text.t(answer.cells.some(({ withheld }) => withheld) ? 'map.withheld' : 'common.state.noData');
