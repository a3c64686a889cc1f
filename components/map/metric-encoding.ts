import { metricByKey } from '@/data/metrics';
import type { Answer } from '@/data/model/answer';
import { type ClassScale, fixedBreaks, metricScale, nClasses, type Ramp, rampOf } from '@/data/model/class-scale';
import { metricOfPage } from '@/data/model/desk-page';
import { leastRanked } from '@/data/model/fair-rank';
import { shortFormat } from '@/data/model/format';
import type { Period, View } from '@/data/model/view';
import { formatClock } from '../base/format';
import { periodWords } from '../base/period-words';
import type { Defaults } from '../feed/view';
import type { Encoding } from './encode';
import type { LayerContext } from './layer';
import { choiceOf, classesOff } from './legend-filter';

/**
 * Metric the map is filled by when the View names none: that of its page, else a rate where residents are known, else a
 * count.
 */
export const fillMetric = (view: View, isDemo: boolean): string => {
  if (view.metric && metricByKey.has(view.metric)) return view.metric;
  return metricOfPage(view) ?? (isDemo ? 'event.per_ten_thousand' : 'event.reported');
};

/** Period the areas are filled over: the screen's own for its own metric, where the View says nothing else. */
export const fillPeriodOf = (view: Pick<View, 'metric' | 'period'>, own: Defaults): Period =>
  own.fillPeriod && view.metric === (own.metric ?? null) && view.period === own.period ? own.fillPeriod : view.period;

type Options = {
  layer: string;
  dimension: string;
  ramp?: Ramp;
  noData: Encoding['noData'];
  /** Limits of the classes; absent = the metric's own. */
  breaks?: readonly number[];
};

/** Classes a metric is drawn in: its own limits, else round ones that stay the same while only the clock moves. */
export const questionScale = (
  key: string,
  question: Pick<View, 'division' | 'period' | 'filters'>,
  { by, known, ramp, limits }: { by: string; known: number[]; ramp?: Ramp; limits?: readonly number[] },
): ClassScale => {
  const metric = metricByKey.get(key);
  const id = [key, by, question.division, question.period, JSON.stringify(question.filters)].join('|');
  return metricScale(metric, limits ?? metric?.breaks ?? fixedBreaks(id, known, nClasses), ramp ?? rampOf(key));
};

/** Codes of a rate behind which stand too few cases to rank them; who stands where at an instant, by residents, is no matter of chance. */
const fewOf = ({ metric, kind, from, cells }: Answer, dimension: string): Set<string> =>
  new Set(
    (kind === 'rate' || kind === 'mean') && !(from === null && metricByKey.get(metric)?.denominator === 'residents')
      ? cells.filter(({ n }) => (n ?? 0) < leastRanked).map(({ at }) => at[dimension] ?? '')
      : [],
  );

/**
 * Encoding of an answer by one dimension. Its limits are those of the metric's definition; without, they stay the same
 * while only the clock moves, or classes are chosen.
 */
export const encodeAnswer = (answer: Answer, context: LayerContext, options: Options): Encoding => {
  const { text, view, period } = context;
  const { lang } = text;
  const metric = metricByKey.get(answer.metric);
  const name = metric?.[lang] ?? answer.metric;
  const values = new Map(answer.cells.map((cell) => [cell.at[options.dimension] ?? '', cell.value]));
  const known = [...values.values()].filter((value) => value !== null);
  const of = { layer: options.layer, metric: answer.metric, by: options.dimension };
  const choice = choiceOf(view.classes, of);
  const scale = questionScale(
    answer.metric,
    { ...view, period },
    {
      ...{ by: options.dimension, known, ramp: options.ramp },
      limits: choice?.breaks ?? options.breaks,
    },
  );
  return {
    of,
    off: classesOff(choice, scale.tokens.length),
    // a flow counts a period, a stock stands at an instant
    title: answer.from ? text.t('map.inPeriod', { name, period: periodWords(period, text) }) : name,
    unit: text.t(`common.unit.${answer.unit}`),
    scale,
    values,
    format: shortFormat(answer, known, lang),
    formatLimit: shortFormat(answer, scale.breaks, lang),
    asOf: text.installation ? formatClock(new Date(answer.asOf), text.installation.timeZone) : null,
    noData: options.noData,
    isOpenBelow: metric?.breaks !== undefined && answer.unit === 'share',
    isEachTold: metric?.breaks !== undefined && answer.kind === 'count',
    few: fewOf(answer, options.dimension),
  };
};
